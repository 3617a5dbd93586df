"""What connections tells the layers below it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from connections import reporting, telling
from connections.enums import Reported
from connections.models import PersonFollow
from connections.registry import register_reportable
from notifications.enums import Pace
from notifications.registry import Kind, register_kind
from passport.lib.registry import TabCounter, tab_counters


def register() -> None:
    register_kind("new-follower", Kind(_("Somebody follows you"), telling.new_follower))
    register_kind("follow-asked", Kind(_("Somebody asks to follow you"), telling.follow_asked, Pace.AT_ONCE))
    register_kind("follow-accepted", Kind(_("Somebody lets you follow them"), telling.follow_accepted))
    register_kind("comment", Kind(_("A comment in a conversation of yours"), telling.comment))
    register_reportable(Reported.PROFILE, reporting.PROFILE)
    register_reportable(Reported.COMMENT, reporting.COMMENT)
    register_reportable(Reported.BADGE, reporting.BADGE)
    register_reportable(Reported.RECOGNITION, reporting.RECOGNITION)
    tab_counters["connections"] = TabCounter(PersonFollow.objects.waiting_for, _waiting_words)


def _waiting_words(count: int) -> str:
    return ngettext("%(count)s request to answer", "%(count)s requests to answer", count) % {"count": count}
