"""Which awards of a badge a list of addresses names."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from badges.lists import Line
from badges.models import Assertion, BadgeClass
from badges.services.chunking import chunks
from badges.services.judge import name_key

# Primary key, name, whether it was withdrawn.
Award = tuple[int, str, bool]


@dataclass
class Named:
    """`living`: awards that were not withdrawn; `withdrawn`: people whose award was; `unknown`: what names nobody."""

    living: set[int] = field(default_factory=set)
    withdrawn: int = 0
    unknown: list[str] = field(default_factory=list)


def named(*, badge_class: BadgeClass, lines: Iterable[Line]) -> Named:
    """Reads the awards of the lines. Where several people share an address, a line with a name means that person
    alone: withdrawing is for good."""
    found = Named()
    for chunk in chunks(lines):
        awards = _awards(badge_class, {line.address for line in chunk if not line.reason})
        for line in chunk:
            _sort(line, [] if line.reason else awards.get(line.address, []), found)
    return found


def _sort(line: Line, awards: list[Award], found: Named) -> None:
    if line.name and len({name_key(name) for _pk, name, _gone in awards}) > 1:
        awards = [award for award in awards if name_key(award[1]) == name_key(line.name)]
    living = [pk for pk, _name, gone in awards if not gone]
    if not awards:
        found.unknown.append(line.value)
    elif living:
        found.living.update(living)
    else:
        found.withdrawn += 1


def _awards(badge_class: BadgeClass, addresses: set[str]) -> dict[str, list[Award]]:
    rows = Assertion.objects.filter(badge_class=badge_class, folded_address__in=addresses).order_by("pk")
    people: dict[str, list[Award]] = {}
    for address, pk, name, revoked_at in rows.values_list(
        "folded_address", "pk", "recipient_name", "revoked_at"
    ):
        people.setdefault(address, []).append((pk, name, revoked_at is not None))
    return people
