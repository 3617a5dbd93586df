"""What the pages and mails about an award say of it."""

from django import template
from django.utils.safestring import SafeString

from badges import invitations, periods
from badges.models import Assertion, BadgeClass, HolderEvidence
from passport.templatetags.passport import mrz

register = template.Library()


@register.simple_tag
def award_mrz(assertion: Assertion) -> SafeString:
    """The machine-readable zone of an award, as the inside of `.mrz`."""
    first, last = invitations.split_name(assertion.recipient_name)
    badge_class = assertion.badge_class
    country = badge_class.country or badge_class.issuer.country
    return mrz(
        last or first,
        first if last else "",
        badge_class.issuer.name,
        assertion.code,
        assertion.issued_at,
        country,
    )


@register.filter
def first_name(assertion: Assertion) -> str:
    return invitations.split_name(assertion.recipient_name)[0]


@register.filter
def event(badge_class: BadgeClass) -> str:
    """« Caen, du 3 au 5 juillet 2019 »: where and when, as far as they are known."""
    days = periods.period(badge_class.starts_on, badge_class.ends_on)
    return ", ".join(part for part in (badge_class.place, days) if part)


@register.filter
def masked(address: str) -> str:
    """« m…@asso.fr »: enough for its owner to recognise it."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


@register.simple_tag
def shown_evidence(assertion: Assertion) -> list[HolderEvidence]:
    """What its holder has added to a badge, and shows."""
    return list(HolderEvidence.objects.shown().filter(assertion=assertion))


@register.filter
def undone(tags: str) -> dict[str, str | bool]:
    """What a message of views/visibility.py can bring back: its tags are « undo <visibility> <1 if listed> »."""
    words = (tags or "").split()
    if words[:1] != ["undo"] or len(words) != 3:
        return {}
    return {"visibility": words[1], "unlisted": words[2] == "0"}
