"""The day of which one wants to read how an engagement was."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PortalForm


class DayForm(PortalForm):
    day = forms.DateField(
        label=gettext_lazy("As it was at the end of the day"),
        required=False,  # a form of one input needs no word for it; an empty one is told of below
        help_text=gettext_lazy("Such as 2026-11-22."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "w-10", "autocomplete": "off"}),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "invalid": gettext_lazy("This is not a date. Write it as 2026-11-22."),
        },
    )

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if day is None:
            raise ValidationError(_("Give the day. Write it as 2026-11-22."))
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future. Give today or an earlier day."))
        return day
