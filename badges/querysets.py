from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from accounts.querysets import levels_open_to
from badges.enums import AssertionState, BatchState, LineOutcome, Origin, Visibility
from notifications.enums import WAITING, Delivery, MessageState
from passport.lib.folding import fold, fold_address

# The holder's own order; new badges, without a place, come first.
PROFILE_ORDER = ("position", "-accepted_at", "-id")
LISTED = {
    Visibility.PUBLIC: [Visibility.PUBLIC],
    Visibility.MEMBERS: [Visibility.PUBLIC, Visibility.MEMBERS],
}


def level_of(viewer) -> Visibility:
    """What galleries and counts show to `viewer`: a level, so that one's own private badge is not counted."""
    return Visibility.MEMBERS if viewer.is_authenticated else Visibility.PUBLIC


class IssuerQuerySet(models.QuerySet):
    def here(self) -> "IssuerQuerySet":
        """The issuers of this site; the others came with imported badges."""
        return self.filter(origin=Origin.HERE)

    def signing(self) -> "IssuerQuerySet":
        """Who has keys and a profile here: the issuers of this site, and the site, which signs for people."""
        return self.filter(origin__in=[Origin.HERE, Origin.SITE])

    def organised_by(self, user) -> "IssuerQuerySet":
        """The issuers for which `user` may issue; all of them for a superuser."""
        return self if user.is_superuser else self.filter(members__user=user)

    def in_gallery(self) -> "IssuerQuerySet":
        published = apps.get_model("badges", "BadgeClass").objects.published()
        return self.filter(Exists(published.filter(issuer=OuterRef("pk"))))


class BadgeClassQuerySet(models.QuerySet):
    def here(self) -> "BadgeClassQuerySet":
        """The badges of this site; the others came with imported ones, and are awarded elsewhere."""
        return self.filter(issuer__origin=Origin.HERE)

    def published(self) -> "BadgeClassQuerySet":
        """What the gallery shows: all that is published here; what comes from elsewhere, while somebody shows it."""
        here_or_shown = Q(iri="") | Q(public_recipients__gt=0)
        return self.filter(here_or_shown, published_at__lte=timezone.now())

    def organised_by(self, user) -> "BadgeClassQuerySet":
        return self if user.is_superuser else self.filter(issuer__members__user=user)

    def matching(self, column: str, text: str) -> "BadgeClassQuerySet":
        """Every word of `text` is in the folded `column`, in any order."""
        found = self
        for word in fold(text).split():
            found = found.filter(**{f"{column}__contains": word})
        return found

    def with_recipient(self, text: str, level: Visibility) -> "BadgeClassQuerySet":
        """Badges with a recipient of that name whom a viewer of `level` may find in the list."""
        listed = _assertions().listed_to(level).named(text).filter(badge_class=OuterRef("pk"))
        return self.filter(Exists(listed)) if fold(text) else self


class BatchQuerySet(models.QuerySet):
    def drafts(self) -> "BatchQuerySet":
        return self.filter(state=BatchState.DRAFT)

    def sending(self, now: datetime) -> "BatchQuerySet":
        """Lists whose hour has come, the oldest first: a worker awards the next lines of the first one."""
        started = Q(starts_at=None) | Q(starts_at__lte=now)
        return self.filter(started, state=BatchState.SENDING).order_by("pk")


class StatusEntryQuerySet(models.QuerySet):
    def withdrawn(self) -> "StatusEntryQuerySet":
        """Places whose bit is set: of awards that were revoked, or erased with their account."""
        return self.filter(Q(assertion=None) | Q(assertion__revoked_at__isnull=False))


class BadgeTagQuerySet(models.QuerySet):
    def of(self, user) -> "BadgeTagQuerySet":
        """The words that `user` has on the badges that they hold."""
        return self.filter(assertion__in=_assertions().held_by(user))

    def words(self) -> dict[str, str]:
        """Each word once, by its folded form, as it was written last."""
        return dict(self.order_by("folded_name", "pk").values_list("folded_name", "name"))


class HolderEvidenceQuerySet(models.QuerySet):
    def shown(self) -> "HolderEvidenceQuerySet":
        """What stands beside the badge, for whoever may open it."""
        return self.filter(is_shown=True).select_related("file")


class AssertionQuerySet(models.QuerySet):
    def valid(self) -> "AssertionQuerySet":
        """Accepted, held, not revoked: what can be shown at all."""
        return self.filter(state=AssertionState.ACCEPTED, holder__isnull=False, revoked_at=None)

    def visible_to(self, viewer) -> "AssertionQuerySet":
        """Badges that `viewer` may open: those shown at their level, and their own."""
        shown = Q(revoked_at=None, visibility__in=levels_open_to(viewer))
        mine = Q(holder_id=viewer.pk) if viewer.is_authenticated else Q()
        return self.filter(
            shown | mine if mine else shown, state=AssertionState.ACCEPTED, holder__isnull=False
        )

    def shown_to(self, level: Visibility) -> "AssertionQuerySet":
        """Badges that a visitor of `level` may open, the opt-out from lists notwithstanding."""
        return self.valid().filter(visibility__in=LISTED[level])

    def on_profile(self, level: Visibility) -> "AssertionQuerySet":
        """Badges that a visitor of `level` finds on the profile of their holder: to be sorted by PROFILE_ORDER."""
        return self.shown_to(level).filter(on_profile=True)

    def revoked_in_public(self) -> "AssertionQuerySet":
        """Badges that everybody could see when they were withdrawn."""
        held = self.filter(state=AssertionState.ACCEPTED, holder__isnull=False)
        return held.filter(visibility=Visibility.PUBLIC, revoked_at__isnull=False)

    def listed_to(self, level: Visibility) -> "AssertionQuerySet":
        """What galleries list and count for `level`: shown, named, and not withdrawn from lists by the holder."""
        return self.shown_to(level).filter(name_listed=True).exclude(folded_name="")

    def named(self, text: str) -> "AssertionQuerySet":
        found = self
        for word in fold(text).split():
            found = found.filter(folded_name__contains=word)
        return found

    def unsigned(self) -> "AssertionQuerySet":
        """Awards of this site that are held, and not written and signed yet."""
        return self.valid().filter(version=None, badge_class__issuer__origin=Origin.HERE)

    def expiry_to_tell(self, now: datetime, until: datetime) -> "AssertionQuerySet":
        """Held badges that end before `until`, and whose holder does not know yet."""
        return self.valid().filter(expires_at__gt=now, expires_at__lte=until, expiry_told_at=None)

    def waiting(self) -> "AssertionQuerySet":
        return self.filter(state=AssertionState.PENDING, revoked_at=None)

    def to_remind(self, now: datetime) -> "AssertionQuerySet":
        """Waiting badges whose people may be asked once more: their last mail left, and they want to have mails."""
        return self.waiting().alias(obstacle=_obstacle(now)).filter(obstacle="")

    def reminder_obstacles(self, now: datetime) -> dict[str, int]:
        """Why a reminder is not for these badges: how many for each reason, and for none (« »)."""
        counted = self.annotate(obstacle=_obstacle(now)).values("obstacle").annotate(Count("pk")).order_by()
        return dict(counted.values_list("obstacle", "pk__count"))

    def pending_for(self, user) -> "AssertionQuerySet":
        """Badges that wait for `user`, by any address that they have proved to be theirs."""
        proved = EmailAddress.objects.filter(user_id=user.pk, verified=True).values("email")
        return self.waiting().filter(folded_address__in=proved)

    def declined_by(self, user) -> "AssertionQuerySet":
        """Badges that `user` has declined and may still take up again."""
        proved = EmailAddress.objects.filter(user_id=user.pk, verified=True).values("email")
        since = timezone.now() - timedelta(days=settings.DECLINE_UNDO_DAYS)
        return self.filter(
            state=AssertionState.DECLINED, declined_at__gte=since, revoked_at=None, folded_address__in=proved
        )

    def sent_to(self, address: str) -> "AssertionQuerySet":
        return self.filter(folded_address=fold_address(address))

    def held_by(self, user) -> "AssertionQuerySet":
        return self.filter(holder_id=user.pk, state=AssertionState.ACCEPTED)

    def kept(self) -> "AssertionQuerySet":
        """Those that their holder has not put away."""
        return self.filter(archived_at=None)

    def of(self, user) -> "AssertionQuerySet":
        """What `user` holds, and what they may answer or take up again."""
        return self.held_by(user) | self.pending_for(user) | self.declined_by(user)

    def shown_as(self, visibility: str) -> "AssertionQuerySet":
        """Badges as their holder sorts them: what was withdrawn counts as private."""
        shown = Q(visibility=visibility, revoked_at=None)
        return self.filter(shown | ~Q(revoked_at=None) if visibility == Visibility.PRIVATE else shown)

    def visibility_counts(self) -> dict[str, int]:
        """How many there are of each visibility, and `all`, in one query."""
        living = Q(revoked_at=None)
        counts = self.aggregate(
            all=Count("pk"),
            members=Count("pk", filter=living & Q(visibility=Visibility.MEMBERS)),
            public=Count("pk", filter=living & Q(visibility=Visibility.PUBLIC)),
        )
        return {**counts, "private": counts["all"] - counts["members"] - counts["public"]}


def _obstacle(now: datetime) -> Case:
    """The first reason why an award is not to be reminded of; empty when it is."""
    mail = apps.get_model("badges", "BatchLine").objects.filter(
        assertion=OuterRef("pk"), outcome=LineOutcome.CREATED
    )
    opt_out = apps.get_model("badges", "OptOut").objects.filter(
        issuer=OuterRef("badge_class__issuer"), folded_address=OuterRef("folded_address")
    )
    lost = Q(message__state__in=[MessageState.FAILED, MessageState.CANCELLED])
    lost |= Q(message__delivery=Delivery.BOUNCED)
    under_way = Q(message__state__in=WAITING)
    since = now - timedelta(days=settings.REMINDER_DAYS)
    return Case(
        When(revoked_at__isnull=False, then=Value("revoked")),
        When(state=AssertionState.ACCEPTED, then=Value("accepted")),
        When(state=AssertionState.DECLINED, then=Value("declined")),
        When(expires_at__lte=now, then=Value("expired")),
        When(Exists(opt_out), then=Value("unsubscribed")),
        When(Exists(mail.filter(lost)), then=Value("undelivered")),
        When(reminded_at__gt=since, then=Value("recent")),
        When(~Exists(mail) | Exists(mail.filter(under_way)), then=Value("not-sent")),
        default=Value(""),
    )


def _assertions() -> AssertionQuerySet:
    return apps.get_model("badges", "Assertion").objects.all()
