"""allauth's forms in the words of the site: one label each, no placeholder, one password field."""

from typing import Any

from allauth.account import forms as allauth
from allauth.socialaccount import forms as allauth_social
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Session key: the address that a page which asks to sign in has just named.
LOGIN_HINT = "login_hint"
LABELS = {
    "code": gettext_lazy("Code received by e-mail"),
    "email": gettext_lazy("E-mail address"),
    "login": gettext_lazy("E-mail address"),
    "oldpassword": gettext_lazy("Current password"),
    "password": gettext_lazy("Password"),
    "password1": gettext_lazy("New password"),
}
NEW_PASSWORD_HELP = gettext_lazy(
    "At least 12 characters. A sentence that only you would say is easy to remember."
)


class Plain:
    """What the site changes in every form of allauth."""

    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in LABELS:
                field.label = LABELS[name]
        if "password1" in self.fields:
            self.fields["password1"].help_text = NEW_PASSWORD_HELP
        if "code" in self.fields:
            self.fields["code"].widget.attrs |= {
                "inputmode": "numeric",
                "autocapitalize": "off",
                "maxlength": 20,
            }


class LoginForm(Plain, allauth.LoginForm):
    """Password, or « Recevoir un code par e-mail »: the same address, two buttons."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].required = False
        if self.request and (hint := self.request.session.get(LOGIN_HINT)):
            self.initial.setdefault("login", hint)
        self.wants_code = "code" in self.data

    def clean(self) -> dict[str, Any]:
        if self.wants_code:
            self.cleaned_data["password"] = ""
        elif not self.cleaned_data.get("password") and not self.errors:
            self.add_error("password", _("Type your password, or ask for a code by e-mail."))
        return super().clean()

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        try:
            return super()._clean_with_password(credentials)
        except forms.ValidationError as error:
            self.add_error(None, error)
            self.add_error("password", _("Type your password again."))
            return self.cleaned_data


class DisconnectForm(allauth_social.DisconnectForm):
    def clean(self) -> dict[str, Any] | None:
        """allauth wants a password first. Here every account has a proved address, and a code opens it."""
        return forms.Form.clean(self)


class AddEmailForm(Plain, allauth.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Add an address")


class ChangePasswordForm(Plain, allauth.ChangePasswordForm):
    pass


class ConfirmEmailVerificationCodeForm(Plain, allauth.ConfirmEmailVerificationCodeForm):
    pass


class ConfirmLoginCodeForm(Plain, allauth.ConfirmLoginCodeForm):
    pass


class ConfirmPasswordResetCodeForm(Plain, allauth.ConfirmPasswordResetCodeForm):
    pass


class ReauthenticateForm(Plain, allauth.ReauthenticateForm):
    pass


class RequestLoginCodeForm(Plain, allauth.RequestLoginCodeForm):
    pass


class ResetPasswordForm(Plain, allauth.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(Plain, allauth.ResetPasswordKeyForm):
    pass


class SetPasswordForm(Plain, allauth.SetPasswordForm):
    pass
