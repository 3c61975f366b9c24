"""What every form does: links from the summary to each field, errors tied to inputs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from common.cautions import Caution, Confirmation, cautions_about
from common.prepared import ask


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


class Cautious:
    """A form in which people write: it asks once more before a number of a person is saved.

    The finding stands at its field as an error, so that the form is refused, and in `confirmation`;
    templates/forms/_confirm.html draws the box that confirms it. What was typed stays in cleaned_data.
    A form overrides `saved_text` where it changes what is saved already, and adds cautions of its own.
    """

    confirmation: Confirmation = Confirmation()

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc]
        self.confirmation = Confirmation.sent_in(self.data)  # type: ignore[attr-defined]
        if self.is_bound:  # type: ignore[attr-defined]
            kept = dict(self.cleaned_data)  # type: ignore[has-type]
            for caution in self.confirmation.ask(self.cautions()):
                self.add_error(caution.name, ValidationError(caution.message, code="caution"))  # type: ignore[attr-defined]
            self.cleaned_data = kept

    def cautions(self) -> list[Caution]:
        form: Any = self
        found = []
        for name in self.written():
            text = form.cleaned_data.get(name)
            if isinstance(text, str):
                saved, key = self.saved_text(name), form.add_prefix(name)
                asked = cautions_about(key, form[name].label, text, saved=saved)
                found += [replace(caution, name=name) for caution in asked]
        return found

    def written(self) -> Iterable[str]:
        """Names of the fields in which people write words."""
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        return [name for name, field in fields.items() if is_written(field)]

    def saved_text(self, name: str) -> str:
        """The field as it is saved: what it holds already is not asked about again."""
        return str(self.get_initial_for_field(self.fields[name], name) or "")  # type: ignore[attr-defined]


def is_written(field: forms.Field) -> bool:
    """Whether people write words in it: no password, and no address."""
    other = (forms.URLField, forms.EmailField, forms.SlugField, forms.UUIDField)
    is_secret = isinstance(field.widget, forms.PasswordInput)
    return isinstance(field, forms.CharField) and not isinstance(field, other) and not is_secret


class Fixed:
    """Of a field with choices: they are for everybody the same, and no form has a copy of its own."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return forms.Field.__deepcopy__(self, memo)  # type: ignore[type-var]


class FixedChoiceField(Fixed, forms.ChoiceField):
    pass


class FixedTypedChoiceField(Fixed, forms.TypedChoiceField):
    pass


class AskedChoiceField(forms.ModelChoiceField):
    """A choice among the records of a QuerySet that stays as it is: each is looked up by SQL made once.

    `called` names the QuerySet in this process: no two of them are called alike.
    """

    def __init__(self, queryset: QuerySet, *, called: str, **kwargs) -> None:
        super().__init__(queryset, **kwargs)
        self.called = called

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        self.validate_no_null_characters(value)
        found = ask(("chosen among", self.called), self._chosen, value=value)
        if not found:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(message, code="invalid_choice", params={"value": value})
        return found[0]

    def _chosen(self, value: str) -> QuerySet:
        return self.queryset.filter(**{self.to_field_name or "pk": value})  # type: ignore[union-attr]


class PortalForm(Drawn, forms.Form):
    """The form every page of the portal uses."""


class CautiousForm(Cautious, PortalForm):  # type: ignore[misc]
    """One in which people write: it asks before a number of a person is saved.

    A line that was written is not offered by the browser the next time, to whoever sits there then. (A
    longer text never is, and comes back when the page is gone back to.)
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if is_written(field) and not isinstance(field.widget, forms.Textarea):
                field.widget.attrs.setdefault("autocomplete", "off")


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
