"""What a button inside the form does before it is sent: add or remove a partner or a country."""

from dataclasses import dataclass, field

from django.http import QueryDict

from accounts.models import User
from engagements.forms.partner import PREFIX, NewPartnerForm
from engagements.forms.parts import Role
from partners.actions import add_partner
from partners.models import Partner

# Verb of the button → the part of the form that it redraws.
SECTIONS = {
    "add-partner": "with",
    "use-partner": "with",
    "remove-partner": "with",
    "create-partner": "with",
    "add-country": "where",
    "remove-country": "where",
}
ADDS = {"add-partner": "add_partner", "add-country": "add_country"}


@dataclass(kw_only=True)
class Step:
    """The form's data after the button; and the form of a new partner where it has a say."""

    section: str
    data: QueryDict
    # The field whose text it takes up: "add_partner" or "add_country".
    adds: str = ""
    new_partner: NewPartnerForm | None = None
    similar: list[Partner] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return self.new_partner is not None


def is_step(do: str) -> bool:
    return do.partition(":")[0] in SECTIONS


def take(do: str, sent: QueryDict, *, by: User) -> Step:
    """`do` is the pressed button's value: a verb, and after a colon what it is about."""
    verb, _colon, about = do.partition(":")
    step = Step(section=SECTIONS[verb], data=sent.copy(), adds=ADDS.get(verb, ""))
    if verb == "use-partner":
        _use(step.data, about)
    elif verb == "remove-partner":
        _remove_partner(step.data, about)
    elif verb == "remove-country":
        left = [code for code in step.data.getlist("country") if code != about]
        step.data.setlist("country", left)
    elif verb == "create-partner":
        _create(step, by=by)
    # What is typed in "add a partner" or "add a country" is taken up whenever the form is read.
    return step


def _use(data: QueryDict, code: str) -> None:
    if code and code not in data.getlist("partner"):
        data.appendlist("partner", code)
        data.appendlist("role", Role.PARTICIPANT)
    data["add_partner"] = ""
    _clear_new_partner(data)


def _remove_partner(data: QueryDict, place: str) -> None:
    partners, roles = data.getlist("partner"), data.getlist("role")
    roles += [""] * (len(partners) - len(roles))
    if place in {str(number) for number in range(len(partners))}:
        del partners[int(place)], roles[int(place)]
    data.setlist("partner", partners)
    data.setlist("role", roles)


def _create(step: Step, *, by: User) -> None:
    form = NewPartnerForm(step.data)
    if not form.is_valid():
        step.new_partner = form
        return
    step.similar = form.similar()
    seen = {partner.code for partner in step.similar} <= set(step.data.getlist("similar_seen"))
    if step.similar and not seen:
        step.new_partner = form
        return
    step.similar = []
    _use(step.data, add_partner(by=by, **form.cleaned_data).code)


def _clear_new_partner(data: QueryDict) -> None:
    for name in [name for name in data if name.startswith(f"{PREFIX}-") or name == "similar_seen"]:
        del data[name]
