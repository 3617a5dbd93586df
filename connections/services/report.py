from django.db import transaction
from django.utils import timezone

from accounts.models import User
from connections.enums import Reported, ReportReason
from connections.models import Comment, Report
from connections.querysets import ReportQuerySet
from connections.services import comment as commenting

MAX_LABEL = 200


@transaction.atomic
def report(
    *, reporter: User, what: Reported, subject: str, label: str, reason: ReportReason, text: str
) -> Report:
    """« Signaler ». While it waits, a second one of the same person about the same is the same."""
    told = {"label": label[:MAX_LABEL], "reason": reason, "text": text}
    row, _created = Report.objects.get_or_create(
        reporter=reporter, what=what, subject=subject, settled_at=None, defaults=told
    )
    return row


@transaction.atomic
def settle(*, reports: ReportQuerySet, by: User) -> int:
    """Puts reports aside as dealt with. Returns how many were not yet."""
    return reports.unsettled().update(settled_at=timezone.now(), settled_by=by)


@transaction.atomic
def hide_comments(*, reports: ReportQuerySet, by: User) -> int:
    """Hides the comments that these reports are about, and settles them. Returns how many were not yet settled."""
    about = reports.filter(what=Reported.COMMENT)
    subjects = list(about.values_list("subject", flat=True))
    commenting.hide(comments=Comment.objects.filter(uid__in=subjects))
    return settle(reports=Report.objects.filter(what=Reported.COMMENT, subject__in=subjects), by=by)
