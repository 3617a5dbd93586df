"""The mails about notifications, rendered when they leave: what is said is what may be seen then."""

from collections import defaultdict

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import ngettext

from notifications import stopping
from notifications.composing import compose
from notifications.enums import Pace
from notifications.models import Message, Notification
from notifications.registry import addresses_of, kinds
from notifications.services.choose import paces_of
from notifications.telling import Told, told
from passport.lib.urls import absolute

MOST = 50


def notification(message: Message) -> EmailMultiAlternatives | None:
    """One line, in a mail of its own."""
    lines = _lines(message)
    return _mail(lines, lines[0].line.text) if lines else None


def digest(message: Message) -> EmailMultiAlternatives | None:
    """What has waited for this morning, kind by kind."""
    lines = _lines(message)
    words = ngettext("%(count)s notification for you", "%(count)s notifications for you", len(lines))
    return _mail(lines, words % {"count": len(lines)}) if lines else None


def _lines(message: Message) -> list[Told]:
    """What of a mail may still be seen, is still wanted, and was not read meanwhile; it goes to today's address."""
    rows = Notification.objects.filter(pk__in=message.context["notifications"]).unread()
    waiting = list(rows.select_related("person").order_by("-created_at", "-pk"))
    if not waiting:
        return []
    person = waiting[0].person
    address = addresses_of([person.pk]).get(person.pk)
    if not address:
        return []
    message.address = address
    paces = paces_of(person)
    return told(person, [row for row in waiting if paces.get(row.kind, Pace.NEVER) != Pace.NEVER])


def _mail(lines: list[Told], subject: str) -> EmailMultiAlternatives:
    person = lines[0].notification.person
    groups: dict[str, list] = defaultdict(list)
    for told_line in lines[:MOST]:
        groups[told_line.notification.kind].append(told_line)
    paces = {name: pace for name, pace in paces_of(person).items() if name in groups}
    stop = stopping.link_for(person.pk, paces)
    context = {
        "subject": subject,
        "groups": [(kinds[name].label, [_link(row) for row in groups[name]]) for name in paces],
        "more": len(lines) > MOST,
        "bell_url": absolute(reverse("notifications:index")),
        "preferences_url": absolute(reverse("notifications:preferences")),
        "stop_url": stop,
    }
    mail = compose("notifications/mail/news", subject, settings.SITE_NAME, context)
    mail.extra_headers = {  # RFC 8058
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail


def _link(row: Told) -> dict[str, str]:
    return {"text": row.line.text, "url": absolute(row.line.url)}
