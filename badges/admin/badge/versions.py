"""What a badge said when it was awarded, and who recommends it: on its page, to be read."""

from django.db.models import Count, QuerySet

from badges.models import BadgeClass, BadgeVersion, Endorsement


def versions_of(badge_class: BadgeClass) -> QuerySet[BadgeVersion]:
    """The newest first, each with how many awards say it. Those that are not accepted say what the badge says now."""
    return badge_class.versions.annotate(awards=Count("assertions")).order_by("-created_at", "-pk")


def endorsements_of(badge_class: BadgeClass) -> QuerySet[Endorsement]:
    found = Endorsement.objects.filter(version__badge_class=badge_class)
    return found.select_related("issuer", "version")
