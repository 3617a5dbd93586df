"""The mails of signing in: codes, and what was changed on an account. Rendered when they leave."""

from datetime import timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from notifications.models import Message
from passport.lib.folding import clean
from passport.lib.urls import absolute


def render(message: Message) -> EmailMultiAlternatives | None:
    """None for a code that has expired while the mail server was away: it would open nothing."""
    code = message.context.get("secret", "")
    if code and timezone.now() - message.created_at > timedelta(minutes=settings.CODE_MINUTES):
        return None
    template = message.context["template"]
    context = {
        **message.context,
        "code": code,
        "minutes": settings.CODE_MINUTES,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "login_url": absolute(reverse("account_login")),
        "settings_url": absolute(reverse("accounts:settings")),
        "privacy_url": absolute(reverse("accounts:privacy_statement")),
    }
    context["subject"] = clean(render_to_string(f"{template}_subject.txt", context))
    context["words"] = render_to_string(f"{template}_message.txt", context).strip()
    mail = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string("account/email/mail.txt", context).strip() + "\n",
        from_email=formataddr((clean(settings.SITE_NAME), settings.DEFAULT_FROM_EMAIL)),
    )
    mail.attach_alternative(render_to_string("account/email/mail.html", context), "text/html")
    return mail
