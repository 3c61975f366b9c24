"""The page of an engagement is, to the letter, what would be written anew.

Whatever was changed since, and by whatever path; whoever reads; and never what somebody else was shown.
"""

import re

from django.http import Http404
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from common.history.recording import recording
from engagements.index.current import counted_by
from engagements.index.notes import news_since, place_now
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement, Note
from engagements.views.detail import record_shown, write_out
from tests.factories import make_note
from tests.properties.sending import undone
from tests.properties.test_written import EDITS, edit
from tests.properties.world import engagements, log

# Each time it is written out, another one proves that a form comes from there.
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
BESIDES = ["amend", "amend", "note", "answer", "follow", "office"]


def change(world, made: list[Engagement], told: dict, how: str) -> None:
    first = Engagement.objects.exclude(stage="draft").order_by("pk").first()
    if how == "amend" and first:
        with recording(by=world["people"][0], act="amended", records=[first]):
            first.outcome, first.version = f"{first.outcome} More.", first.version + 1
            first.save()
    elif how == "note" and first:
        make_note(first, people=world["people"][:1])
    elif how == "answer":
        Note.objects.update(text="Another text.")
    elif how == "follow" and first:
        first.participations.all().delete()
        log(world, told)
    elif how == "office" and first:
        first.lead_office.name_en += "e"
        first.lead_office.save()
    else:
        edit(world, made, told, how)


def shown(reader: User, reference: str, write) -> tuple:
    request = RequestFactory().get(f"/en/engagements/{reference}/")
    request.user = reader
    try:
        found = write(request, reference)
    except Http404:
        return ()
    return TOKEN.sub("", found.html), found.marking, found.head


@given(
    told=st.lists(engagements, min_size=1, max_size=3),
    later=st.lists(
        st.tuples(engagements, st.sampled_from([*EDITS, *BESIDES])), min_size=1, max_size=4
    ),
)
def test_what_is_shown_is_what_would_be_written_anew(world, told, later):
    with undone():
        clearances = [reader.clearance for reader in world["people"]]
        made = [log(world, one) for one in told]
        index = Snapshot.of(place_now())
        for step, (one, how) in enumerate([(told[0], "nothing"), *later]):
            change(world, made, one, how)
            index = index.after(news_since(index.place))
            logged = Engagement.objects.exclude(stage="draft").order_by("pk")
            for reference in logged.values_list("reference", flat=True)[:2]:
                for reader in world["people"]:
                    with counted_by(None if step == 2 else index):
                        again = [shown(reader, reference, record_shown) for _ in range(2)]
                        anew = shown(reader, reference, write_out)
                    assert again == [anew, anew]
        for reader, before in zip(world["people"], clearances, strict=True):
            reader.clearance = before
