"""From the mail to the public badge, as numbers of people."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from badges.admin.follow.people import Followed
from badges.enums import LineOutcome, Visibility
from badges.models import Assertion
from notifications.enums import Delivery

# Below, a total would tell on persons.
LEAST_TOTAL = 5
WIDTH = 400


@dataclass(frozen=True)
class Stage:
    """`count` is None when it is not known or not told; `note` says which."""

    label: str
    count: int | None
    percent: int = 0
    note: str = ""

    @property
    def width(self) -> int:
        return WIDTH * self.percent // 100


def counts(followed: Followed) -> dict[str, int]:
    """In two queries, however long the list: one of the rows, one of what everybody may see."""
    paths = followed.paths
    known = paths.base & paths.of_mail(delivery__in=[Delivery.DELIVERED, Delivery.BOUNCED])
    reached = paths.stages()
    handed = reached["sent"] | reached["rejected"]
    wanted = {
        **reached,
        "handed": handed,
        "pending": paths.filters()["pending"],
        "known": known,
        "revoked": paths.base & paths.of_award(revoked_at__isnull=False),
    }
    totals = (
        followed.rows()
        .order_by()
        .aggregate(**{name: Count("pk", filter=condition) for name, condition in wanted.items()})
    )
    public = Assertion.objects.shown_to(Visibility.PUBLIC)
    if followed.batch:
        made = Q(lines__batch=followed.batch, lines__outcome=LineOutcome.CREATED)
        totals["public"] = public.filter(made).count()
    else:
        totals["public"] = public.filter(badge_class=followed.badge_class).count()
    return totals


def stages(totals: dict[str, int]) -> list[Stage]:
    """Each with its share of what was handed to a mail server, refused or not."""
    all_of = totals["handed"]

    def stage(label: str, name: str) -> Stage:
        percent = round(100 * totals[name] / all_of) if all_of else 0
        return Stage(label, totals[name], percent)

    unknown = Stage(_("Delivered to the mailbox"), None, note=_("delivery not tracked"))
    hidden = Stage(_("Public (badges)"), None, note=_("fewer than 5: not shown"))
    return [
        stage(_("Sent (badges)"), "sent"),
        stage(_("Delivered to the mailbox"), "delivered") if totals["known"] else unknown,
        stage(_("Rejected by the server (badges)"), "rejected"),
        stage(_("Page opened"), "opened"),
        stage(_("Accepted (badges)"), "accepted"),
        stage(_("Declined (badges)"), "declined"),
        stage(_("Public (badges)"), "public") if totals["public"] >= LEAST_TOTAL else hidden,
    ]
