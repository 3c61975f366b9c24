"""Who may open which page: the whole table, in one place."""

import pytest
from django.urls import reverse

from accounts.models import Office
from engagements.kinds import Stage
from objectives.models import FrameworkKind
from tests.factories import (
    make_contact,
    make_engagement,
    make_framework,
    make_load,
    make_objective,
    make_partner,
    make_view,
)
from tests.test_conventions import our_pages

ROLES = ("reader", "staff", "colleague", "manager", "administrator", "approver")

# The engagement is led by International Relations, staff's office, and waits for the approver.
# 404: the person may, but the address names no act to go back to.
# 409: the person may, but nothing was done yet that could be taken back.
# 302: it leads to the view's page. The view is shared with staff's office: to colleague it is not there.
# The load is staff's: it leads on to where it stands, and is there for administrators besides.
# 405: the person may, but the page takes POST alone.
PAGES = {
    # page                              reader staff colleague manager administrator approver
    "dashboards:home":                  (200,  200,  200,      200,    200,          200),
    "dashboards:overview":              (200,  200,  200,      200,    200,          200),
    "dashboards:places":                (200,  200,  200,      200,    200,          200),
    "dashboards:brief":                 (200,  200,  200,      200,    200,          200),
    "dashboards:partners":              (200,  200,  200,      200,    200,          200),
    "dashboards:changes":               (403,  403,  403,      200,    200,          403),
    "dashboards:changes_csv":           (403,  403,  403,      200,    200,          403),
    "dashboards:work":                  (200,  200,  200,      200,    200,          200),
    "dashboards:views":                 (200,  200,  200,      200,    200,          200),
    "dashboards:view_create":           (200,  200,  200,      200,    200,          200),
    "dashboards:view":                  (302,  302,  404,      302,    302,          302),
    "dashboards:view_edit":             (403,  200,  404,      403,    403,          403),
    "dashboards:view_delete":           (403,  200,  404,      403,    403,          403),
    "dashboards:view_mail":             (200,  200,  404,      200,    200,          200),
    "accounts:profile":                 (200,  200,  200,      200,    200,          200),
    "accounts:password":                (200,  200,  200,      200,    200,          200),
    "search:results":                   (200,  200,  200,      200,    200,          200),
    "engagements:list":                 (200,  200,  200,      200,    200,          200),
    "engagements:export":               (200,  200,  200,      200,    200,          200),
    "engagements:export_xlsx":          (200,  200,  200,      200,    200,          200),
    "engagements:export_choose":        (200,  200,  200,      200,    200,          200),
    "engagements:exports":              (403,  403,  403,      200,    200,          403),
    "engagements:export_template":      (403,  200,  200,      200,    200,          403),
    "engagements:create":               (403,  200,  200,      200,    200,          403),
    "engagements:partner_suggestions":  (403,  200,  200,      200,    200,          403),
    "engagements:detail":               (200,  200,  200,      200,    200,          200),
    "engagements:as_of":                (200,  200,  200,      200,    200,          200),
    "engagements:history":              (200,  200,  200,      200,    200,          200),
    "engagements:put_back":             (403,  404,  403,      404,    404,          403),
    "engagements:edit":                 (403,  200,  403,      200,    200,          403),
    "engagements:align":                (403,  200,  403,      200,    200,          403),
    "engagements:return":               (403,  403,  403,      403,    403,          200),
    "engagements:decline":              (403,  403,  403,      403,    403,          200),
    "engagements:cancel":               (403,  200,  403,      200,    200,          403),
    "engagements:take_back":            (403,  409,  409,      409,    409,          409),
    "engagements:edit_draft":           (403,  200,  404,      404,    404,          403),
    "engagements:write_note":           (403,  200,  403,      200,    200,          200),
    "imports:start":                    (403,  200,  200,      200,    200,          403),
    "imports:remembered":               (403,  200,  200,      200,    200,          403),
    "imports:load":                     (403,  302,  404,      404,    302,          403),
    "imports:table":                    (403,  200,  404,      404,    200,          403),
    "imports:columns":                  (403,  200,  404,      404,    200,          403),
    "imports:questions":                (403,  200,  404,      404,    200,          403),
    "imports:preview":                  (403,  200,  404,      404,    200,          403),
    "imports:progress":                 (403,  302,  404,      404,    302,          403),
    "imports:undo":                     (403,  302,  404,      404,    302,          403),
    "partners:list":                    (200,  200,  200,      200,    200,          200),
    "partners:detail":                  (200,  200,  200,      200,    200,          200),
    "partners:history":                 (200,  200,  200,      200,    200,          200),
    "partners:create":                  (403,  403,  403,      403,    200,          403),
    "partners:put_back":                (403,  403,  403,      403,    404,          403),
    "partners:edit":                    (403,  403,  403,      403,    200,          403),
    "partners:archive":                 (403,  403,  403,      403,    200,          403),
    "partners:contacts":                (200,  200,  200,      200,    200,          200),
    "partners:contact_create":          (403,  200,  200,      200,    200,          403),
    "partners:contact_edit":            (403,  200,  200,      200,    200,          403),
    "partners:contact_history":         (200,  200,  200,      200,    200,          200),
    "partners:contact_put_back":        (403,  404,  404,      404,    404,          403),
    "objectives:list":                  (200,  200,  200,      200,    200,          200),
    "objectives:detail":                (200,  200,  200,      200,    200,          200),
    "objectives:framework":             (200,  200,  200,      200,    200,          200),
    "objectives:history":               (200,  200,  200,      200,    200,          200),
    "objectives:framework_history":     (200,  200,  200,      200,    200,          200),
    "objectives:put_back":              (403,  403,  403,      403,    404,          403),
    "objectives:framework_put_back":    (403,  403,  403,      403,    404,          403),
    "objectives:adopt":                 (403,  403,  403,      403,    200,          403),
}  # fmt: skip

# Opened by a POST, in parts by HTMX, or only in development: each has its own tests.
ELSEWHERE = {
    "imports:forget",
    "imports:left_out",
    "dashboards:view_start",
    "dashboards:views_lost",
    "dashboards:alignment_csv",
    "dashboards:coverage_csv",
    "dashboards:places_csv",
    "dashboards:completeness_csv",
    "dashboards:time_csv",
    "dashboards:volume_csv",
    "dashboards:brief_docx",
    "dashboards:partners_csv",
    "dashboards:dashboard_xlsx",
    "accounts:front_door",
    "accounts:sign_in",
    "accounts:sign_out",
    "engagements:objectives_offered",
    "engagements:likely_duplicates",
    "engagements:discard_draft",
    "engagements:align_many",
    "engagements:submit",
    "engagements:approve",
    "engagements:complete",
    "engagements:edit_note",
    "engagements:withdraw_note",
    "engagements:bring_back_note",
    "partners:restore",
    "partners:verify",
    "partners:contact_retire",
    "partners:contact_bring_back",
}


@pytest.fixture
def address(staff):
    """The address of each page, for one engagement, draft, partner, objective and framework."""
    engagement = make_engagement(
        reference="IE-2027-0042",
        stage=Stage.SUBMITTED,
        logged_by=staff,
        lead_office=Office.objects.get(code="IR"),
    )
    draft = make_engagement(stage=Stage.DRAFT, logged_by=staff)
    contact = make_contact(make_partner("UNODC"))
    waiting = make_framework("SIX", kind=FrameworkKind.PRIORITY, adopted=False)
    arguments = {
        "reference": engagement.reference,
        "pk": draft.pk,
        "partners": contact.partner.code,
        "partners:key": contact.key,
        "objectives:detail": make_objective("S4").code,
        "objectives:history": "S4",
        "objectives:put_back": "S4",
        "objectives": waiting.code,
        "imports": make_load(staff).key,
        "dashboards": make_view(owner=staff, office=staff.office).key,
    }

    def of(page: str) -> str:
        app = page.partition(":")[0]
        names = dict(our_pages())[page].pattern.converters
        return reverse(
            page,
            args=[
                arguments.get(page)
                or arguments.get(f"{app}:{n}")
                or arguments.get(n)
                or arguments[app]
                for n in names
            ],
        )

    return of


def test_the_table_names_every_page():
    named = {name for name, _entry in our_pages()}

    assert named <= {*PAGES, *ELSEWHERE}
    assert set(PAGES) <= named


@pytest.fixture
def everybody(request):
    return [request.getfixturevalue(role) for role in ROLES]


@pytest.mark.parametrize("page", PAGES)
def test_page_answers(client, everybody, address, page):
    url, answers = address(page), []

    for person in everybody:
        client.force_login(person)
        answers.append(client.get(url).status_code)

    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, PAGES[page], strict=True))


@pytest.mark.parametrize("page", PAGES)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(client, address, page):
    url = address(page)

    response = client.get(url)

    assert (response.status_code, response.url) == (302, f"/en/sign-in/?next={url}")
