import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from badges.enums import AssertionState, RevocationReason, Visibility
from badges.models.badge_class import BadgeClass
from badges.models.badge_version import BadgeVersion
from badges.querysets import AssertionQuerySet
from passport.lib.folding import clean, fold, fold_address

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code() -> str:
    """Twelve characters of Crockford's base 32 (60 bits), without I, L, O and U."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(12))


class Assertion(models.Model):
    """One badge of one person (Open Badges 2.0 « Assertion », 3.0 « OpenBadgeCredential »)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=12, default=new_code, unique=True, editable=False)
    badge_class = models.ForeignKey(
        BadgeClass, models.PROTECT, related_name="assertions", verbose_name=_("badge")
    )
    # What the badge said when it was accepted; until then it is what the badge says now.
    version = models.ForeignKey(
        BadgeVersion, models.PROTECT, null=True, blank=True, editable=False, related_name="assertions"
    )
    recipient_address = models.CharField(_("sent to"), max_length=254)
    recipient_name = models.CharField(_("name"), max_length=160, blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assertions",
        verbose_name=_("holder"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AssertionState, default=AssertionState.PENDING
    )
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.PRIVATE
    )
    name_listed = models.BooleanField(_("name in the list of recipients"), default=True)
    # The day when others first found it with its name. News go by it, of what can be seen today.
    shown_at = models.DateTimeField(_("first shown on"), null=True, blank=True, editable=False)
    issued_at = models.DateTimeField(_("issued on"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined on"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    revocation_reason = models.CharField(_("reason"), max_length=20, choices=RevocationReason, blank=True)
    # What follows is the holder's own order; nobody else reads it, but for the place on their profile.
    position = models.PositiveIntegerField(_("rank"), default=0)
    on_profile = models.BooleanField(_("shown on the profile"), default=True)
    archived_at = models.DateTimeField(_("put away on"), null=True, blank=True)
    note = models.TextField(_("private note"), max_length=2_000, blank=True)
    claim_until = models.DateTimeField(_("link valid until"))
    # By the first form that is sent from its page, or the page's own beacon: scanners open links too.
    opened_at = models.DateTimeField(_("page opened on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0)
    # For the end that stands in `expires_at`: with another one it is told anew.
    expiry_told_at = models.DateTimeField(_("told of its end on"), null=True, blank=True, editable=False)
    generation = models.PositiveSmallIntegerField(default=1, editable=False)
    folded_address = models.CharField(max_length=254, editable=False)
    folded_name = models.CharField(max_length=170, editable=False)

    objects = AssertionQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        indexes = [
            models.Index(fields=["folded_address", "state"], name="assertion_by_address"),
            models.Index(fields=["holder", "-accepted_at", "-id"], name="assertion_by_holder"),
            models.Index(
                fields=["badge_class", "folded_name", "id"],
                name="assertion_listed",
                condition=Q(state=AssertionState.ACCEPTED, revoked_at=None, name_listed=True)
                & ~Q(visibility=Visibility.PRIVATE),
            ),
            # What is new of a badge: it is always asked since some moment, which implies the condition.
            models.Index(
                fields=["badge_class", "-shown_at"],
                name="assertion_shown",
                condition=Q(shown_at__isnull=False),
            ),
            # Almost always empty: the worker asks at each turn what is left to sign.
            models.Index(
                fields=["id"],
                name="assertion_unsigned",
                condition=Q(state=AssertionState.ACCEPTED, version=None, revoked_at=None),
            ),
            models.Index(
                fields=["expires_at"],
                name="assertion_expiry_untold",
                condition=Q(
                    state=AssertionState.ACCEPTED,
                    revoked_at=None,
                    expires_at__isnull=False,
                    expiry_told_at=None,
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["badge_class", "folded_address", "folded_name"],
                condition=Q(revoked_at=None),
                name="assertion_once_per_recipient",
                violation_error_message=_("This person has this badge already."),
            ),
            models.UniqueConstraint(
                fields=["badge_class", "holder"],
                condition=Q(revoked_at=None),
                name="assertion_once_per_holder",
                violation_error_message=_("This account holds this badge already."),
            ),
            models.CheckConstraint(
                name="assertion_accepted_has_holder",
                condition=Q(state=AssertionState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=AssertionState.ACCEPTED) & Q(accepted_at=None, holder=None)),
                violation_error_message=_("An accepted badge, and no other, has a holder."),
            ),
            models.CheckConstraint(
                name="assertion_declined_has_date",
                condition=Q(state=AssertionState.DECLINED, declined_at__isnull=False)
                | (~Q(state=AssertionState.DECLINED) & Q(declined_at=None)),
                violation_error_message=_("A declined badge, and no other, has a date of refusal."),
            ),
            models.CheckConstraint(
                name="assertion_shown_is_accepted",
                condition=Q(visibility=Visibility.PRIVATE) | Q(state=AssertionState.ACCEPTED),
                violation_error_message=_("Only an accepted badge can be shown."),
            ),
            models.CheckConstraint(
                name="assertion_values_known",
                condition=Q(state__in=AssertionState.values, visibility__in=Visibility.values),
                violation_error_message=_("This state or visibility does not exist."),
            ),
            models.CheckConstraint(
                name="assertion_revoked_has_reason",
                condition=Q(revoked_at=None, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                violation_error_message=_("A revoked badge, and no other, has a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.badge_class} – {self.recipient_name or self.printed_code}"

    def save(self, *args, **kwargs):
        self.fold()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded_address", "folded_name"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of its holder; the public one is `sharing:badge`."""
        return reverse("badges:badge", args=[self.uid])

    def fold(self) -> None:
        """Fills the columns of search and uniqueness. Called by save(); bulk writers call it themselves."""
        self.recipient_name = clean(self.recipient_name)
        self.folded_address = fold_address(self.recipient_address)
        self.folded_name = fold(self.recipient_name)[:170]

    @property
    def recognises(self) -> BadgeVersion | BadgeClass:
        """What this award says: name, description, criteria, picture. Its version has the badge's own fields."""
        return self.version or self.badge_class

    @property
    def printed_code(self) -> str:
        return "-".join(self.code[i : i + 4] for i in (0, 4, 8))

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()

    @property
    def is_public(self) -> bool:
        return self.state == AssertionState.ACCEPTED and self.visibility == Visibility.PUBLIC
