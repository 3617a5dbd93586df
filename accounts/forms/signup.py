"""Sign-up without an invitation: consent first, then who one is. An account comes into being with its consent."""

from typing import Any

from allauth.account import forms as allauth
from allauth.socialaccount import forms as allauth_social
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from accounts.forms.account import Plain
from accounts.forms.consent import ConsentFields
from accounts.services.create import has_owner
from passport.lib.fields import NameFields


class _OneAccount:
    """Two clicks at once make one account: the second is answered like an address that is known already."""

    account_already_exists: bool

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[misc]
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[misc]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()  # type: ignore[misc]
        if getattr(self, "account_already_exists", False) and (cleaned or {}).get("password1"):
            # The time that a new account would take: how long the answer takes tells nothing.
            make_password(cleaned["password1"])
        return cleaned


class SignupForm(_OneAccount, Plain, ConsentFields, NameFields, allauth.SignupForm):
    field_order = ["document", "consent", "email", "first_name", "last_name", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        password = self.fields["password1"]
        password.label = gettext_lazy("Password (optional)")
        password.help_text = gettext_lazy(
            "Without a password, you will sign in with a code received by e-mail."
        )


class SocialSignupForm(_OneAccount, Plain, ConsentFields, NameFields, allauth_social.SignupForm):
    """The same after Facebook or LinkedIn. `address` is one that needs no proof any more: it is shown, never read."""

    field_order = ["document", "consent", "email", "first_name", "last_name"]

    def __init__(self, *args, address: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address
        if address:
            del self.fields["email"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.address:
            self.cleaned_data["email"] = self.address
            self.account_already_exists = has_owner(self.address)
        return cleaned
