"""The mails about badges, rendered when they leave: what is said is what is true then."""

from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from badges import claims, pictures
from badges.models import Assertion, BadgeClass
from notifications.models import Message
from passport.lib.folding import clean
from passport.lib.urls import absolute


def invitation(message: Message) -> EmailMultiAlternatives | None:
    """« Obtenir mon badge ». None when the badge was answered or withdrawn, or the link replaced, meanwhile."""
    assertion = _assertions().waiting().filter(uid=message.context["assertion"]).first()
    if assertion is None or message.key.split(":")[2] != str(assertion.generation):
        return None
    subject = (
        assertion.lines.exclude(batch__subject="").values_list("batch__subject", flat=True).first() or ""
    )
    return compose_invitation(assertion, link=claims.link_for(assertion), subject=subject)


def compose_invitation(assertion: Assertion, *, link: str, subject: str = "") -> EmailMultiAlternatives:
    """The mail about an award, which may be a sample that is in no database; its button leads to `link`."""
    badge_class = assertion.badge_class
    issuer = badge_class.issuer
    return _mail(
        "badges/mail/invitation",
        subject or default_subject(badge_class),
        issuer.sender_name or issuer.name,
        {
            "assertion": assertion,
            "link": link,
            "decline_link": f"{link}?refuser",
            "picture": absolute(
                reverse("badges:picture", args=[pictures.variant(badge_class.image, "440.png")])
            ),
        },
        reply_to=issuer.reply_to or issuer.email,
    )


def default_subject(badge_class: BadgeClass) -> str:
    return _("Your badge “%(badge)s”") % {"badge": badge_class.name}


def waiting_links(message: Message) -> EmailMultiAlternatives | None:
    """« Retrouver mes badges »: every badge that waits for this address, each with its link."""
    waiting = _assertions().sent_to(message.address).waiting().filter(claim_until__gte=timezone.now())
    links = [(assertion, claims.link_for(assertion)) for assertion in waiting.order_by("issued_at")]
    if not links:
        return None
    return _mail("badges/mail/waiting_links", _("Your waiting badges"), settings.SITE_NAME, {"links": links})


def address_added(message: Message) -> EmailMultiAlternatives | None:
    """Tells an address that an account has just taken it with a badge: somebody else may have opened the mail."""
    assertion = _assertions().filter(uid=message.context["assertion"]).first()
    if assertion is None:
        return None
    return _mail(
        "badges/mail/address_added",
        _("Your address was added to an account"),
        settings.SITE_NAME,
        {"assertion": assertion},
    )


def _assertions():
    return Assertion.objects.select_related("badge_class__issuer")


def _mail(
    template: str, subject: str, sender: str, context: dict, *, reply_to: str = ""
) -> EmailMultiAlternatives:
    context |= {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "privacy_url": absolute(reverse("accounts:privacy_statement")),
    }
    mail = EmailMultiAlternatives(
        # Names come from organisers: one line, or the header would be refused.
        subject=clean(subject)[:200],
        body=render_to_string(f"{template}.txt", context),
        from_email=_sender(sender),
        reply_to=[reply_to] if reply_to else [],
    )
    mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    return mail


def _sender(name: str) -> str:
    return formataddr((clean(name), settings.DEFAULT_FROM_EMAIL))
