"""What the form's page shows besides the form: frameworks, what is still needed, recent partners."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.http import PortalRequest
from accounts.models import User
from common.bilingual import reader_language
from common.marking import marking_of
from engagements.alignments import alignments_of, older_ones
from engagements.forms import EngagementForm
from engagements.forms.dates import readback
from engagements.forms.partner import NewPartnerForm
from engagements.forms.parts import Role, clean, nearly
from engagements.forms.steps import Step
from engagements.models import Engagement
from objectives.models import Framework, FrameworkKind, Objective, in_force_on
from partners.models import Country, Partner

RECENT = 5


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A framework in the form; `is_older` where its objectives can only be kept.

    `is_in_vain` where they are ticked but not in force on the start: to be taken away.
    """

    framework: Framework
    objectives: list[tuple[Objective, bool]]
    is_older: bool
    is_in_vain: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(chosen for _objective, chosen in self.objectives)


def show(
    request: PortalRequest,
    form: EngagementForm,
    *,
    step: Step | None = None,
    duplicates: list[Engagement] | None = None,
    to_edit: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The whole page; or, for a button inside it that HTMX pressed, the section it changed.

    `to_edit`: it is shown under another address and goes on under that of editing.
    """
    context = context_of(request, form, step=step)
    context["to_edit"] = to_edit
    context["duplicates"] = duplicates or []
    context["marking"] = marking_of(form.level, form.engagement, duplicates)
    template = "engagements/form.html"
    if step and request.htmx:
        template = f"engagements/form/_{step.section}.html"
        context["focus"] = step.section
    return render(request, template, context, status=status)


def context_of(request: PortalRequest, form: EngagementForm, *, step: Step | None = None) -> dict:
    language = reader_language()
    countries = sorted(
        Country.objects.filter(retired_on=None), key=lambda c: getattr(c, f"sort_{language}")
    )
    engagement = form.engagement
    offered = objectives_offered(form)
    new_partner = (step and step.new_partner) or NewPartnerForm(form.data).unjudged()
    new_partner.name_countries(countries)
    return {
        "form": form,
        "engagement": engagement,
        "is_new": engagement is None or engagement.is_draft,
        "countries": countries,
        "recent": recent_partners(request.user, form),
        "roles": Role.choices,
        "offered": offered,
        "readbacks": {prefix: readback(form.date(prefix)) for prefix in ("start", "end")},
        "nearly": nearly(form.data.get("add_partner", "")) if form.has_error("add_partner") else [],
        "new_partner": new_partner,
        "new_partner_is_open": new_partner.is_begun or bool(new_partner.errors),
        "similar": step.similar if step else [],
        "to_log": needed(form, offered),
        "can_follow": can_follow(form, offered),
        "form_key": form.data.get("form_key", ""),
        "version": form.data.get("version", "") or (engagement.version if engagement else ""),
    }


def objectives_offered(form: EngagementForm) -> list[Offered]:
    """What may be chosen, then what can only be kept, then what is chosen and cannot be."""
    day, chosen, record = form.framework_day, set(form.objective_codes), form.logged_record
    in_force = in_force_on(day)
    offered = in_force + older_ones(record, in_force)
    tagged = {one.objective.code for one in alignments_of(record)} if record else set()
    made, shown = [], set()
    for framework in offered:
        is_older = framework not in in_force
        objectives = [
            (objective, objective.code in chosen)
            for objective in framework.objectives.all()
            if objective.code in (tagged if is_older else chosen)
            or not (is_older or objective.retired_on)
        ]
        shown |= {objective.code for objective, _is_chosen in objectives}
        if objectives:
            made.append(Offered(framework=framework, objectives=objectives, is_older=is_older))
    return made + _chosen_in_vain(chosen - shown)


def _chosen_in_vain(codes: set[str]) -> list[Offered]:
    """Ticks that the start's date leaves behind: shown until they are taken away, never dropped."""
    found: dict[Framework, list[tuple[Objective, bool]]] = {}
    if asked := clean(list(codes)):
        objectives = Objective.objects.with_codes(asked).select_related("framework").in_order()
        for objective in objectives:
            found.setdefault(objective.framework, []).append((objective, True))
    return [
        Offered(framework=framework, objectives=objectives, is_older=False, is_in_vain=True)
        for framework, objectives in found.items()
    ]


def recent_partners(user: User, form: EngagementForm) -> list[Partner]:
    """Those of what this person logged last, but for those chosen already."""
    chosen = {row.code for row in form.rows}
    own = Engagement.objects.visible_to(user).filter(logged_by=user)
    last = own.order_by("-logged_at", "-pk")[:20]
    parts = Partner.objects.active().filter(participations__engagement__in=list(last))
    latest: dict[int, Partner] = {}
    for partner in parts.order_by("-participations__engagement__logged_at", "pk"):
        if partner.code not in chosen:
            latest.setdefault(partner.pk, partner)
    return list(latest.values())[:RECENT]


def needed(form: EngagementForm, offered: list[Offered]) -> list[tuple[str, str, bool]]:
    """What logging needs: a name for the script, its label, whether it is there."""
    data = form.data
    return [
        ("kind", _("Kind"), bool(data.get("kind"))),
        ("title", _("Title"), bool(data.get("title_en") or data.get("title_fr"))),
        ("start", _("Start"), form.date("start") is not None),
        ("partner", _("One partner"), any(row.partner for row in form.rows)),
        ("pillar", _("One pillar"), _is_chosen(offered, FrameworkKind.PILLAR)),
    ]


def can_follow(form: EngagementForm, offered: list[Offered]) -> list[tuple[str, str, bool]]:
    data = form.data
    kinds = (FrameworkKind.PRIORITY, FrameworkKind.MANDATE, FrameworkKind.THEME)
    other = (
        ("title_en", _("English title"))
        if reader_language() == "fr"
        else ("title_fr", _("French title"))
    )
    return [
        *((kind.value, str(kind.label).capitalize(), _is_chosen(offered, kind)) for kind in kinds),
        ("outcome", _("Outcome"), bool(data.get("outcome"))),
        (*other, bool(data.get(other[0]))),
    ]


def _is_chosen(offered: list[Offered], kind: str) -> bool:
    return any(
        each.framework.kind == kind and not (each.is_empty or each.is_in_vain) for each in offered
    )
