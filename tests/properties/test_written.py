"""A page whose figures were remembered is, to the letter, the page as it would be written out anew.

Whatever was changed since, and by whatever path; whoever reads; and never what somebody else was shown.
"""

from functools import partial

from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Sensitivity
from dashboards.views import write_out
from engagements.index.current import counted_by
from engagements.index.notes import news_since, place_now
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement
from engagements.written import written
from partners.models import Partner
from tests.parts import list_part
from tests.properties.sending import undone
from tests.properties.test_figures import OPTIONS, scope_for
from tests.properties.test_index import change
from tests.properties.world import FILTERS, engagements, log

EDITS = ["log", "change", "rename", "reword", "verify", "move", "trust", "call", "nothing"]


def edit(world, made: list[Engagement], told: dict, how: str) -> None:
    if how == "log":
        made.append(log(world, told))
    elif how == "change":
        change(world, made)
        made[2:3] = []
    elif how == "rename":
        Partner.objects.filter(code="UN").update(name_en="Renamed", sort_en="renamed")
    elif how == "reword":
        world["objectives"][3].title_en = "Reworded"
        world["objectives"][3].save()
    elif how == "verify":
        Partner.objects.update(verified_on=None)
    elif how == "move":
        world["countries"][0].region = world["countries"][2].region
        world["countries"][0].save()
    elif how == "call":
        # No change of people is noted.
        for person in world["people"]:
            person.last_name += "e"
            person.save()
    elif how == "trust":
        reader = world["people"][0]
        reader.clearance = Sensitivity.PROTECTED_B - reader.clearance
        reader.save()


def page(asked: str, reader) -> tuple[str, int, int]:
    scope = scope_for(asked, reader)
    request = RequestFactory().get(f"/en/dashboard/?{asked}")
    request.user = reader
    found = written(
        "dashboard", scope.filters, scope.today, partial(write_out, request, scope, False)
    )
    return found.html, found.total, found.marking


def listed(asked: str, reader) -> str:
    return list_part(reader, asked)


@given(
    told=st.lists(engagements, min_size=1, max_size=4),
    later=st.lists(st.tuples(engagements, st.sampled_from(EDITS)), min_size=1, max_size=3),
    asked=st.tuples(st.sampled_from(["", *FILTERS]), st.sampled_from(OPTIONS)),
)
def test_what_is_remembered_is_what_would_be_written_anew(world, told, later, asked):
    filtered, asked = asked[0], "&".join(filter(None, asked))
    with undone():
        clearances = [reader.clearance for reader in world["people"]]
        made = [log(world, one) for one in told]
        index = Snapshot.of(place_now())
        for one, how in [(told[0], "nothing"), *later]:
            edit(world, made, one, how)
            index = index.after(news_since(index.place))
            for reader in world["people"]:
                for read, address in ((page, asked), (listed, filtered)):
                    with counted_by(index):
                        remembered = read(address, reader), read(address, reader)
                    with counted_by(None):
                        anew = read(address, reader)
                    assert remembered == (anew, anew)
        assert {key[0] for key in index.made} == {"dashboard", "list"}
        for reader, before in zip(world["people"], clearances, strict=True):
            reader.clearance = before
