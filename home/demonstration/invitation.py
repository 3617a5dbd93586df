"""The claim link that every start prints: one that still works."""

from collections.abc import Iterator
from itertools import count

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from badges import claims
from badges.lists import Line
from badges.models import Assertion, BadgeClass, Batch
from badges.services import links
from badges.services.issue import issue
from home.demonstration import content

SOURCE = "congres-amcsti-2019.csv"


def invite_first(badge_class: BadgeClass, organiser: User) -> None:
    at_first = content.read("people")["invitations"]["at_first"]
    _invite(badge_class, [who for who, _number in zip(_invitees(), range(at_first), strict=False)])
    Batch.objects.filter(badge_class=badge_class, source=SOURCE).update(created_by=organiser)


def working_link() -> str | None:
    """The link of the first invitee who has neither answered nor made an account; if all have, of a new one.

    None when the congress badge is no longer there, or no longer published.
    """
    slug = content.read("people")["invitations"]["badge"]
    badge_class = BadgeClass.objects.published().filter(slug=slug).first()
    if badge_class is None:
        return None
    assertion = _first_waiting(badge_class)
    if assertion is None:
        _invite(badge_class, [_next_invitee(badge_class)])
        assertion = _first_waiting(badge_class)
    elif assertion.claim_until < timezone.now():
        links.send_waiting_links(address=assertion.recipient_address)
        assertion.refresh_from_db()  # a new link, hence a new generation
    return claims.link_for(assertion) if assertion else None


def _first_waiting(badge_class: BadgeClass) -> Assertion | None:
    invented = Assertion.objects.waiting().filter(badge_class=badge_class, lines__batch__source=SOURCE)
    known = EmailAddress.objects.values("email")
    return invented.exclude(folded_address__in=known).order_by("pk").first()


def _next_invitee(badge_class: BadgeClass) -> tuple[str, str]:
    taken = set(Assertion.objects.filter(badge_class=badge_class).values_list("folded_address", flat=True))
    taken |= set(EmailAddress.objects.values_list("email", flat=True))
    return next(invitee for invitee in _invitees() if invitee[1] not in taken)


def _invitees() -> Iterator[tuple[str, str]]:
    """Name and address of one invented invitee after the other, without end."""
    names = content.read("people")["invitations"]["names"]
    for turn in count(1):
        for name in names:
            first, last = name.split(" ", 1)
            yield name, content.address(first, last if turn == 1 else f"{last}{turn}")


def _invite(badge_class: BadgeClass, invitees: list[tuple[str, str]]) -> None:
    lines = [Line(number, address, name) for number, (name, address) in enumerate(invitees, 1)]
    issue(badge_class=badge_class, lines=lines, source=SOURCE)
