"""Signing in, and what a person may set for themselves."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.forms import PortalForm, PortalModelForm


class SignInForm(PortalForm, AuthenticationForm):
    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": _(
            "The user name or the password is not right. Type both again; small and capital letters "
            "differ. An administrator can set a new password for you."
        ),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        for field in self.fields.values():
            field.widget.attrs["class"] += " w-16"

    def get_invalid_login_error(self) -> ValidationError:
        """At the password, where the person goes on typing."""
        return ValidationError({"password": super().get_invalid_login_error()})


class ProfileForm(PortalModelForm):
    """What a person sets for themselves: nothing that gives a right, as the office does."""

    class Meta:
        model = User
        fields = ["language"]
        widgets = {"language": forms.RadioSelect}
        help_texts = {
            "language": _(
                "The one you are met in when you sign in. Each page can be read in both."
            ),
        }


class NewPasswordForm(PortalForm, PasswordChangeForm):
    """The old password, and the new one twice."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] += " w-16"
