"""Every page of the portal, and every state of it worth a look of its own, by who opens it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page, expect

from accounts.models import User
from common.history.models import Revision
from dashboards.actions import delete_view, save_view, start_with, subscribe
from dashboards.models import SavedView
from engagements.kinds import Stage
from engagements.models import Engagement, Export, Note
from objectives.actions import amend
from objectives.models import Framework, Objective
from objectives.putting_back import last_act
from partners.models import Contact, Partner
from tests.browser.loads import at_work, checked, contacts, key_of, loaded, read, remembered
from tests.test_conventions import OUR_APPS

RICH = "IE-2007-0004"


@dataclass(frozen=True, kw_only=True)
class Look:
    """One page, in one state. `then` brings it there; `main`: looked at on a phone as well."""

    name: str
    args: Callable[[], list] = list
    query: str | Callable[[], str] = ""
    status: int = 200
    then: Callable[[Page], None] | None = None
    main: bool = False

    def open(self, page: Page, language: str) -> None:
        response = page.goto(self.path(language))
        assert (response.status, page.locator("html").get_attribute("lang")) == (
            self.status,
            language,
        ), page.url
        if self.then:
            self.then(page)

    def path(self, language: str) -> str:
        asked = self.query() if callable(self.query) else self.query
        with override(language):
            return reverse(self.name, args=self.args()) + asked

    def __str__(self) -> str:
        state = f", {self.then.__name__}" if self.then else ""
        asked = self.query.__name__ if callable(self.query) else self.query
        return f"{self.name}{asked}{state}"


def of_office(stage: str) -> Callable[[], list]:
    """What International Relations, the office of `staff`, has at this stage."""
    records = Engagement.objects.filter(stage=stage, lead_office__code="IR")
    return lambda: [records.order_by("reference").first().reference]


def own_draft() -> list:
    return [Engagement.objects.filter(stage=Stage.DRAFT, logged_by__username="staff").first().pk]


def with_note_by(username: str) -> Callable[[], list]:
    """The engagement of this person's restricted note, and the note's key."""
    notes = Note.objects.filter(written_by__username=username).select_related("engagement")
    return lambda: [notes.first().engagement.reference, notes.first().key]


def with_a_note() -> list:
    return with_note_by("staff")()[:1]


def today() -> str:
    return timezone.localdate().isoformat()


def returned() -> list:
    return of_office(Stage.RETURNED)()


def its_first_change() -> str:
    """Of what was returned: the act that logged it."""
    record = Engagement.objects.get(reference=returned()[0])
    return f"?change={Revision.objects.of('engagement', [record.pk]).get(number=1).key}"


def the_first_of_unodc() -> str:
    partner = Partner.objects.get(code="UNODC")
    return f"?change={Revision.objects.of('partner', [partner.pk]).get(number=1).key}"


def a_contact() -> list:
    """The partner and the key of a contact that is no longer there: two acts are on record."""
    contact = Contact.objects.gone().select_related("partner").get()
    return [contact.partner.code, contact.key]


def the_first_of_a_contact() -> str:
    contact = Contact.objects.gone().get()
    return f"?change={Revision.objects.of('contact', [contact.pk]).get(number=1).key}"


def before(record: Objective | Framework, **changed: str) -> str:
    """What the address of its page asks for to put it back as it was before it was changed so."""
    own = Revision.objects.of(record._meta.model_name, [record.pk])
    if not own.filter(act="amended").exists():
        by = User.objects.get(username="administrator")
        amend(by=by, record=record, seen=last_act(record), **changed)
    return f"?change={own.get(number=1).key}"


def s4_before() -> str:
    return before(Objective.objects.get(code="S4"), short_en="Health of mind")


def priorities_before() -> str:
    return before(Framework.objects.get(code="CSC-PRIORITIES-5"), source="A page of the department")


def with_views(username: str) -> Callable[[], list]:
    """The key of a view this person keeps; their office shares another with them, and one is gone."""

    def key() -> list:
        person = User.objects.get(username=username)
        views = SavedView.objects.filter(owner=person)
        if not views.exists():
            told = {"page": "dashboard", "query": "objective=S5&region=150&by=cost"}
            view = save_view(by=person, name="What Europe asks of us", office=person.office, **told)
            start_with(by=person, view=view)
            owner = person.office.people.exclude(pk=person.pk).first()
            told = {"page": "engagements", "query": "country=HT&sort=oldest"}
            save_view(by=owner, name="Haïti, 2006 to today", office=person.office, **told)
            gone = save_view(by=owner, name="Visits of the month", office=person.office, **told)
            subscribe(by=person, view=gone, rhythm="monthly")
            delete_view(by=owner, view=gone)
        return [views.first().key]

    return key


def having_views(username: str) -> Callable[[], list]:
    """The same, for a page whose address names none."""
    return lambda: with_views(username)()[:0]


def having_taken(username: str) -> Callable[[], list]:
    """For a page whose address names none: the person has taken files."""

    def nothing() -> list:
        person = User.objects.get(username=username)
        told = {"by": person, "sensitivity": 0, "clearance": person.clearance}
        words = {"filter_en": "Country: Haiti", "filter_fr": "Pays : Haïti"}
        if not Export.objects.exists():
            Export.objects.create(format="xlsx", query="country=HT", count=12, **told, **words)
            every = {"filter_en": "none: the whole list", "filter_fr": "aucun : toute la liste"}
            Export.objects.create(format="csv", count=57, in_long_form=True, **told, **every)
        return []

    return nothing


def always(*args: str) -> Callable[[], list]:
    return lambda: list(args)


def refused(page: Page) -> None:
    """Sent as it is, the form comes back."""
    page.locator("main form[method=post] button[type=submit]:visible").last.click()
    expect(page.locator("#error-summary")).to_be_focused()


def wrong_place(page: Page) -> None:
    """The columns of an export, one of them in no place."""
    page.locator("#id_place_title_en").fill("first")
    page.locator("button[value=download]").last.click()
    expect(page.locator("#error-summary")).to_be_focused()


def not_logged(page: Page) -> None:
    """The form of an engagement, sent with nothing in it."""
    page.locator(".form-actions button[value=log]").click()
    expect(page.locator("#error-summary")).to_be_focused()


def not_added(page: Page) -> None:
    """The administration's form, sent with nothing in it."""
    page.locator("[name=_save]").click()
    expect(page.locator(".errornote")).to_be_visible()


def archived(page: Page) -> None:
    page.locator("[name=reason]").fill("It was wound up.")
    page.locator("[name=reason]").locator("xpath=ancestor::form").locator("[type=submit]").click()
    expect(page.get_by_role("status")).to_be_visible()


def offering_partners(page: Page) -> None:
    """With the combobox open."""
    page.locator("#id_add_partner").press_sequentially("un")
    expect(page.locator("#partner-list [role=option]").first).to_be_visible()


def creating_a_partner(page: Page) -> None:
    """With the form of a new partner open, and refused for its likeness to one that is here."""
    page.locator("#new-partner summary").click()
    page.locator("#new-partner [name$=name_en]").fill("United Nations Office on Drugs and Crime")
    page.locator("#new-partner [name$=name_fr]").fill("Office contre la drogue et le crime")
    page.locator("button[value=create-partner]").click()
    expect(page.locator("#new-partner").get_by_role("alert")).to_be_focused()


def opened_up(page: Page) -> None:
    """With every part that folds unfolded."""
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")


def without_proof(page: Page) -> None:
    """Sent from a page whose cookie is gone."""
    page.context.clear_cookies(name="csrftoken")
    page.locator("[name=username]").fill("staff")
    page.locator("[name=password]").fill("right or wrong")
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)


def wrong_password(page: Page) -> None:
    page.locator("[name=username]").fill("staff")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()


def administration() -> Iterator[Look]:
    """What administrators edit there: each kind of record as a list, and one of it open."""
    for model in admin.site._registry:
        if not model.__module__.startswith(OUR_APPS):
            continue
        name = f"admin:{model._meta.label_lower.replace('.', '_')}"
        yield Look(name=f"{name}_changelist")
        yield Look(name=f"{name}_change", args=lambda model=model: [model.objects.first().pk])
        yield Look(name=f"{name}_history", args=lambda model=model: [model.objects.first().pk])


NOBODY = [
    Look(name="accounts:sign_in", main=True),
    Look(name="accounts:sign_in", then=wrong_password),
    Look(name="accounts:sign_in", then=without_proof),
]
# What a role makes of a page that everybody may read. No other of them that shows anything depends on it.
BY_ROLE = [
    Look(name="dashboards:home", main=True),
    Look(name="dashboards:overview", main=True, then=opened_up),
]
EVERYBODY = [
    *BY_ROLE,
    Look(name="dashboards:places", main=True),
    Look(name="dashboards:brief", main=True),
    Look(name="dashboards:partners", main=True),
]
STAFF = [
    *EVERYBODY,
    Look(name="dashboards:overview", query="?objective=S5&filter=open"),
    Look(name="dashboards:places", query="?objective=S5&sort=number&filter=open"),
    Look(name="dashboards:places", query="?country=TV"),
    Look(name="dashboards:places", query="?sort=nonsense", status=400),
    Look(name="dashboards:brief", query="?partner=UN", main=True),
    Look(name="dashboards:brief", query="?objective=S4&fy=2005-06"),
    Look(name="dashboards:brief", query="?country=NOWHERE", status=400),
    Look(name="dashboards:partners", query="?view=silent&bodies=rolled-up&sort=last&filter=open"),
    Look(name="dashboards:partners", query="?fy=2026-27&view=one-way"),
    Look(name="dashboards:partners", query="?fy=2026-27&view=silent&silent=600"),
    Look(name="dashboards:partners", query="?q=nothingislikethis"),
    Look(name="dashboards:partners", query="?view=nonsense", status=400),
    Look(name="dashboards:partners", query="?page=99", status=404),
    Look(name="engagements:list", query="?per_page=10", main=True, then=opened_up),
    Look(name="engagements:list", query="?objective=S5&country=HT&per_page=10&sort=title"),
    Look(name="engagements:list", query="?q=nothingislikethis"),
    Look(name="search:results", main=True),
    Look(name="search:results", query="?q=uniited+nations", main=True),
    Look(name="search:results", query="?q=nothing+islikethis+haiti", main=True),
    Look(name="search:results", query="?q=haiti+2007"),
    Look(name="search:results", query=f"?q={'x' * 201}", status=400),
    Look(name="engagements:list", query="?fy=1812", status=400),
    Look(name="engagements:list", query="?page=99", status=404),
    Look(name="engagements:list", query="?stage=draft"),
    Look(name="engagements:export_choose", query="?country=HT&sort=title", main=True),
    Look(name="engagements:export_choose", then=wrong_place, main=True),
    Look(name="engagements:export_choose", query="?fields=nonsense", status=400),
    Look(name="engagements:detail", args=always(RICH), main=True),
    Look(name="engagements:detail", args=of_office(Stage.RETURNED)),
    Look(
        name="engagements:as_of", args=of_office(Stage.RETURNED), query=f"?day={today()}", main=True
    ),
    Look(name="engagements:as_of", args=returned, query=its_first_change),
    Look(name="engagements:as_of", args=always(RICH)),
    Look(name="engagements:put_back", args=returned, query=its_first_change, main=True),
    Look(name="engagements:as_of", args=always(RICH), query="?day=2026-02-30", status=400),
    Look(
        name="engagements:as_of", args=always(RICH), query="?day=1999-01-01", status=404, main=True
    ),
    Look(name="engagements:history", args=returned, main=True, then=opened_up),
    Look(name="engagements:history", args=with_a_note),
    Look(name="engagements:history", args=returned, query="?act=archived"),
    Look(name="engagements:history", args=returned, query="?what=nonsense", status=400),
    Look(name="engagements:edit", args=always(RICH), main=True, then=opened_up),
    Look(name="engagements:edit_draft", args=own_draft),
    Look(name="engagements:discard_draft", args=own_draft),
    Look(name="engagements:create", main=True),
    Look(name="engagements:create", then=not_logged, main=True),
    Look(name="engagements:create", then=offering_partners),
    Look(name="engagements:create", then=creating_a_partner, main=True),
    Look(name="engagements:align", args=always(RICH), main=True),
    Look(name="engagements:align_many", query=f"?pick={RICH}&pick=IE-2008-0001", main=True),
    Look(name="engagements:align_many", query=f"?pick={RICH}&add=S3&remove=P1&do=preview"),
    Look(name="engagements:submit", args=of_office(Stage.RETURNED)),
    Look(name="engagements:complete", args=of_office(Stage.APPROVED)),
    Look(name="engagements:cancel", args=of_office(Stage.APPROVED), then=refused),
    Look(name="engagements:detail", args=with_a_note, main=True),
    Look(name="engagements:write_note", args=always(RICH), main=True),
    Look(name="engagements:write_note", args=always(RICH), then=refused, main=True),
    Look(name="engagements:edit_note", args=with_note_by("staff")),
    Look(name="engagements:withdraw_note", args=with_note_by("staff")),
    Look(name="imports:start", main=True),
    Look(name="imports:start", then=refused),
    Look(name="imports:remembered", args=remembered, main=True),
    Look(name="imports:table", args=key_of(read), main=True),
    Look(name="imports:columns", args=key_of(read), main=True),
    Look(name="imports:questions", args=key_of(read), main=True),
    Look(name="imports:preview", args=key_of(checked), main=True),
    Look(name="imports:preview", args=key_of(checked), query="?show=changed"),
    Look(name="imports:preview", args=key_of(contacts)),
    Look(name="imports:progress", args=key_of(at_work), main=True),
    Look(name="imports:load", args=key_of(loaded), main=True),
    Look(name="imports:undo", args=key_of(loaded), main=True),
    Look(name="partners:list", main=True),
    Look(name="partners:list", query="?q=nothingislikethis"),
    Look(name="partners:list", query="?kind=nonsense", status=400),
    Look(name="partners:detail", args=always("UN"), main=True),
    Look(name="partners:history", args=always("UN"), then=opened_up),
    Look(name="partners:detail", args=always("UNODC"), then=opened_up, main=True),
    Look(name="partners:contacts", args=always("UN"), query="?gone=yes", main=True),
    Look(name="partners:contacts", args=always("UN"), query="?bodies=perhaps", status=400),
    Look(name="partners:contact_create", args=always("UNODC"), main=True),
    Look(name="partners:contact_create", args=always("UNODC"), then=refused, main=True),
    Look(name="partners:contact_edit", args=a_contact),
    Look(name="partners:contact_history", args=a_contact, then=opened_up),
    Look(name="partners:contact_put_back", args=a_contact, query=the_first_of_a_contact),
    Look(name="objectives:list", main=True),
    Look(name="objectives:detail", args=always("S4"), main=True),
    Look(name="objectives:framework", args=always("CSC-PRIORITIES-5"), main=True),
    Look(name="objectives:framework", args=always("CSC-PRIORITIES-6")),
    Look(name="objectives:history", args=always("S4"), then=opened_up),
    Look(name="objectives:framework_history", args=always("CSC-PRIORITIES-5")),
    Look(name="dashboards:views"),
    Look(name="dashboards:view_create", query="?of=dashboard&objective=S5&by=cost", main=True),
    Look(name="dashboards:view_create", query="?of=engagements&country=HT", then=refused),
    Look(name="dashboards:view_create", query="?of=dashboard&objective=NOPE", status=400),
    Look(name="dashboards:views", args=having_views("staff"), main=True),
    Look(name="dashboards:view_edit", args=with_views("staff"), main=True),
    Look(name="dashboards:view_delete", args=with_views("staff")),
    Look(name="dashboards:view_mail", args=with_views("staff"), main=True),
    Look(name="dashboards:work", args=having_views("staff"), main=True),
    Look(name="accounts:profile", main=True),
    Look(name="accounts:password", then=refused),
    Look(name="partners:create", status=403),
    Look(name="engagements:detail", args=always("IE-1999-9999"), status=404),
]
ADMINISTRATOR = [
    Look(name="dashboards:home"),
    Look(name="partners:create", main=True),
    Look(name="partners:create", then=refused),
    Look(name="partners:edit", args=always("UNODC"), main=True),
    Look(name="partners:put_back", args=always("UNODC"), query=the_first_of_unodc),
    Look(name="objectives:put_back", args=always("S4"), query=s4_before),
    Look(
        name="objectives:framework_put_back",
        args=always("CSC-PRIORITIES-5"),
        query=priorities_before,
    ),
    Look(name="partners:archive", args=always("ICPA"), then=refused),
    Look(name="partners:archive", args=always("ICPA"), then=archived),
    Look(name="objectives:adopt", args=always("CSC-PRIORITIES-6"), main=True),
    Look(name="objectives:adopt", args=always("CSC-PRIORITIES-6"), query="?on=2030-04-01"),
    Look(name="admin:index", main=True),
    Look(name="admin:app_list", args=always("partners")),
    Look(name="admin:accounts_user_add", then=not_added),
    *administration(),
]
APPROVER = [
    Look(name="dashboards:home"),
    Look(name="engagements:detail", args=of_office(Stage.SUBMITTED), main=True),
    Look(name="engagements:approve", args=of_office(Stage.SUBMITTED)),
    Look(name="engagements:return", args=of_office(Stage.SUBMITTED), main=True),
    Look(name="engagements:decline", args=of_office(Stage.SUBMITTED), then=refused),
    Look(name="engagements:take_back", args=of_office(Stage.RETURNED), main=True),
]
LOOKS = {
    "nobody": NOBODY,
    "staff": STAFF,
    "administrator": ADMINISTRATOR,
    "approver": APPROVER,
    "reader": BY_ROLE,
    "manager": [
        *BY_ROLE,
        Look(name="engagements:exports", args=having_taken("manager"), main=True),
        Look(name="engagements:exports", query="?page=99", status=404),
        Look(name="dashboards:changes", main=True, then=opened_up),
        Look(name="dashboards:changes", query="?kind=engagement&act=amended", main=True),
        Look(name="dashboards:changes", query="?act=declined"),
        Look(name="dashboards:changes", query="?kind=nonsense", status=400),
        Look(name="dashboards:changes", query="?page=99", status=404),
    ],
}
