"""The mails that tell a holder what the issuer did to their badge, rendered when they leave."""

from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _

from badges.enums import EventKind
from badges.models import AwardEvent
from badges.services.telling import KINDS
from notifications.composing import compose
from notifications.models import Message
from passport.lib.urls import absolute


def renamed(message: Message) -> EmailMultiAlternatives | None:
    """Which name the badge shows now."""
    return _mail(message, "badges/mail/renamed", _("The name on your badge “%(badge)s” was corrected"))


def expiry(message: Message) -> EmailMultiAlternatives | None:
    """Until when the badge is valid now; also for a new period."""
    return _mail(message, "badges/mail/expiry", _("The validity of your badge “%(badge)s” has changed"))


def revoked(message: Message) -> EmailMultiAlternatives | None:
    """That the badge was withdrawn, and why."""
    return _mail(message, "badges/mail/revoked", _("Your badge “%(badge)s” was revoked"))


def _mail(message: Message, template: str, subject: str) -> EmailMultiAlternatives | None:
    """None when the badge has no holder any more, or when a later change has its own mail."""
    event = _event(message)
    if event is None or event.assertion.holder is None:
        return None
    assertion, issuer = event.assertion, event.assertion.badge_class.issuer
    return compose(
        template,
        subject % {"badge": assertion.badge_class.name},
        issuer.sender_name or issuer.name,
        {"assertion": assertion, "event": event, "badge_url": absolute(assertion.get_absolute_url())},
        reply_to=issuer.reply_to or issuer.email,
    )


def _event(message: Message) -> AwardEvent | None:
    related = "assertion__badge_class__issuer", "assertion__holder__profile"
    event = AwardEvent.objects.filter(pk=message.context["event"]).select_related(*related).first()
    return None if event is None or _is_overtaken(event, message.kind) else event


def _is_overtaken(event: AwardEvent, kind: str) -> bool:
    """Whether another mail says it better by now: one of the same kind, or that the badge was revoked."""
    better = [EventKind.REVOKED, *(name for name, mail in KINDS.items() if mail == kind)]
    return AwardEvent.objects.filter(assertion=event.assertion, kind__in=better, pk__gt=event.pk).exists()
