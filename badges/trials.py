"""The invitation as an organiser sees it before it is sent: on the page of the confirmation, and as a trial."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django.utils.translation import gettext as _

from badges import mails
from badges.models import Assertion, BadgeClass
from notifications.models import Message
from passport.lib.urls import absolute


def sample(badge_class: BadgeClass, *, name: str, subject: str = "") -> EmailMultiAlternatives:
    """What a person called `name` will read. Its link leads to the badge's own page: it claims nothing."""
    now = timezone.now()
    assertion = Assertion(
        badge_class=badge_class,
        recipient_name=name,
        issued_at=now,
        claim_until=now + timedelta(days=settings.CLAIM_DAYS),
    )
    return mails.compose_invitation(assertion, link=absolute(badge_class.get_absolute_url()), subject=subject)


def trial(message: Message) -> EmailMultiAlternatives | None:
    """The sample, to the organiser; None when the badge is gone."""
    context = message.context
    badge_class = BadgeClass.objects.select_related("issuer").filter(pk=context["badge_class"]).first()
    if badge_class is None:
        return None
    mail = sample(badge_class, name=context.get("name", ""), subject=context["subject"])
    mail.subject = _("[Trial] %(subject)s") % {"subject": mail.subject}
    return mail
