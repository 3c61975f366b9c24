"""What would become of each row, before it does: choices, the one press that carries it out, and after it."""

import pytest
from django.urls import reverse, translate_url
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Sensitivity
from engagements.imports.keeping import begin, plan_of
from engagements.models import Engagement, Load
from tests.browser.loads import ROWS, workbook
from tests.engagements.imports.loading import (
    HEADINGS,
    a_load,
    a_row,
    checked,
    known_world,
    loaded,
)
from tests.factories import make_engagement, make_load


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    known_world()
    return client


def page(load: Load, name: str = "preview") -> str:
    return reverse(f"imports:{name}", args=[load.key])


def press(client, load: Load, digest: str | None = None, **sent):
    """The button, on the preview as it stands now unless another one was seen."""
    digest = checked(load).digest if digest is None else digest
    return client.post(page(load), {"do": "load", "digest": digest} | sent, follow=True)


def test_nothing_is_saved_by_looking(signed_in, staff):
    load = a_load(staff, [a_row(), a_row("Second", partners="UNODC")])

    response = signed_in.get(page(load))

    assertContains(response, "Load 2 rows")
    assertContains(response, "Nothing is saved yet.")
    assert not Engagement.objects.exists()


def test_one_press_loads_and_leads_to_what_came_of_it(signed_in, staff):
    load = a_load(staff, [a_row(), a_row("Second", start="2019-02-31")])

    response = press(signed_in, load)

    assertRedirects(response, page(load, "load"))
    assertContains(response, f"/en/engagements/?load={load.key}")
    assertContains(response, "Download the 1 row left out")
    assert Engagement.objects.count() == 1
    listed = signed_in.get(f"/en/engagements/?load={load.key}")
    assertContains(listed, "Visit to a farm")


def test_a_double_press_loads_once(signed_in, staff):
    load = a_load(staff, [a_row()])
    digest = checked(load).digest

    press(signed_in, load, digest)
    again = press(signed_in, load, digest)

    assertRedirects(again, page(load, "load"))
    assert Engagement.objects.count() == 1


def test_what_another_tab_changed_is_shown_before_anything_is_loaded(signed_in, staff):
    load = a_load(staff, [a_row(), a_row("Second", partners="Krimvard")])
    seen = checked(load).digest
    word = {"kind-0": "partners", "text-0": "Krimvard", "answer-0": "create"}
    signed_in.post(page(load, "questions"), word)

    response = press(signed_in, load, seen)

    assertContains(response, "Something has changed since you opened the preview")
    assertContains(response, "Load 2 rows")
    assert not Engagement.objects.exists()


@pytest.mark.parametrize("digest", ["", "nonsense", "\x00"])
def test_what_was_never_shown_is_not_loaded(signed_in, staff, digest):
    load = a_load(staff, [a_row()])
    checked(load)

    press(signed_in, load, digest)

    assert not Engagement.objects.exists()


def changing(staff) -> Load:
    """A row that changes two fields of an engagement that is here."""
    loaded(a_load(staff, [a_row()]))
    here = Engagement.objects.get()
    headings = ["Reference", *HEADINGS, "Outcome", "Place"]
    return a_load(staff, [[here.reference, *a_row(), "Agreed", "Oslo"]], headings=headings)


def test_each_change_is_shown_field_by_field(signed_in, staff):
    response = signed_in.get(page(changing(staff)))

    assertContains(response, 'value="2:outcome" checked')
    assertContains(response, "Agreed</ins>")
    assertContains(response, "Load 1 row")


def test_what_is_unticked_stays_as_it_is(signed_in, staff):
    load = changing(staff)
    choice = {"shows": ["2:outcome", "2:place"], "take": ["2:place"]}

    signed_in.get(page(load))
    load.refresh_from_db()
    press(signed_in, load, plan_of(load).digest, **choice)

    engagement = Engagement.objects.get()
    assert (engagement.outcome, engagement.place) == ("", "Oslo")


def test_what_is_like_one_that_is_here_can_be_logged_all_the_same(signed_in, staff):
    loaded(a_load(staff, [a_row()]))
    load = a_load(staff, [a_row(countries="France")])
    assertContains(signed_in.get(page(load)), 'name="row-2"')

    signed_in.post(page(load), {"do": "keep", "was-2": "skip", "row-2": "create"})

    assertContains(signed_in.get(page(load)), "Load 1 row")
    signed_in.post(page(load), {"do": "keep", "again": "rows:2"})
    assertNotContains(signed_in.get(page(load)), "Load 1 row")


def test_all_that_are_like_one_that_is_here_are_decided_at_once(signed_in, staff):
    loaded(a_load(staff, [a_row(), a_row("Second")]))
    load = a_load(staff, [a_row(countries="France"), a_row("Second", countries="France")])
    checked(load)

    signed_in.post(page(load), {"do": "keep", "all": "like:create"})

    assertContains(signed_in.get(page(load)), "Load 2 rows")


def test_one_kind_of_outcome_comes_in_pages(signed_in, staff):
    load = a_load(staff, [a_row(f"Visit {n}") for n in range(60)])

    assertContains(signed_in.get(page(load)), "Show all 60")
    second = signed_in.get(page(load) + "?show=new&page=2")
    assertContains(second, "51 to 60 of 60")
    assertContains(second, "Visit 59")
    assertRedirects(signed_in.get(page(load) + "?show=new&page=9"), page(load))


@pytest.mark.parametrize("n", [1, 3])
def test_it_takes_as_many_queries_however_many_rows(signed_in, staff, n, django_assert_num_queries):
    load = a_load(staff, [a_row(f"Visit {number}") for number in range(n)])
    signed_in.get(page(load))

    with django_assert_num_queries(3):
        signed_in.get(page(load))


def test_in_the_other_language_it_is_told_in_that_one(signed_in, staff):
    load = a_load(staff, [a_row(start="autumn 2002")])
    assertContains(signed_in.get(page(load)), "autumn 2002")

    assertContains(signed_in.get(translate_url(page(load), "fr")), "automne 2002")


# What was left out, and the way back


def test_the_rows_left_out_come_as_a_file(signed_in, staff):
    load = loaded(a_load(staff, [a_row(), a_row("Second", start="2019-02-31")]))

    response = signed_in.get(page(load, "left_out"))

    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert response.content.startswith(b"PK")


def test_undoing_is_shown_first_and_then_done(signed_in, staff):
    load = loaded(a_load(staff, [a_row()]))

    assertContains(signed_in.get(page(load, "undo")), "1 record is taken away")
    assert Engagement.objects.exists()
    response = signed_in.post(page(load, "undo"), follow=True)

    assertContains(response, "The load is undone")
    assert not Engagement.objects.exists()
    assertRedirects(signed_in.post(page(load, "undo")), page(load, "load"))


def test_what_was_edited_since_is_named_and_kept(signed_in, staff):
    load = loaded(a_load(staff, [a_row(), a_row("Edited since")]))
    edited = Engagement.objects.get(title_en="Edited since")
    Engagement.objects.filter(pk=edited.pk).update(version=edited.version + 1)

    response = signed_in.get(page(load, "undo"))

    assertContains(response, "1 record was edited since, and stays")
    signed_in.post(page(load, "undo"))
    assert Engagement.objects.get() == edited


# While it is worked on


def at_work(load: Load, stage: str, **told) -> Load:
    load.stage, load.done, load.total = stage, 40, 100
    load.told_at = told.get("told_at", timezone.now())
    load.save()
    return load


def test_how_far_it_is_is_asked_again_without_a_script_too(signed_in, staff):
    load = at_work(a_load(staff, [a_row()]), "saving")

    response = signed_in.get(page(load, "progress"))

    assertContains(response, "40 of 100 rows are saved.")
    assertContains(response, '<noscript><meta http-equiv="refresh" content="3"></noscript>')
    assertContains(response, f'hx-get="{page(load, "progress")}"')
    assertRedirects(signed_in.get(page(load)), page(load, "progress"))


def test_a_part_that_is_asked_for_again_leads_on_when_it_is_done(signed_in, staff):
    load = loaded(a_load(staff, [a_row()]))

    response = signed_in.get(page(load, "progress"), headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == page(load, "load")


def test_where_the_process_is_gone_nothing_was_saved_and_it_can_be_loaded_again(signed_in, staff):
    load = a_load(staff, [a_row()])
    digest = checked(load).digest
    at_work(load, "saving", told_at=timezone.now() - timezone.timedelta(minutes=5))

    response = signed_in.get(page(load, "progress"), follow=True)

    assertContains(response, "Saving stopped before it was done, so nothing was saved.")
    assert not Engagement.objects.exists()
    press(signed_in, load, digest)
    assert Engagement.objects.count() == 1


# Somebody else's


@pytest.mark.parametrize(
    "name",
    ["load", "table", "columns", "questions", "preview", "progress", "left_out", "undo", "forget"],
)
def test_somebody_elses_load_is_not_there(client, colleague, staff, name):
    known_world()
    load = loaded(a_load(staff, [a_row()], file_name="a-secret-name.xlsx"))
    client.force_login(colleague)

    for response in (client.get(page(load, name)), client.post(page(load, name))):
        assert response.status_code in {404, 405}
        assert b"a-secret-name" not in response.content


def test_an_administrator_not_cleared_for_it_does_not_find_it(client, administrator):
    load = make_load(sensitivity=Sensitivity.PROTECTED_B)
    administrator.clearance = Sensitivity.PROTECTED_A
    administrator.save()
    client.force_login(administrator)

    assert client.get(page(load, "table")).status_code == 404


def test_whoever_is_cleared_for_it_no_more_does_not_find_their_own(signed_in, staff):
    load = make_load(staff, sensitivity=Sensitivity.PROTECTED_B, file_name="a-secret-name.xlsx")

    assert signed_in.get(page(load, "table")).status_code == 404
    assertNotContains(signed_in.get("/en/import/"), "a-secret-name")


def test_what_may_be_in_a_file_nobody_has_checked_is_for_those_cleared_like_its_loader(
    client, administrator, staff
):
    load = begin(by=staff, content=workbook(ROWS), name="list.xlsx")
    administrator.clearance = Sensitivity.UNCLASSIFIED
    administrator.save()
    client.force_login(administrator)

    assert client.get(page(load, "table")).status_code == 404
    checked(load)
    assert client.get(page(load, "table")).status_code == 200


def test_what_the_loader_may_not_see_changes_nothing_of_the_preview(signed_in, staff):
    load = a_load(staff, [a_row("Borealis treaty")])
    before = plan_of_now(load)
    make_engagement(title_en="Borealis treaty", sensitivity=Sensitivity.PROTECTED_B)

    assert plan_of_now(load) == before


def plan_of_now(load: Load):
    return checked(load).rows


def test_a_preview_of_something_protected_is_marked(signed_in, staff):
    headings = [*HEADINGS, "Sensitivity"]
    load = a_load(staff, [[*a_row(), "Protected A"]], headings=headings)

    response = signed_in.get(page(load))

    assertContains(response, 'id="page-marking" data-level="1"')


def test_so_is_one_that_names_something_protected_beside_a_row_that_is_not(client, manager):
    known_world()
    client.force_login(manager)
    loaded(a_load(manager, [a_row()]))
    Engagement.objects.update(sensitivity=Sensitivity.PROTECTED_B)

    response = client.get(page(a_load(manager, [a_row(countries="France")])))

    assertContains(response, Engagement.objects.get().reference)
    assertContains(response, 'id="page-marking" data-level="2"')
