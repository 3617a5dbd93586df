"""What each line of a list will do, without doing it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from badges.enums import LineOutcome, SharedAddress
from badges.lists import Line
from badges.models import Assertion, BadgeClass
from badges.services.chunking import chunks
from passport.lib.folding import fold


@dataclass(frozen=True)
class Verdict:
    """`assertion_id`: the award that the person has already."""

    line: Line
    outcome: LineOutcome
    assertion_id: int | None = None


def name_key(name: str) -> str:
    """« Marie Dupont », « DUPONT Marie » and « dupont, marie » are one person."""
    return " ".join(sorted(fold(name).split()))


class Judge:
    """Judges the lines of one list in their order. `asking`: somebody is there to answer for odd addresses."""

    def __init__(
        self, badge_class: BadgeClass, *, shared: str = SharedAddress.SKIP, asking: bool = False
    ) -> None:
        self.badge_class = badge_class
        self.each = shared == SharedAddress.EACH
        self.asking = asking
        # The people of an address, nearly always one.
        self.seen: dict[str, tuple[str, ...]] = {}

    def verdicts(self, lines: Iterable[Line]) -> Iterator[Verdict]:
        """One query of the awards for each CHUNK of lines."""
        for chunk in chunks(lines):
            held = living(self.badge_class, (line.address for line in chunk if not line.reason))
            yield from (self._judge(line, held) for line in chunk)

    def _judge(self, line: Line, held: dict[str, dict[str, int]]) -> Verdict:
        if line.reason:
            return Verdict(line, LineOutcome.IGNORED if line.ignored else LineOutcome.INVALID)
        address, key = line.address, name_key(line.name)
        people = self.seen.get(address)
        if people is not None:
            return self._repeated(line, key, people, held.get(address, {}))
        self.seen[address] = (key,)
        if address in held:
            awards = held[address]
            return Verdict(line, LineOutcome.ALREADY, awards.get(key) or next(iter(awards.values())))
        odd = self.asking and line.proposal and not line.kept
        return Verdict(line, LineOutcome.SUSPECT if odd else LineOutcome.READY)

    def _repeated(self, line: Line, key: str, people: tuple[str, ...], awards: dict[str, int]) -> Verdict:
        if not key or key in people:
            return Verdict(line, LineOutcome.DUPLICATE)
        self.seen[line.address] = (*people, key)
        if key in awards:
            return Verdict(line, LineOutcome.ALREADY, awards[key])
        return Verdict(line, LineOutcome.READY if self.each else LineOutcome.SHARED)


def living(badge_class: BadgeClass, addresses: Iterable[str]) -> dict[str, dict[str, int]]:
    """The awards of this badge that were not withdrawn, by address, then by person."""
    found = Assertion.objects.filter(
        badge_class=badge_class, revoked_at=None, folded_address__in=set(addresses)
    )
    people: dict[str, dict[str, int]] = {}
    for address, name, pk in found.order_by("pk").values_list("folded_address", "recipient_name", "pk"):
        people.setdefault(address, {}).setdefault(name_key(name), pk)
    return people
