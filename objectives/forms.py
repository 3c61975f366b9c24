from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import PortalForm
from objectives.actions import Adoption, plan_adoption
from objectives.models import Framework


class AdoptForm(PortalForm):
    """The day a framework comes into force; once valid, `plan` says what that changes."""

    on = forms.DateField(
        label=_("In force from"),
        help_text=_(
            'Year, month and day, for example <span class="nowrap">2027-04-01</span>, '
            "the first day of a fiscal year."
        ),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "w-10", "autocomplete": "off"}),
        error_messages={
            "required": _("Give the day from which it is in force."),
            "invalid": _(
                "There is no such day. Give it as year-month-day, for example 2027-04-01."
            ),
        },
    )

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.framework = framework
        self.plan: Adoption | None = None

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        self.plan = plan_adoption(self.framework, on)
        return on
