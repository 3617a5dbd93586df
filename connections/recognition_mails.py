"""The mail by which somebody without account is asked for a recommendation."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.translation import gettext as _

from badges import pictures
from connections import invitations
from connections.models import RecognitionRequest
from connections.services.ask import may_reach
from notifications.composing import compose
from notifications.models import Message
from passport.lib.urls import absolute


def request(message: Message) -> EmailMultiAlternatives | None:
    """None when the request was withdrawn, or the address wants none. Answers go to nobody: the link is the answer."""
    related = "assertion__badge_class__issuer", "assertion__version", "holder__profile"
    sound = RecognitionRequest.objects.sound().select_related(*related)
    put = sound.filter(uid=message.context["request"]).first()
    if put is None or not may_reach(put):
        return None
    stop = invitations.link_for(put, "stop")
    badge = put.assertion.recognises
    context = {
        "put": put,
        "assertion": put.assertion,
        "link": invitations.link_for(put),
        "stop_link": stop,
        "picture": absolute(reverse("badges:picture", args=[pictures.variant(badge.image, "440.png")])),
    }
    subject = _("%(name)s asks you to recommend their badge “%(badge)s”")
    words = {"name": put.holder.name, "badge": badge.name}
    mail = compose("connections/mail/request", subject % words, settings.SITE_NAME, context)
    mail.extra_headers = {  # RFC 8058
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail
