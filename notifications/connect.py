"""The bell in the header, its mails and its work of the background."""

from django.utils.translation import gettext_lazy as _

from notifications import mails, telling
from notifications.registry import register as register_mail
from notifications.registry import register_job, register_tidy
from notifications.services import digest, read
from passport.lib.registry import Tool, header_tools


def register() -> None:
    register_mail("notification", mails.notification, _("Notification"))
    register_mail("digest", mails.digest, _("Digest"))
    register_job("digests", digest.make_next)
    register_tidy(read.purge)
    header_tools["notifications"] = Tool(
        label=_("Notifications"),
        icon="bell",
        url_name="notifications:index",
        count=telling.unread_count,
        words=telling.unread_words,
    )
