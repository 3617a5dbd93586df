"""The mails about badges, rendered when they leave: what is said is what is true then."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from badges import claims, own_text, pictures, stopping
from badges.enums import EventKind, LineOutcome
from badges.models import Assertion, AwardEvent, BadgeClass, Issuer, OptOut
from notifications.composing import compose
from notifications.models import Message
from passport.lib.folding import clean
from passport.lib.urls import absolute


def invitation(message: Message) -> EmailMultiAlternatives | None:
    """« Obtenir mon badge ». None when the badge was answered or withdrawn, the link replaced, or no mail wanted."""
    assertion = _still_wanted(message)
    if assertion is None:
        return None
    return compose_invitation(assertion, link=claims.link_for(assertion), subject=_own_subject(assertion))


def compose_invitation(assertion: Assertion, *, link: str, subject: str = "") -> EmailMultiAlternatives:
    """The mail about an award, which may be a sample that is in no database; its button leads to `link`."""
    return _about(
        assertion, "badges/mail/invitation", subject or default_subject(assertion.badge_class), link
    )


def reminder(message: Message) -> EmailMultiAlternatives | None:
    """« Votre badge vous attend »: the same link once more. None as for an invitation."""
    assertion = _still_wanted(message)
    if assertion is None:
        return None
    subject = _("Reminder: your badge “%(badge)s” is waiting for you") % {"badge": assertion.badge_class.name}
    return _about(assertion, "badges/mail/reminder", subject, claims.link_for(assertion))


def default_subject(badge_class: BadgeClass) -> str:
    return _("Your badge “%(badge)s”") % {"badge": badge_class.name}


def waiting_links(message: Message) -> EmailMultiAlternatives | None:
    """« Retrouver mes badges »: every badge that waits for this address, each with its link."""
    waiting = _assertions().sent_to(message.address).waiting().filter(claim_until__gte=timezone.now())
    links = [(assertion, claims.link_for(assertion)) for assertion in waiting.order_by("issued_at")]
    if not links:
        return None
    return compose(
        "badges/mail/waiting_links", _("Your waiting badges"), settings.SITE_NAME, {"links": links}
    )


def address_added(message: Message) -> EmailMultiAlternatives | None:
    """Tells an address that an account has just taken it with a badge: somebody else may have opened the mail."""
    assertion = _assertions().filter(uid=message.context["assertion"]).first()
    if assertion is None:
        return None
    return compose(
        "badges/mail/address_added",
        _("Your address was added to an account"),
        settings.SITE_NAME,
        {"assertion": assertion},
    )


def sender_line(issuer: Issuer) -> str:
    """Whom a mailbox names as the sender of the mails about an issuer's badges, unencoded."""
    return f"{clean(issuer.sender_name or issuer.name)} <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>"


def _still_wanted(message: Message) -> Assertion | None:
    """The award of a mail, if it still waits, by the link of this mail, for somebody who wants it."""
    assertion = _assertions().waiting().filter(uid=message.context["assertion"]).first()
    if assertion is None or message.key.split(":")[2] != str(assertion.generation):
        return None
    stopped = OptOut.objects.filter(
        issuer=assertion.badge_class.issuer, folded_address=assertion.folded_address
    )
    return None if stopped.exists() else assertion


def _own_subject(assertion: Assertion) -> str:
    """What the organiser wrote for the list that awarded the badge; other lists may only have found it there."""
    awarded = assertion.lines.filter(outcome=LineOutcome.CREATED).order_by("-pk")
    return awarded.values_list("batch__subject", flat=True).first() or ""


def _about(assertion: Assertion, template: str, subject: str, link: str) -> EmailMultiAlternatives:
    """A mail that asks for an answer: in the issuer's name, with the ways to refuse, to pass on and to stop."""
    badge_class, address = assertion.badge_class, assertion.recipient_address
    issuer = badge_class.issuer
    # A sample has no recipient, hence nothing to stop.
    stop = stopping.link_for(issuer, address) if address else ""
    context = {
        "assertion": assertion,
        "own_text": own_text.paragraphs(issuer),
        "link": link,
        "decline_link": f"{link}?refuser",
        "forward_link": f"{link}?transmettre",
        "stop_link": stop,
        "forwarded": _was_forwarded(assertion),
        "shared": _is_shared(assertion),
        "picture": absolute(reverse("badges:picture", args=[pictures.variant(badge_class.image, "440.png")])),
    }
    mail = compose(
        template,
        subject,
        issuer.sender_name or issuer.name,
        context,
        reply_to=issuer.reply_to or issuer.email,
    )
    if stop:  # RFC 8058
        mail.extra_headers = {
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return mail


def _was_forwarded(assertion: Assertion) -> bool:
    """Whether a person, and not the organiser, gave the address."""
    # Each move makes a new link: nearly all mails of a long list are spared the question.
    if assertion.generation == 1:
        return False
    moves = AwardEvent.objects.filter(
        assertion=assertion, kind__in=[EventKind.FORWARDED, EventKind.READDRESSED]
    )
    last = moves.order_by("-at", "-pk").first()
    return bool(last and last.kind == EventKind.FORWARDED)


def _is_shared(assertion: Assertion) -> bool:
    """Whether the address has this badge for several people: the mail then says for whom it is."""
    if not (assertion.pk and assertion.folded_name):
        return False
    others = Assertion.objects.sent_to(assertion.folded_address).exclude(pk=assertion.pk)
    return others.filter(badge_class=assertion.badge_class, revoked_at=None).exists()


def _assertions():
    return Assertion.objects.select_related("badge_class__issuer")
