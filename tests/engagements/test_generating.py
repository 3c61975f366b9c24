"""manage.py generate_engagements: what it makes is what the actions make, and goes without a trace."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.utils import timezone

from accounts.demonstration import enlist
from accounts.models import Sensitivity
from common.history.models import Revision
from engagements.actions import amend_engagement, log_engagement, save_draft
from engagements.alignments import Tag
from engagements.generating import making
from engagements.generating.inventing import Inventor
from engagements.generating.making import keep
from engagements.history import ENGAGEMENT
from engagements.index.notes import news_since, place_now
from engagements.kinds import Kind, Stage
from engagements.models import Alignment, Engagement, LoadedRow, Note, Participation
from engagements.notes import write_note
from engagements.stages import approve, cancel, complete, decline, send_back
from partners.models import Partner
from tests.factories import make_engagement, make_load

VERBS = {"amended", "approved", "completed", "returned", "declined", "cancelled"}
# Moments at which something was done: an action's are now.
MOMENTS = {"changed_at", "decided_at", "approved_on", "made_at"}


@pytest.fixture
def reference(settings):
    settings.DEMONSTRATION = True
    call_command("load_reference", verbosity=0)


def generate(**options) -> str:
    """Run it, and return what it said."""
    out = StringIO()
    call_command("generate_engagements", stdout=out, **options)
    return out.getvalue()


def of_everything(count=400):
    """So many inventions that every gap is among them, and more until every verb is.

    Which are planned, and wait for what, is another matter every day.
    """
    inventor, invented = Inventor(seed=7, cast=enlist(), today=timezone.localdate()), []
    while len(invented) < count or not verbs_of(invented) >= VERBS:
        invented.append(inventor.invent())
    return invented


def verbs_of(invented):
    return {verb for one in invented for verb in one.verbs}


def tell(invented, approver):
    """The same through the actions, as people would."""
    by, said = invented.by, {"parts": invented.parts, "countries": invented.countries}
    said |= invented.fields | {"tags": invented.tags}
    if invented.is_draft:
        return save_draft(by=by, **said)
    if "amended" not in invented.verbs:
        engagement = log_engagement(by=by, **said)
    else:
        today = type(said["end"]).day(timezone.localdate())
        engagement = log_engagement(by=by, **said | {"end": today})
        engagement = amend_engagement(
            by=by, engagement=engagement, version=engagement.version, **said
        )
    for verb in invented.verbs:
        if verb == "completed":
            engagement = complete(by=by, engagement=engagement)
        elif verb == "cancelled":
            engagement = cancel(by=by, engagement=engagement, reason=invented.reason)
        elif verb == "approved":
            engagement = approve(by=approver, engagement=engagement)
        elif verb != "amended":
            back = {"returned": send_back, "declined": decline}[verb]
            engagement = back(by=approver, engagement=engagement, reason=invented.reason)
    return engagement


def without_moments(state):
    """But whether there is one at all is told."""
    plain = {n: bool(v) if n in MOMENTS else v for n, v in state.items() if n != "reference"}
    plain["objectives"] = [
        {name: value for name, value in tag.items() if name not in MOMENTS}
        for tag in state.get("objectives", [])
    ]
    return plain


def as_written(engagement):
    """Everything the database holds of it, but keys, the moments and the number it was given."""
    number = engagement.reference or ""
    columns = {
        field.attname: getattr(engagement, field.attname)
        for field in Engagement._meta.concrete_fields
        if field.attname not in {"id", "reference", "form_key", *MOMENTS}
    }
    columns["search_text"] = columns["search_text"].partition("\n")[2]
    # An approval that an act gave is of the day of the act; another is as it was said.
    columns["approved"] = engagement.approved_on is not None
    history = Revision.objects.of("engagement", [engagement.pk]).order_by("number")
    (snapshot,) = ENGAGEMENT.snapshots([engagement.pk]).values()
    return {
        "columns": columns,
        "number": number.rpartition("-")[0],
        "state": without_moments(snapshot.state),
        "places": list(engagement.participations.values_list("partner", "role", "position")),
        "frameworks": sorted(engagement.alignments.values_list("objective", "framework")),
        "history": [
            (r.number, r.act, r.by_id, r.reason, r.sensitivity, r.version, r.previous and r.number,
             without_moments(r.state))
            for r in history
        ],
    }  # fmt: skip


def test_what_it_makes_is_what_the_actions_make(reference):
    approver, invented = enlist()["approver"], of_everything(200)
    keep(invented, approver=approver)
    made = [as_written(e) for e in Engagement.objects.order_by("pk")]
    generate(remove=True)

    for one in invented:
        tell(one, approver)

    told = [as_written(e) for e in Engagement.objects.order_by("pk")]
    assert len(told) == len(invented)
    for made_one, told_one in zip(made, told, strict=True):
        assert made_one == told_one


def test_the_last_revision_of_each_is_the_record_as_it_stands(reference):
    generate(count=300, seed=3)

    snapshots = ENGAGEMENT.snapshots(Engagement.objects.logged().values_list("pk", flat=True))
    last = Revision.objects.of_kind("engagement").last_of_each()
    assert {r.record_id: r.state for r in last} == {pk: s.state for pk, s in snapshots.items()}


def test_it_is_as_many_sided_as_real_work(reference):
    generate(count=1500)
    made = Engagement.objects.all()

    def average(model):
        return model.objects.count() / 1500

    assert {*made.values_list("stage", flat=True)} == set(Stage.values)
    assert {*made.values_list("kind", flat=True)} == set(Kind.values)
    assert {*made.values_list("sensitivity", flat=True)} == set(Sensitivity.values)
    assert len({*made.exclude(fiscal_year=None).values_list("fiscal_year", flat=True)}) >= 10
    assert 2.0 < average(Participation) < 2.6
    assert 2.6 < average(Alignment) < 3.4
    assert 1.1 < average(Engagement.countries.through) < 1.5
    texts = [len(e.purpose + e.outcome) for e in made]
    assert 550 < sum(texts) / 1500 < 850
    often = Partner.objects.annotate(n=Count("participations")).order_by("-n")
    assert often[0].n > 30 * often[100].n > 0


def test_each_logged_one_serves_a_pillar_and_has_a_partner(reference):
    generate(count=200)
    logged = Engagement.objects.logged()

    assert logged.count() > 150
    assert not logged.untagged("pillar").exists()
    assert not logged.filter(participations=None).exists()


def test_the_same_seed_makes_the_same(reference):
    generate(count=20, seed=5)
    first = [*Engagement.objects.order_by("pk").values_list("title_en", "purpose", "kind")]
    generate(remove=True)
    generate(count=20, seed=5)

    assert [*Engagement.objects.order_by("pk").values_list("title_en", "purpose", "kind")] == first


def test_numbers_run_on_and_none_is_given_twice(reference):
    generate(count=60, seed=1)
    generate(count=60, seed=2)
    real = make_engagement()

    references = [*Engagement.objects.logged().values_list("reference", flat=True)]
    assert len(references) == len(set(references)) > 100
    assert real.pk == max(Engagement.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("options", [{"count": 20}, {"remove": True}])
def test_processes_that_count_learn_of_it_and_of_what_comes_after(reference, options):
    generate(count=10, seed=2)
    before = place_now()

    generate(**options)

    news = news_since(before)
    assert news.is_lost or len(news.engagements) == options.get("count", 10)
    later = place_now()
    after = make_engagement()
    assert news_since(later).engagements == {after.pk}


def test_it_is_taken_away_with_all_that_hangs_on_it_and_nothing_else(reference, monkeypatch):
    people = enlist()
    monkeypatch.setattr(making, "AT_ONCE", 7)
    generate(count=15, seed=2)
    kept = log_as_people_do(people["staff"])
    before = Revision.objects.filter(kind="engagement", record_id=kept.pk).count()
    others = Revision.objects.exclude(kind="engagement").count()
    generate(count=15, seed=3)
    one = Engagement.objects.filter(origin="generated", sensitivity=0).logged().first()
    write_note(
        by=people["manager"],
        engagement=one,
        text="Apart",
        text_language="en",
        sensitivity=0,
        people=[people["staff"]],
    )

    load = make_load(people["manager"])
    row = {"load": load, "row": 1, "outcome": "updated", "version": 2, "reference": one.reference}
    LoadedRow.objects.create(engagement=one, **row)

    assert "Took away 30 generated engagements" in generate(remove=True)

    assert list(Engagement.objects.all()) == [kept]
    assert Revision.objects.filter(kind="engagement", record_id=kept.pk).count() == before
    assert Revision.objects.count() == before + others
    assert LoadedRow.objects.get().engagement is None
    assert not Note.objects.exists()
    assert Participation.objects.count() == 1
    assert Alignment.objects.count() == len(kept.alignments.all())


def log_as_people_do(staff):
    invented = next(i for i in of_everything() if i.by == staff and len(i.parts) == 1)
    said = {"parts": invented.parts, "countries": invented.countries}
    said |= {"tags": [Tag(objective=tag.objective) for tag in invented.tags]}
    return log_engagement(by=staff, **invented.fields | said | {"origin": "typed"})


def test_they_say_so_where_they_are_read(reference, client):
    generate(count=20)
    one = Engagement.objects.filter(stage=Stage.COMPLETED).filter(Q(text_language="en")).first()
    client.force_login(enlist()["manager"])

    page = client.get(one.get_absolute_url()).content.decode()

    assert "Generated to try the portal at size." in page
    assert "generated to try the portal at size" in page


def test_it_refuses_where_nothing_invented_may_stand(reference, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="not for demonstrations"):
        generate(count=10)

    assert not Engagement.objects.exists()


def test_without_reference_data_it_says_what_to_run(settings):
    settings.DEMONSTRATION = True

    with pytest.raises(CommandError, match="load_reference first"):
        generate(count=10)


def test_it_does_not_generate_none(reference):
    with pytest.raises(CommandError, match="--count of 1 or more"):
        generate(count=0)
