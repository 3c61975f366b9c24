"""The form: a ModelForm with two formsets, saved in one transaction with a line of history."""

from collections.abc import Iterable

from django.db import transaction
from django.forms import BaseInlineFormSet, ModelForm, inlineformset_factory, model_to_dict

from accounts.models import User
from common.history.models import Revision
from common.history.tracking import plain
from engagements.models import Alignment, Engagement, Participation

FIELDS = (
    "title_en", "title_fr", "kind", "text_language", "purpose", "outcome", "lessons", "sensitivity",
    "start_precision", "start_earliest", "start_latest", "end_precision", "end_earliest", "end_latest",
    "countries", "place", "lead_office", "lead_officer", "csc_participants", "csc_posts", "planned_cost",
    "actual_cost", "paid_by", "approval", "approved_by", "approved_on",
)  # fmt: skip


class EngagementForm(ModelForm):
    class Meta:
        model = Engagement
        fields = FIELDS


class TagRows(BaseInlineFormSet):
    by: User

    def save_new(self, form, commit=True):
        form.instance.framework_id = form.instance.objective.framework_id
        form.instance.made_by_id = self.by.pk
        return super().save_new(form, commit=commit)


PartnerRows = inlineformset_factory(
    Engagement, Participation, fields=("partner", "role", "position"), extra=1
)
AlignmentRows = inlineformset_factory(
    Engagement, Alignment, formset=TagRows, fields=("objective", "reason", "primary"), extra=1
)


@transaction.atomic
def save(form: EngagementForm, rows: Iterable[BaseInlineFormSet], *, by: User) -> None:
    form.instance.version += 1
    form.instance.changed_by = by
    engagement = form.save()
    for each in rows:
        each.by = by  # type: ignore[attr-defined]
        each.save()
    last = Revision.objects.filter(kind="engagement", record_id=engagement.pk).latest("number")
    state = model_to_dict(engagement) | {
        "countries": [country.iso2 for country in engagement.countries.all()],
        "partners": list(engagement.participations.values_list("partner__code", "role")),
        "objectives": list(engagement.alignments.values_list("objective__code", "reason")),
    }
    Revision.objects.create(
        kind="engagement",
        record_id=engagement.pk,
        number=last.number + 1,
        previous=last,
        by=by,
        act="amended",
        sensitivity=max(engagement.sensitivity, last.sensitivity),
        version=engagement.version,
        state={name: plain(value) for name, value in state.items()},
    )
