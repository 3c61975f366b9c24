"""Plain functions that build objects. Pass only what the test is about."""

import datetime as dt
from collections.abc import Iterable
from itertools import count

from django.utils import timezone

from accounts.models import Office, Role, Sensitivity, User
from common.partial_dates import FiscalYear, PartialDate
from common.sheets.book import Book, Sheet
from dashboards.models import SavedView
from engagements.actions import next_reference
from engagements.kinds import Kind, Stage
from engagements.models import Alignment, Engagement, Load, Note, Participation
from objectives.models import Framework, FrameworkKind, Objective
from partners.models import Contact, Country, Partner, Region

_numbers = count(1)


def make_office(code: str | None = None, **kwargs) -> Office:
    number = next(_numbers)
    code = code or f"OFFICE-{number}"
    office, _ = Office.objects.get_or_create(
        code=code, defaults={"name_en": f"Office {code}", "name_fr": f"Bureau {code}"} | kwargs
    )
    return office


def make_user(username: str | None = None, role: str = Role.READER, **kwargs) -> User:
    defaults = {"office": make_office("IR"), "clearance": Sensitivity.PROTECTED_A}
    return User.objects.create_user(
        username or f"user{next(_numbers)}",
        password="a-long-password",
        role=role,
        **defaults | kwargs,
    )


def make_framework(
    code: str | None = None, kind: str = FrameworkKind.PILLAR, **kwargs
) -> Framework:
    number = next(_numbers)
    code = code or f"FRAMEWORK-{number}"
    defaults = {
        "kind": kind,
        "title_en": f"Framework {code}",
        "title_fr": f"Cadre {code}",
        "source": "A page",
        "adopted": True,
    }
    return Framework.objects.create(code=code, **defaults | kwargs)


def make_objective(
    code: str | None = None, framework: Framework | None = None, **kwargs
) -> Objective:
    number = next(_numbers)
    code = code or f"X{number}"
    defaults = {
        "position": number,
        "wording_en": f"Wording of {code}",
        "wording_fr": f"Libellé de {code}",
        "short_en": f"Short {code}",
        "short_fr": f"Court {code}",
    }
    return Objective.objects.create(
        code=code, framework=framework or make_framework(), **defaults | kwargs
    )


def make_country(iso2: str = "NO", **kwargs) -> Country:
    names = {"NO": ("Norway", "Norvège"), "FR": ("France", "France"), "BJ": ("Benin", "Bénin")}
    name_en, name_fr = names.get(iso2, (f"Country {iso2}", f"Pays {iso2}"))
    country, _ = Country.objects.get_or_create(
        iso2=iso2, defaults={"name_en": name_en, "name_fr": name_fr} | kwargs
    )
    return country


def make_region(code: str = "150", **kwargs) -> Region:
    region, _ = Region.objects.get_or_create(
        code=code, defaults={"name_en": f"Region {code}", "name_fr": f"Région {code}"} | kwargs
    )
    return region


def make_partner(code: str | None = None, **kwargs) -> Partner:
    code = code or f"PARTNER-{next(_numbers)}"
    defaults = {
        "kind": Partner.Kind.NGO,
        "name_en": f"Partner {code}",
        "name_fr": f"Partenaire {code}",
    }
    return Partner.objects.create(code=code, **defaults | kwargs)


def make_contact(partner: Partner | None = None, **kwargs) -> Contact:
    """Somebody of a name that nobody else has, in no post, unless told otherwise."""
    author = kwargs.pop("logged_by", None) or make_user(role=Role.STAFF)
    defaults = {"logged_by": author, "changed_by": author}
    if not {"name", "post_en", "post_fr"} & set(kwargs):
        defaults["name"] = f"Contact {next(_numbers)}"
    return Contact.objects.create(partner=partner or make_partner(), **defaults | kwargs)


def make_engagement(
    *,
    partners: Iterable[Partner] = (),
    objectives: Iterable[Objective] = (),
    countries: Iterable[Country] = (),
    start: PartialDate | dt.date = dt.date(2026, 5, 15),
    end: PartialDate | None = None,
    **kwargs,
) -> Engagement:
    """A logged, completed engagement unless told otherwise."""
    author = kwargs.pop("logged_by", None) or make_user(role=Role.STAFF)
    engagement = Engagement(
        **{
            "title_en": f"Engagement {next(_numbers)}",
            "kind": Kind.OUTGOING_VISIT,
            "stage": Stage.COMPLETED,
            "lead_office": author.office,
            "logged_by": author,
            "changed_by": author,
        }
        | kwargs
    )
    engagement.start = PartialDate.day(start) if isinstance(start, dt.date) else start
    if end:
        engagement.end = end
    if engagement.stage != Stage.DRAFT and not engagement.reference:
        year = engagement.start.fiscal_year or FiscalYear(2027)
        engagement.reference = next_reference(year)
    engagement.save()
    engagement.countries.set(countries)
    for place, partner in enumerate(partners):
        Participation.objects.create(engagement=engagement, partner=partner, position=place)
    for objective in objectives:
        Alignment.objects.create(
            engagement=engagement,
            objective=objective,
            framework=objective.framework,
            made_by=author,
        )
    return engagement


def make_view(name: str | None = None, **kwargs) -> SavedView:
    """A view of the whole dashboard, its owner's alone, unless told otherwise."""
    owner = kwargs.pop("owner", None) or make_user(role=Role.MANAGER)
    defaults = {"name": name or f"View {next(_numbers)}", "page": "dashboard", "owner": owner}
    return SavedView.objects.create(**defaults | kwargs)


def make_note(engagement: Engagement, *, people: Iterable[User] = (), **kwargs) -> Note:
    """A restricted note of the engagement's author, unclassified, unless told otherwise."""
    author = kwargs.pop("written_by", None) or engagement.logged_by
    defaults = {"text": f"Note {next(_numbers)}", "written_by": author, "changed_by": author}
    note = Note.objects.create(engagement=engagement, **defaults | kwargs)
    note.readers.set(people)
    return note


def make_load(by: User | None = None, rows: Iterable[list] = (), **kwargs) -> Load:
    """A workbook of one sheet with a title, a start and a partner a row, read and not yet checked."""
    by = by or make_user(role=Role.STAFF)
    cells = [
        ["Title", "Start", "Partner"],
        *(rows or [["A visit", dt.date(2026, 5, 15), "Nobody"]]),
    ]
    defaults = {
        "office": by.office,
        "file_name": f"file-{next(_numbers)}.xlsx",
        "sha256": "0" * 64,
        "size": 1,
        "book": Book("xlsx", [Sheet("Sheet1", cells)]).packed(),
    }
    return Load.objects.create(by=by, **defaults | kwargs)


def at_noon(days_ago: int) -> dt.datetime:
    """So many days ago by the calendar here, whatever the hour is and the clocks were changed to since."""
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
