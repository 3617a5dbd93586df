"""What the page « Vérifier un badge » says of a report."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from badges.formats.reading import addresses
from badges.formats.report import Facts, Read, Report, Verdict
from badges.services.imports import pictures
from badges.verification import shown
from badges.verification.ours import Ours
from badges.verification.shown import Line
from badges.verification.sources import Files
from badges.verification.turns import Turn
from passport.lib import images
from passport.lib.fetch.deadline import Deadline
from passport.lib.folding import clean

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOBODY: Facts = Facts(id="", version="")


@dataclass(frozen=True)
class Judged:
    """`trouble`: the first thing that is wrong or unknown, empty for an authentic badge. `picture`: drawn again, as
    `data:`, or empty. `site`: whose the issuer's identifier is. `says`: whether the badge could be read at all."""

    verdict: str
    label: "StrOrPromise"
    meaning: "StrOrPromise"
    trouble: str
    facts: Facts
    says: bool
    is_proved: bool
    is_ours: bool
    site: str
    lines: list[Line]
    reads: list[Read]
    picture: str


def judged(report: Report, original: bytes, turn: Turn, deadline: Deadline) -> Judged:
    """`original`: what was given, whose picture is shown with what it says when nothing of that is proved. `turn`:
    where the picture of a proved badge is fetched."""
    facts = report.facts or NOBODY
    site = clean(shown.site(facts.issuer.id))
    is_proved = shown.is_proved(report)
    return Judged(
        verdict=report.verdict,
        label=shown.word(report.verdict),
        meaning=shown.meaning(report.verdict),
        trouble="" if report.verdict == Verdict.AUTHENTIC else shown.trouble(report),
        facts=_on_one_line(facts),
        says=report.facts is not None,
        is_proved=is_proved,
        is_ours=site == addresses.authority(settings.SITE_URL),
        site=site,
        lines=shown.lines(report),
        reads=[replace(read, address=addresses.impersonal(read.address)) for read in report.reads],
        picture=_proved_picture(facts, turn, deadline) if is_proved else _picture(facts, original),
    )


def _proved_picture(facts: Facts, turn: Turn, deadline: Deadline) -> str:
    """What the issuer's documents name, or nothing: anybody can write a good badge into a picture of theirs. Drawings
    (SVG) can be made to cost seconds: they take a turn."""
    raw = pictures.said_by(facts.image, Ours(turn))
    may_draw = raw.startswith(images.PNG_SIGNATURE) or (
        has(deadline, images.DRAWING_SECONDS) and turn.begin()
    )
    return pictures.drawn_again(raw) if may_draw else ""


def _picture(facts: Facts, original: bytes) -> str:
    """Of this site, of the document itself, or of the file: nobody is asked, and no drawing is drawn."""
    raw = pictures.said_by(facts.image, Ours(Files({}))) or pictures.carrier(original)
    return pictures.drawn_again(raw) if raw.startswith(images.PNG_SIGNATURE) else ""


def has(deadline: Deadline, seconds: float) -> bool:
    """Whether an errand has more than that many seconds left."""
    try:
        return deadline.left() > seconds
    except TimeoutError:
        return False


def _on_one_line(facts: Facts) -> Facts:
    """Names without invisible characters: one could pass for another."""
    issuer = replace(facts.issuer, name=clean(facts.issuer.name), id=addresses.shown(facts.issuer.id))
    return replace(facts, name=clean(facts.name), id=clean(facts.id), issuer=issuer)
