"""What every form does: links from the summary to each field, errors tied to inputs."""

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: the id to go to (or ""), its label, what is wrong."""

    target: str
    label: str
    message: str


class PortalBoundField(forms.BoundField):
    """Ties hint and errors to what a person types in, wherever the field is drawn.

    Django does so for one control (`<id>_helptext`, `<id>_error`, aria-invalid), but not for one
    that describes itself.
    """

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        own = self.field.widget.attrs.get("aria-describedby")
        if self.errors and own and f"{self.auto_id}_error" not in own.split():
            attrs["aria-describedby"] = f"{own} {self.auto_id}_error"
        if isinstance(self.field.widget, forms.RadioSelect):
            attrs.pop("aria-invalid", None)  # a radio button alone is never wrong: its group is
        return attrs


class Drawn:
    """Drawn by templates/forms, without the browser's own, untranslated messages."""

    use_required_attribute = False
    bound_field_class = PortalBoundField
    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style_widget(field)

    @property
    def error_links(self) -> list[ErrorLink]:
        return error_links(self)  # type: ignore[arg-type]


class PortalForm(Drawn, forms.Form):
    """The form every page of the portal uses."""


class PortalModelForm(Drawn, forms.ModelForm):
    """As PortalForm, for a model."""


def style_widget(field: forms.Field) -> None:
    """The class that static/css/components/field.css draws; and the focus stays with the person."""
    widget = field.widget
    widget.attrs.pop("autofocus", None)
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return
    if isinstance(widget, forms.Select):
        style = "select"
    elif isinstance(widget, forms.Textarea):
        style = "textarea"
    else:
        style = "input"
    widget.attrs["class"] = f"{style} {widget.attrs.get('class', '')}".strip()


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    """Every error of the form in the order of its fields, those of the form as a whole first."""
    named = getattr(form, "summary_labels", {})
    links = [ErrorLink("", "", str(message)) for message in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        target = bound.auto_id if bound.use_fieldset else bound.id_for_label
        # One of several inputs of one thing goes by the name of the thing.
        label = str(named.get(name, bound.label))
        links += [ErrorLink(target, label, str(message)) for message in bound.errors]
    return links
