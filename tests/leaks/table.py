"""What every page answers to whom: the whole table, one entry a route.

A new route fails test_every_route.py until it has an entry here. Most need one line:

    "engagements:history": Page(get=ALL),

`get` and `post` hold a status for each of ROLES, for a record the person may read. What is not taken
answers 405. For a record they may not read, and for one that is not there, the same is expected of
every page: `absent` (404), or 403 where the audience of the view leaves the role out anyway.

A page names the record through its address (`reference`, `pk`, a note's `key`: found by themselves),
through its query (`query=`) or what is sent to it (`sends=`); whatever else its address takes comes from
`arguments=`. Where one page names a record in several ways, its entry is a list; `post=None` is asked for
in another of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.leaks.world import Record, World

Statuses = tuple[int, ...]
ROLES = ("reader", "staff", "colleague", "manager", "administrator", "approver", "nobody")

#                 reader staff colleague manager administrator approver nobody
ALL =            (200,  200,  200,      200,    200,          200,     302)  # fmt: skip
CONTRIBUTORS =   (403,  200,  200,      200,    200,          403,     302)  # fmt: skip
ITS_EDITORS =    (403,  200,  403,      200,    200,          403,     302)  # fmt: skip
ITS_WRITERS =    (403,  200,  403,      200,    200,          200,     302)  # fmt: skip
MANAGERS =       (403,  403,  403,      200,    200,          403,     302)  # fmt: skip
APPROVERS =      (403,  403,  403,      403,    403,          200,     302)  # fmt: skip
ADMINISTRATORS = (403,  403,  403,      403,    200,          403,     302)  # fmt: skip
REFUSED =        (403,  403,  403,      403,    403,          403,     302)  # fmt: skip
NOT_TAKEN =      (405,  405,  405,      405,    405,          405,     302)  # fmt: skip
NOTHING_TO_DO =  (403,  409,  409,      409,    409,          409,     302)  # fmt: skip
ITS_AUTHOR =     (403,  200,  404,      404,    404,          403,     302)  # fmt: skip
ITS_SAVER =      (404,  200,  404,      404,    404,          404,     302)  # fmt: skip
ITS_LOADER =     (403,  200,  404,      404,    200,          403,     302)  # fmt: skip


def answering(status: int, audience: Statuses) -> Statuses:
    """Whoever gets 200 in `audience` gets `status`."""
    return tuple(status if each == 200 else each for each in audience)


@dataclass(frozen=True, kw_only=True)
class Page:
    get: Statuses = NOT_TAKEN
    post: Statuses | None = NOT_TAKEN
    absent: int = 404
    absent_post: int | None = None
    arguments: Callable[[World, Record], dict[str, Any]] = lambda world, record: {}
    query: Callable[[Record], dict[str, Any]] | None = None
    sends: Callable[[Record], dict[str, Any]] | None = None
    # Its address names a draft.
    of_drafts: bool = False
    # Where HTMX, which asks for a part of the page, is answered with another status.
    get_part: Statuses | None = None
    post_part: Statuses | None = None


def in_admin(model: str, name: str) -> dict[str, Page]:
    """The pages the admin has for a model; `name`: the record of the world they are asked for."""

    def one(world: World, record: Record) -> dict[str, Any]:
        found = getattr(world, name)
        return {"object_id": found["staff"].pk if name == "people" else found.pk}

    app, short = model.split("_")
    return {
        f"admin:{model}_changelist": Page(get=ADMINISTRATORS, post=ADMINISTRATORS),
        f"admin:{model}_add": Page(get=ADMINISTRATORS, post=ADMINISTRATORS),
        f"admin:{model}_change": Page(
            # Sent without the version that was seen: as if it had moved on.
            get=ADMINISTRATORS,
            post=answering(409, ADMINISTRATORS),
            arguments=one,
        ),
        f"admin:{model}_history": Page(get=ADMINISTRATORS, post=ADMINISTRATORS, arguments=one),
        f"admin:{model}_delete": Page(get=REFUSED, post=REFUSED, arguments=one),
        f"admin/{app}/{short}/<path:object_id>/": Page(
            get=answering(302, ADMINISTRATORS), post=answering(302, ADMINISTRATORS), arguments=one
        ),
    }


def code_of(name: str) -> Callable[[World, Record], dict[str, Any]]:
    return lambda world, record: {"code": getattr(world, name).code}


def of_the_view(world: World, record: Record) -> dict[str, Any]:
    return {"key": world.view.key}


def of_the_load(world: World, record: Record) -> dict[str, Any]:
    return {"key": world.load.key}


def of_the_contact(world: World, record: Record) -> dict[str, Any]:
    return {"code": world.contact.partner.code, "key": world.contact.key}


def after(record: Record) -> dict[str, Any]:
    return {"after": record.reference}


def seen(record: Record) -> dict[str, Any]:
    """The version that the person saw."""
    return {"version": "1"}


def told(record: Record) -> dict[str, Any]:
    """The form of an engagement, so alike to the record that it is a likely duplicate."""
    return {
        "title_en": "Borealis visit",
        "partner": ["UNODC"],
        "role": ["host"],
        "start_precision": "day",
        "start_year": "2026",
        "start_month": "5",
        "start_day": "15",
        "end_precision": "not-given",
        "record": str(record.pk),
    }


VERB = Page(get=ITS_EDITORS, post=answering(422, ITS_EDITORS))

TABLE: dict[str, Page | list[Page]] = {
    # The way in, and the health of the process
    "front_door": Page(get=(302,) * 7, post=(405,) * 7),
    "healthz": Page(get=(200,) * 7, post=(405,) * 7),
    "readyz": Page(get=(200,) * 7, post=(405,) * 7),
    "accounts:sign_in": Page(
        get=(302,) * 6 + (200,),
        post=(302,) * 6 + (422,),
        get_part=(302,) * 6 + (401,),
        post_part=(302,) * 6 + (401,),
    ),
    "accounts:sign_out": Page(get=(405,) * 7, post=(302,) * 7),
    "accounts:profile": Page(get=ALL, post=answering(422, ALL)),
    "accounts:password": Page(get=ALL, post=answering(422, ALL)),
    # What is counted and listed
    "dashboards:home": Page(get=ALL),
    "dashboards:overview": Page(get=ALL),
    "dashboards:places": Page(get=ALL),
    "dashboards:alignment_csv": Page(get=ALL),
    "dashboards:coverage_csv": Page(get=ALL),
    "dashboards:places_csv": Page(get=ALL),
    "dashboards:completeness_csv": Page(get=ALL),
    "dashboards:time_csv": Page(get=ALL),
    "dashboards:volume_csv": Page(get=ALL),
    "dashboards:work": Page(get=ALL),
    # Saved views, of one that is staff's alone: test_shared_views.py asks for shared ones
    "dashboards:views": Page(get=ALL),
    "dashboards:view_create": Page(get=ALL, post=answering(422, ALL)),
    "dashboards:view": Page(get=answering(302, ITS_SAVER), arguments=of_the_view),
    "dashboards:view_edit": Page(
        get=ITS_SAVER, post=answering(422, ITS_SAVER), arguments=of_the_view
    ),
    "dashboards:view_mail": Page(
        get=ITS_SAVER, post=answering(302, ITS_SAVER), arguments=of_the_view
    ),
    "dashboards:view_start": Page(post=answering(302, ITS_SAVER), arguments=of_the_view),
    "dashboards:view_delete": Page(
        get=ITS_SAVER, post=answering(302, ITS_SAVER), arguments=of_the_view
    ),
    "dashboards:views_lost": Page(post=answering(302, ALL)),
    "dashboards:dashboard_xlsx": Page(get=ALL),
    "dashboards:brief": Page(get=ALL),
    "dashboards:brief_docx": Page(get=ALL),
    "dashboards:partners": Page(get=ALL),
    "dashboards:partners_csv": Page(get=ALL),
    "dashboards:changes": Page(get=MANAGERS),
    "dashboards:changes_csv": Page(get=MANAGERS),
    "engagements:list": Page(get=ALL),
    "search:results": Page(
        get=ALL, query=lambda record: {"q": f"{record.reference} visit"}, absent=200
    ),
    "engagements:export": Page(get=ALL),
    "engagements:export_xlsx": Page(get=ALL),
    "engagements:export_choose": Page(get=ALL, post=answering(422, ALL)),
    "engagements:exports": Page(get=MANAGERS),
    "engagements:export_template": Page(get=CONTRIBUTORS),
    # Logging
    "engagements:create": [
        Page(get=CONTRIBUTORS, post=None, query=after, absent=200),
        Page(get=CONTRIBUTORS, post=answering(422, CONTRIBUTORS)),
    ],
    "engagements:objectives_offered": Page(post=CONTRIBUTORS, sends=told, absent=200),
    "engagements:likely_duplicates": Page(post=CONTRIBUTORS, sends=told, absent=200),
    "engagements:partner_suggestions": Page(
        get=CONTRIBUTORS, query=lambda record: {"q": "unodc"}, absent=200
    ),
    "engagements:edit_draft": Page(
        get=ITS_AUTHOR, post=answering(422, ITS_AUTHOR), of_drafts=True, absent_post=422
    ),
    "engagements:discard_draft": Page(
        get=ITS_AUTHOR, post=answering(302, ITS_AUTHOR), of_drafts=True
    ),
    # Tagging
    "engagements:align_many": Page(
        get=CONTRIBUTORS,
        post=answering(422, CONTRIBUTORS),
        query=lambda record: {"pick": record.reference},
        sends=lambda record: {"pick": record.reference},
    ),
    "engagements:align": [
        Page(get=ITS_EDITORS, post=answering(422, ITS_EDITORS), post_part=ITS_EDITORS),
    ],
    # One engagement
    "engagements:detail": Page(get=ALL),
    "engagements:as_of": Page(get=ALL),
    "engagements:history": Page(get=ALL),
    # Its address names no act of it: tests/engagements/test_restore.py does.
    "engagements:put_back": Page(get=answering(404, ITS_EDITORS), post=answering(404, ITS_EDITORS)),
    "engagements:edit": Page(get=ITS_EDITORS, post=answering(409, ITS_EDITORS)),
    "engagements:submit": Page(get=answering(409, ITS_EDITORS), post=answering(409, ITS_EDITORS)),
    "engagements:approve": Page(get=APPROVERS, post=answering(302, APPROVERS), sends=seen),
    "engagements:return": Page(get=APPROVERS, post=answering(422, APPROVERS)),
    "engagements:decline": Page(get=APPROVERS, post=answering(422, APPROVERS)),
    "engagements:complete": Page(get=ITS_EDITORS, post=answering(302, ITS_EDITORS), sends=seen),
    "engagements:cancel": VERB,
    "engagements:take_back": Page(get=NOTHING_TO_DO, post=NOTHING_TO_DO),
    # Its restricted notes: whoever reads one may not change what another wrote
    "engagements:write_note": Page(get=ITS_WRITERS, post=answering(422, ITS_WRITERS)),
    "engagements:edit_note": Page(get=REFUSED, post=REFUSED),
    "engagements:withdraw_note": Page(get=MANAGERS, post=answering(302, MANAGERS)),
    "engagements:bring_back_note": Page(post=REFUSED),
    # Spreadsheets on their way in: of one that is staff's, and read
    "imports:start": Page(get=CONTRIBUTORS, post=answering(422, CONTRIBUTORS)),
    "imports:remembered": Page(get=CONTRIBUTORS, post=answering(302, CONTRIBUTORS)),
    "imports:load": Page(get=answering(302, ITS_LOADER), arguments=of_the_load),
    "imports:table": Page(get=ITS_LOADER, post=answering(422, ITS_LOADER), arguments=of_the_load),
    "imports:columns": Page(get=ITS_LOADER, post=answering(422, ITS_LOADER), arguments=of_the_load),
    "imports:questions": Page(
        get=ITS_LOADER,
        post=answering(302, ITS_LOADER),
        post_part=ITS_LOADER,
        arguments=of_the_load,
    ),
    "imports:preview": Page(get=ITS_LOADER, post=answering(302, ITS_LOADER), arguments=of_the_load),
    "imports:progress": Page(
        get=answering(302, ITS_LOADER), get_part=ITS_LOADER, arguments=of_the_load
    ),
    "imports:left_out": Page(get=answering(404, ITS_LOADER), arguments=of_the_load),
    "imports:undo": Page(
        get=answering(302, ITS_LOADER), post=answering(302, ITS_LOADER), arguments=of_the_load
    ),
    "imports:forget": Page(post=answering(302, ITS_LOADER), arguments=of_the_load),
    # Partners
    "partners:list": Page(get=ALL),
    "partners:create": Page(get=ADMINISTRATORS, post=answering(422, ADMINISTRATORS)),
    "partners:detail": Page(get=ALL, arguments=code_of("partner")),
    "partners:history": Page(get=ALL, arguments=code_of("partner")),
    "partners:put_back": Page(
        get=answering(404, ADMINISTRATORS),
        post=answering(404, ADMINISTRATORS),
        arguments=code_of("partner"),
    ),
    "partners:edit": Page(
        get=ADMINISTRATORS, post=answering(422, ADMINISTRATORS), arguments=code_of("partner")
    ),
    "partners:archive": Page(
        get=ADMINISTRATORS, post=answering(422, ADMINISTRATORS), arguments=code_of("partner")
    ),
    "partners:restore": Page(post=answering(302, ADMINISTRATORS), arguments=code_of("archived")),
    "partners:verify": Page(post=answering(302, ADMINISTRATORS), arguments=code_of("partner")),
    # The people there
    "partners:contacts": Page(get=ALL, arguments=code_of("partner")),
    "partners:contact_create": Page(
        get=CONTRIBUTORS, post=answering(422, CONTRIBUTORS), arguments=code_of("partner")
    ),
    "partners:contact_edit": Page(
        get=CONTRIBUTORS, post=answering(422, CONTRIBUTORS), arguments=of_the_contact
    ),
    "partners:contact_history": Page(get=ALL, arguments=of_the_contact),
    # Its address names no act of it: tests/partners/test_contact_restore.py does.
    "partners:contact_put_back": Page(
        get=answering(404, CONTRIBUTORS),
        post=answering(404, CONTRIBUTORS),
        arguments=of_the_contact,
    ),
    "partners:contact_retire": Page(post=answering(302, CONTRIBUTORS), arguments=of_the_contact),
    "partners:contact_bring_back": Page(
        post=answering(302, CONTRIBUTORS), arguments=of_the_contact
    ),
    # Objectives
    "objectives:list": Page(get=ALL),
    "objectives:detail": Page(get=ALL, arguments=code_of("objective")),
    "objectives:framework": Page(get=ALL, arguments=code_of("framework")),
    "objectives:history": Page(get=ALL, arguments=code_of("objective")),
    "objectives:framework_history": Page(get=ALL, arguments=code_of("framework")),
    "objectives:put_back": Page(
        get=answering(404, ADMINISTRATORS),
        post=answering(404, ADMINISTRATORS),
        arguments=code_of("objective"),
    ),
    "objectives:framework_put_back": Page(
        get=answering(404, ADMINISTRATORS),
        post=answering(404, ADMINISTRATORS),
        arguments=code_of("framework"),
    ),
    "objectives:adopt": Page(
        get=ADMINISTRATORS, post=answering(422, ADMINISTRATORS), arguments=code_of("waiting")
    ),
    # The admin
    "admin:index": Page(get=ADMINISTRATORS, post=ADMINISTRATORS),
    "admin:app_list": Page(
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        arguments=lambda world, record: {"app_label": "accounts"},
    ),
    **in_admin("accounts_office", "office"),
    **in_admin("accounts_user", "people"),
    **in_admin("objectives_framework", "framework"),
    **in_admin("objectives_objective", "objective"),
    **in_admin("partners_region", "region"),
    **in_admin("partners_country", "country"),
    **in_admin("partners_partner", "partner"),
    **in_admin("partners_contact", "contact"),
    "admin:auth_user_password_change": Page(
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        arguments=lambda world, record: {"id": world.people["staff"].pk},
    ),
    "admin:login": Page(get=answering(302, ADMINISTRATORS), post=answering(302, ADMINISTRATORS)),
    "admin:logout": Page(get=answering(405, ADMINISTRATORS), post=answering(302, ADMINISTRATORS)),
    "admin:password_change": Page(get=ADMINISTRATORS, post=ADMINISTRATORS),
    "admin:password_change_done": Page(get=ADMINISTRATORS, post=answering(405, ADMINISTRATORS)),
    "admin:autocomplete": Page(get=REFUSED, post=(403, 403, 403, 403, 405, 403, 302)),
    "admin:jsi18n": Page(get=ADMINISTRATORS, post=answering(405, ADMINISTRATORS)),
    "admin/(?P<url>.*)$": Page(
        get=answering(404, ADMINISTRATORS),
        post=answering(404, ADMINISTRATORS),
        arguments=lambda world, record: {"url": "no/such/page/"},
    ),
    # For developers
    "gallery": Page(get=ALL),
}
