"""Saved views in a browser: kept, shared, begun with, mailed, deleted; by keyboard, on a phone, in French."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from accounts.models import User
from dashboards.models import SavedView, Subscription
from tests.browser.faults import rules_broken


@pytest.fixture
def mailed(demonstration, settings):
    """Addresses for the people of the demonstration, and one for the portal."""
    settings.SITE_ADDRESS = "https://liaison.example"
    for person in User.objects.all():
        User.objects.filter(pk=person.pk).update(email=f"{person.username}@example.ca")


def path_of(name: str, language: str = "en") -> str:
    with override(language):
        return reverse(name)


def test_a_view_is_saved_shared_begun_with_and_deleted(open_page, let_in, axe, mailed):
    manager, staff = open_page(1280, 900), open_page(1280, 900)
    let_in(manager, "manager")
    manager.goto(path_of("dashboards:overview") + "?objective=S5&fy=2026-27")
    manager.get_by_role("link", name="Save this view").click()
    axe(manager)
    expect(manager.get_by_text("The dashboard, filtered to")).to_be_visible()
    manager.get_by_label("Name").fill("Public safety this year")
    manager.get_by_label("Share it with").select_option("IR")
    manager.get_by_label("Weekly, on Mondays").check()
    manager.get_by_role("button", name="Save the view").click()
    expect(manager.get_by_role("status")).to_contain_text("is saved")
    axe(manager)

    let_in(staff, "staff")
    staff.goto(path_of("dashboards:overview"))
    staff.get_by_role("link", name="Public safety this year").click()
    expect(staff).to_have_url(re.compile(r"/en/dashboard/\?.*objective=S5"))
    staff.get_by_role("link", name="Saved views", exact=True).click()
    expect(staff.get_by_role("link", name="Edit")).to_have_count(0)
    staff.get_by_role("button", name="Make it my start page").click()
    staff.locator(".band-name").click()
    expect(staff).to_have_url(re.compile(r"/en/dashboard/\?.*objective=S5"))
    staff.get_by_role("link", name="Your work").click()
    expect(staff.locator("h1")).to_have_text("Your work")

    Subscription.objects.update(last_period="before")
    call_command("mail_views", verbosity=0)
    assert [message.to for message in mail.outbox] == [["manager@example.ca"]]

    manager.get_by_role("link", name="Delete").click()
    expect(manager.get_by_text("1 other person starts with it")).to_be_visible()
    axe(manager)
    manager.get_by_role("button", name="Delete the view").click()
    expect(manager.get_by_text("No saved views yet")).to_be_visible()
    staff.locator(".band-name").click()
    told = staff.get_by_text("“Public safety this year” is no longer there for you")
    expect(told).to_be_visible()
    axe(staff)
    staff.get_by_role("button", name="I have read this").click()
    expect(told).to_have_count(0)
    assert not SavedView.objects.exists()


def test_by_keyboard_alone(page, let_in, mailed):
    let_in(page, "staff")
    page.goto(path_of("engagements:list") + "?country=HT")
    page.get_by_role("link", name="Save this view").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    page.keyboard.type("Haiti")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_label("Make it my start page")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Not at all")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("The view “Haiti” is saved")
    expect(page.get_by_text("You start with it.")).to_be_visible()
    expect(page.get_by_text("It is mailed to you weekly.")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_phone_nothing_scrolls_sideways(phone, let_in, axe, mailed, language):
    let_in(phone, "colleague")
    phone.goto(path_of("dashboards:view_create", language) + "?of=dashboard&objective=S5&by=cost")
    name = "Une vue dont le nom est assez long pour déborder de l’écran étroit d’un téléphone"
    phone.locator("[name=name]").fill(name)
    phone.locator("[name=name]").press("Enter")
    expect(phone.get_by_role("status")).to_be_visible()

    for url in (path_of("dashboards:views", language), path_of("dashboards:overview", language)):
        phone.goto(url)
        expect(phone.get_by_role("link", name=name).first).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth") == 360
    phone.goto(path_of("dashboards:views", language))
    axe(phone)


def test_without_scripts(open_page, let_in, mailed):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "staff")
    page.goto(path_of("engagements:list") + "?country=HT")

    page.get_by_role("link", name="Save this view").click()
    page.get_by_role("button", name="Save the view").click()
    expect(page.locator("#error-summary")).to_contain_text("Give the view a name.")
    page.get_by_label("Name").fill("Haiti")
    page.get_by_role("button", name="Save the view").click()
    page.get_by_role("link", name="Haiti", exact=True).click()

    expect(page).to_have_url(re.compile(r"/en/engagements/\?country=HT$"))


def test_changing_the_filter_in_place_changes_what_is_saved(page, let_in, mailed):
    let_in(page, "staff")
    page.goto(path_of("engagements:list"))
    page.locator("#f-kind-conference-attended").check()
    expect(page).to_have_url(re.compile(r"\?kind=conference-attended$"))

    page.get_by_role("link", name="Save this view").click()

    expect(page.get_by_text("Conference attended")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_mail_reads_well_where_it_is_opened(open_page, mailed, tmp_path, language, width):
    person = User.objects.get(username="manager")
    User.objects.filter(pk=person.pk).update(language=language)
    view = SavedView.objects.create(
        name="Public safety", owner=person, page="dashboard", query="objective=S5"
    )
    Subscription.objects.create(
        view=view, person=person, name=view.name, rhythm="weekly", last_period="before"
    )
    call_command("mail_views", verbosity=0)
    [message] = mail.outbox
    page = open_page(width, 900)
    page.set_content(message.alternatives[0][0])

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("html").get_attribute("lang") == language
    assert rules_broken(page) == []
    page.screenshot(path=tmp_path / "mail.png")
