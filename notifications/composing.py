"""A mail of this site from its two templates, in the name of whom it speaks for."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from passport.lib.folding import clean
from passport.lib.urls import absolute


def compose(
    template: str, subject: str, sender: str, context: dict, *, reply_to: str = ""
) -> EmailMultiAlternatives:
    """`template` without its ending: a .txt and an .html. `sender` is a name; the address is the site's."""
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "privacy_url": absolute(reverse("accounts:privacy_statement")),
    }
    mail = EmailMultiAlternatives(
        # Names come from organisers: one line, or the header would be refused.
        subject=clean(subject)[:200],
        body=render_to_string(f"{template}.txt", context),
        from_email=formataddr((clean(sender), settings.DEFAULT_FROM_EMAIL)),
        reply_to=[reply_to] if reply_to else [],
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail
