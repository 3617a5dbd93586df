from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy

from accounts.models import Profile, User
from badges.enums import Visibility
from passport.lib.fields import NameFields


class ClaimAccountForm(NameFields):
    """The account of a claim. The address is not here: the mail that was opened proved it."""

    password = forms.CharField(
        label=gettext_lazy("Password (optional)"),
        required=False,
        strip=False,
        max_length=200,
        help_text=gettext_lazy("Without a password, you will sign in with a code received by e-mail."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, address: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_password(self) -> str | None:
        password = self.cleaned_data["password"] or None
        if password:
            person = User(email=self.address)
            person.profile = Profile(
                first_name=self.cleaned_data.get("first_name", ""),
                last_name=self.cleaned_data.get("last_name", ""),
            )
            validate_password(password, person)
        return password


class FindForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy("The one to which the badge was sent: perhaps your address at work."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ForwardForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the right person"),
        max_length=254,
        help_text=gettext_lazy(
            "They receive the badge as if it had been sent to them; nobody tells them who you are."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class VisibilityForm(forms.Form):
    visibility = forms.ChoiceField(
        choices=Visibility,
        error_messages={
            "required": gettext_lazy("Choose who can see this badge."),
            "invalid_choice": gettext_lazy("Choose who can see this badge."),
        },
    )
    unlisted = forms.BooleanField(required=False)


class DownloadForm(forms.Form):
    """Which version of Open Badges a file is of. Without a choice 2, which most platforms read."""

    version = forms.ChoiceField(choices=[("2", "2.0"), ("3", "3.0")], required=False)

    def __init__(self, *args, extension: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.extension = extension

    def clean_version(self) -> str:
        # There is no JWT in 2.0.
        return self.cleaned_data["version"] or ("3" if self.extension == "jwt" else "2")
