import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Office, User
from common.garbage import seldom_collected
from common.sheets.reading import Unreadable
from common.sheets.tables import NoTable
from engagements.imports import mapping, report
from engagements.imports.answer_checks import checked
from engagements.imports.answers import Answers, as_json
from engagements.imports.answers_told import BadAnswers, answers_from_text
from engagements.imports.keeping import read_in, table_of
from engagements.imports.memory import remember
from engagements.imports.plan import Plan
from engagements.imports.saving import NotAsPlanned, Seen, carry_out, keep_plan
from engagements.imports.subjects import SUBJECTS, Subject, subject_of
from engagements.models import Load

# Somebody may save something between checking and saving: then it is checked again.
ATTEMPTS = 5


class Refused(Exception):
    """One sentence that says why nothing comes of it."""


class Command(BaseCommand):
    help = (
        "Load a spreadsheet of engagements, partners or contacts, as the page does: what is ready is saved "
        "together or not at all, the rest is told with the reason. Ends with 0 where every row is loaded or "
        "here already, 1 where some stay out, 2 where nothing can be loaded."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, XLSM, XLS, ODS or CSV")
        parser.add_argument("--as", dest="user", default="", help="user name of whoever loads")
        subjects = list(SUBJECTS)
        parser.add_argument(
            "--subject", choices=subjects, default=subjects[0], help="what the file is a list of"
        )
        parser.add_argument("--office", default="", help="code of the office that leads them")
        parser.add_argument("--answers", type=Path, help="JSON: what a person would choose")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="print one object and nothing else")

    def handle(self, *args: Any, user: str, **options: Any) -> None:
        person = User.objects.select_related("office").filter(username=user, is_active=True).first()
        language = person.language if person else translation.get_language()
        with translation.override(language), seldom_collected():
            try:
                plan = self.load(person, **options)
            except Refused as refused:
                self.refuse(str(refused), as_json=options["json"], dry_run=options["dry_run"])
            self.tell(plan, **options)
        sys.exit(report.EXIT[plan.verdict])

    def load(self, person: User | None, *, file: Path, **options: Any) -> Plan:
        if person is None:
            raise Refused(_("Nobody who may sign in has this user name. Give one with --as."))
        subject = SUBJECTS[options["subject"]]
        if not subject.may_load(person):
            raise Refused(str(subject.why_not))
        office = office_of(person, options["office"])
        answers = answers_in(options["answers"], person, subject)
        try:
            load = read_in(
                by=person,
                content=content_of(file),
                name=file.name,
                subject=subject.name,
                office=office,
                answers=as_json(answers),
            )
            return self.carry_out(load, answers, dry_run=options["dry_run"])
        except (Unreadable, NoTable) as wrong:
            raise Refused(wrong.message) from wrong

    def carry_out(self, load: Load, answers: Answers, *, dry_run: bool) -> Plan:
        names = answers.mapping
        if names and (
            unknown := mapping.unknown_in(table_of(load), names, subject_of(load).fields)
        ):
            message = _("The answers name a column “%(heading)s” that the table does not have.")
            raise Refused(message % {"heading": unknown[0][0]})
        seen = Seen.of(load)
        plan = seen.checked.plan
        if dry_run or not plan.ready:
            return plan
        load.save()
        keep_plan(load, plan)
        for attempt in range(ATTEMPTS):
            before = seen if attempt == 0 else None
            try:
                carry_out(by=load.by, load=load, digest=plan.digest, seen_before=before)
                remember(
                    load.by, as_json(answers), subject=load.subject, sensitivity=load.sensitivity
                )
                return plan
            except NotAsPlanned as changed:
                plan = changed.plan
        raise Refused(_("Others kept changing what the file is about. Try again."))

    def tell(self, plan: Plan, *, dry_run: bool, **options: Any) -> None:
        if options["json"]:
            self.print_json(report.as_json(plan, dry_run=dry_run))
            return
        for line in report.lines(plan, dry_run=dry_run):
            self.stdout.write(line)

    def refuse(self, reason: str, *, as_json: bool, dry_run: bool) -> None:
        if as_json:
            self.print_json(report.refusal(reason, dry_run=dry_run))
        else:
            self.stderr.write(reason)
        sys.exit(2)

    def print_json(self, told: dict[str, Any]) -> None:
        """An element a line: of many rows the whole text is as large as all they were read of."""
        sign = "{"
        for name, value in told.items():
            elements = value if isinstance(value, list) else []
            text = "[" if elements else as_json_text(value)
            self.stdout.write(f"{sign}\n {as_json_text(name)}: {text}", ending="")
            for place, element in enumerate(elements):
                before = "," if place else ""
                self.stdout.write(f"{before}\n  {as_json_text(element)}", ending="")
            self.stdout.write("\n ]" if elements else "", ending="")
            sign = ","
        self.stdout.write("\n}")


def as_json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def office_of(person: User, code: str) -> Office | None:
    """Whose list it is: staff load for their own office alone."""
    if not code:
        return person.office
    office = Office.objects.current().filter(code=code).first()
    if office is None:
        raise Refused(_("There is no office “%(code)s”. Give its code.") % {"code": code})
    if not person.is_manager and office != person.office:
        raise Refused(_("Staff load for their own office alone. Leave --office out."))
    return office


def answers_in(path: Path | None, person: User, subject: Subject) -> Answers:
    if path is None:
        return Answers()
    try:
        answers = answers_from_text(content_of(path), subject.fields, subject.with_default)
        return checked(
            answers, subject.matchers(), person, creates_partners=subject.creates_partners
        )
    except BadAnswers as bad:
        raise Refused(" ".join(bad.messages)) from bad


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = _("The file “%(name)s” cannot be read here: is it there?")
        raise Refused(message % {"name": path.name}) from error
