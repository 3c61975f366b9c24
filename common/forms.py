"""What every form of the portal does: links from the summary to each field, errors tied to inputs."""

from dataclasses import dataclass

from django import forms


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: the id to go to ("" where there is none), its label, what is wrong."""

    target: str
    label: str
    message: str


class PortalForm(forms.Form):
    """A form drawn by templates/forms, without the browser's own, untranslated messages."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style_widget(field)

    @property
    def error_links(self) -> list[ErrorLink]:
        return error_links(self)


class PortalModelForm(forms.ModelForm):
    """As PortalForm, for a model."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style_widget(field)

    @property
    def error_links(self) -> list[ErrorLink]:
        return error_links(self)


def style_widget(field: forms.Field) -> None:
    """The class that static/css/components/field.css draws."""
    widget = field.widget
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
    links = [ErrorLink("", "", str(message)) for message in form.non_field_errors()]
    for name in form.fields:
        bound = form[name]
        target = bound.id_for_label or bound.auto_id
        links += [ErrorLink(target, str(bound.label), str(message)) for message in bound.errors]
    return links
