"""Where allauth asks the site: mails through the outbox, few messages, local redirects, accounts with consent."""

import time
import uuid
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.utils import get_next_redirect_url
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.registry import invitation_for
from accounts.services import consent, create
from notifications.enums import Priority
from notifications.services.outbox import queue
from passport.lib.folding import fold_address

MAX_ADDRESS = 254
# What is worth a sentence on the next page; the others of allauth are dropped.
MESSAGES = {
    "account/messages/cannot_delete_primary_email.txt": _(
        "%(email)s is your main address. Choose another main address before you remove it."
    ),
    "account/messages/email_confirmation_failed.txt": _(
        "%(email)s cannot be added to this account. Sign in with the account that uses it."
    ),
    "account/messages/email_confirmed.txt": _("The address %(email)s is verified."),
    "account/messages/email_deleted.txt": _("The address %(email)s is removed."),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("Your password is saved."),
    "account/messages/primary_email_set.txt": _("Your main address is changed."),
    "account/messages/unverified_primary_email.txt": _(
        "Verify this address before you make it the main one."
    ),
    "socialaccount/messages/account_connected.txt": _("The sign-in is linked to your account."),
    "socialaccount/messages/account_connected_other.txt": _("This sign-in opens another account already."),
    "socialaccount/messages/account_connected_updated.txt": _("The sign-in is linked to your account."),
    "socialaccount/messages/account_disconnected.txt": _("The sign-in is no longer linked to your account."),
}

# What a mail may say. Nothing else of allauth's context is kept: it holds requests and people.
MAIL_WORDS = ("deleted_email", "from_email", "to_email")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This address is in your account already."),
        "email_password_mismatch": _("Wrong address or password."),
        "email_taken": _(
            "This address cannot be added to this account. Sign in with the account that uses it."
        ),
        "enter_current_password": _("This is not your current password. Type it again."),
        "incorrect_code": _("This code is not the right one. Copy the one of the last e-mail."),
        "incorrect_password": _("This is not your password. Type it again."),
        "rate_limited": _("Too many requests. Wait a minute, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, or ask for a new code."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        words: dict[str, Any] = {word: context[word] for word in MAIL_WORDS if word in context}
        if "provider" in context:
            words["provider"] = str(context["provider"])
        if "code" in context:
            words["secret"] = context["code"]
        queue(
            key=f"account:{uuid.uuid4()}",
            kind="account",
            address=email,
            context={"template": template_prefix, **words},
            priority=Priority.CODE,
        )

    def add_message(
        self, request, level, message_template=None, message_context=None, extra_tags="", message=None
    ) -> None:
        if message_template:
            sentence = MESSAGES.get(message_template)
            message = sentence % (message_context or {}) if sentence else None
        if message:
            super().add_message(request, level, extra_tags=extra_tags, message=message)

    def is_safe_url(self, url: str | None) -> bool:
        """Paths of this site only: other names of this host are other sites."""
        local = url_has_allowed_host_and_scheme(url, allowed_hosts=None)
        return local and (url or "").startswith("/")

    def clean_email(self, email: str) -> str:
        folded = fold_address(email)
        if len(folded) > MAX_ADDRESS:
            raise ValidationError(
                _("This address is longer than %(number)s characters.") % {"number": MAX_ADDRESS}
            )
        return folded

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form, commit: bool = True) -> User:
        super().save_user(request, user, form, commit=commit)
        create.complete(
            user=user,
            document=form.statement,
            first_name=form.cleaned_data["first_name"],
            last_name=form.cleaned_data["last_name"],
        )
        return user

    def post_login(
        self, request: HttpRequest, user: User, *, redirect_url: str | None, **how
    ) -> HttpResponse:
        """Consent that was given in an invitation, before signing in, belongs to whoever then signed in."""
        target = redirect_url or get_next_redirect_url(request) or ""
        invitation = invitation_for(request, target)
        if invitation and invitation.document:
            consent.give(user=user, document=invitation.document)
        return super().post_login(request, user, redirect_url=redirect_url, **how)

    def is_reauthentication_required(self, *, app: str, **how) -> bool:
        """Whoever has just signed in is not asked for the password again."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **how)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:settings")

    def get_email_verification_redirect_url(self, email_address) -> str:
        return reverse("accounts:settings")
