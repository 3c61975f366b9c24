from django.urls import path
from django.utils.translation import pgettext_lazy

from engagements.views import (
    align,
    as_of,
    detail,
    drafts,
    export,
    form,
    history,
    list,
    notes,
    picker,
    putting_back,
    stages,
)

app_name = "engagements"
urlpatterns = [
    path("", list.engagement_list, name="list"),
    # The list as a file
    path("export.csv", export.engagement_export, name="export"),
    path("export.xlsx", export.engagement_export_xlsx, name="export_xlsx"),
    path(pgettext_lazy("path", "export/"), export.export_choose, name="export_choose"),
    path("template.xlsx", export.export_template, name="export_template"),
    path(pgettext_lazy("path", "exports/"), export.export_list, name="exports"),
    # Logging
    path(pgettext_lazy("path", "new/"), form.engagement_create, name="create"),
    path(
        pgettext_lazy("path", "new/objectives/"), form.objectives_offered, name="objectives_offered"
    ),
    path(
        pgettext_lazy("path", "new/duplicates/"), form.likely_duplicates, name="likely_duplicates"
    ),
    path(
        pgettext_lazy("path", "new/partners/"),
        picker.partner_suggestions,
        name="partner_suggestions",
    ),
    path(pgettext_lazy("path", "drafts/<int:pk>/edit/"), drafts.draft_edit, name="edit_draft"),
    path(
        pgettext_lazy("path", "drafts/<int:pk>/discard/"),
        drafts.draft_discard,
        name="discard_draft",
    ),
    # Tagging
    path(pgettext_lazy("path", "align/"), align.align_many, name="align_many"),
    # One engagement
    path("<slug:reference>/", detail.engagement_detail, name="detail"),
    path(pgettext_lazy("path", "<slug:reference>/on/"), as_of.engagement_as_of, name="as_of"),
    path(
        pgettext_lazy("path", "<slug:reference>/put-back/"),
        putting_back.engagement_put_back,
        name="put_back",
    ),
    path(pgettext_lazy("path", "<slug:reference>/edit/"), form.engagement_edit, name="edit"),
    path(pgettext_lazy("path", "<slug:reference>/align/"), align.engagement_align, name="align"),
    path(
        pgettext_lazy("path", "<slug:reference>/submit/"), stages.engagement_submit, name="submit"
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/approve/"),
        stages.engagement_approve,
        name="approve",
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/return/"), stages.engagement_return, name="return"
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/decline/"),
        stages.engagement_decline,
        name="decline",
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/complete/"),
        stages.engagement_complete,
        name="complete",
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/cancel/"), stages.engagement_cancel, name="cancel"
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/take-back/"),
        stages.engagement_take_back,
        name="take_back",
    ),
    # What became of it
    path(
        pgettext_lazy("path", "<slug:reference>/history/"),
        history.engagement_history,
        name="history",
    ),
    # Restricted notes
    path(pgettext_lazy("path", "<slug:reference>/notes/new/"), notes.note_write, name="write_note"),
    path(
        pgettext_lazy("path", "<slug:reference>/notes/<uuid:key>/edit/"),
        notes.note_edit,
        name="edit_note",
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/notes/<uuid:key>/withdraw/"),
        notes.note_withdraw,
        name="withdraw_note",
    ),
    path(
        pgettext_lazy("path", "<slug:reference>/notes/<uuid:key>/bring-back/"),
        notes.note_bring_back,
        name="bring_back_note",
    ),
]
