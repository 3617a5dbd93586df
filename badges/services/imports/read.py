"""What somebody gives is read and judged, and waits as a draft until they have looked at it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from badges.formats import containers
from badges.formats.errors import FormatError
from badges.formats.found import Found, Kind
from badges.formats.report import Facts, Report
from badges.models import ImportDraft
from badges.services.imports import known, ours, pictures
from badges.services.imports.writings import written
from badges.verification import shown, store
from badges.verification.judge import judge_found
from badges.verification.ours import Ours
from badges.verification.sources import Files, Network
from badges.verification.turns import Busy, Turn
from badges.verification.words import sentence
from passport.lib import images
from passport.lib.fetch.deadline import Deadline
from passport.lib.folding import clean

# Seconds of a whole request, of one badge in it, and under which no other is begun.
SECONDS, SECONDS_EACH, SECONDS_LEAST = 18.0, 8.0, 3.0
# Drafts of one person; badges of one file.
MOST_WAITING, MOST_IN_FILE = 60, 20


@dataclass(frozen=True)
class Given:
    """A file, or a text that was typed or pasted. `label` names it to its person."""

    label: str
    content: bytes
    is_text: bool = False


@dataclass(frozen=True)
class Trouble:
    """What no draft was made of, and why."""

    given: Given
    sentence: str


@dataclass
class Reading:
    drafts: list[ImportDraft] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def read(*, given: Sequence[Given], user: User) -> Reading:
    """Judges every badge in what `user` gives and writes a draft of each; what cannot be read stops no other.

    Takes SECONDS at most for all: what is left then is told so.
    """
    reading, deadline = Reading(), Deadline(SECONDS)
    waiting = ImportDraft.objects.filter(user=user).count()
    for one in given:
        try:
            made = _read(one, user, deadline, room=MOST_WAITING - waiting)
        except Refusal as refusal:
            reading.troubles.append(Trouble(one, refusal.sentence))
        else:
            reading.drafts += made
            waiting += len(made)
    return reading


class Refusal(Exception):
    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


def _read(given: Given, user: User, deadline: Deadline, *, room: int) -> list[ImportDraft]:
    found = _found(given)
    if room < len(found):
        raise Refusal(_("Too many badges wait below. Keep or discard some, then give this one again."))
    drafts = [_draft(one, given, user, deadline, alone=len(found) == 1) for one in found]
    with transaction.atomic():
        for draft in drafts:
            # Given twice, it is one.
            ImportDraft.objects.filter(user=user, sha256=draft.sha256, iri=draft.iri).delete()
            draft.save()
    return drafts


def _found(given: Given) -> list[Found]:
    try:
        return containers.find(given.content)[:MOST_IN_FILE]
    except FormatError as error:
        raise Refusal(sentence(error.code, error.params)) from error


def _original(given: Given, found: Found, report: Report, *, alone: bool) -> bytes:
    """The bytes to keep: all that was given; what answered at an address; of several badges in a file, its text."""
    if alone and found.container != "address":
        return given.content
    text = found.text.encode()
    return (_answered(report) or text) if found.kind is Kind.ADDRESS else text


def _draft(found: Found, given: Given, user: User, deadline: Deadline, *, alone: bool) -> ImportDraft:
    """Raises Refusal for what has no facts to be looked at, and for a badge of this site."""
    source = found.text if found.kind is Kind.ADDRESS else ""
    if ours.is_ours(source):
        raise Refusal(ours.told(source, user))
    report = _judged(found, deadline)
    if report.facts is None:
        raise Refusal(shown.trouble(report) or str(shown.meaning(report.verdict)))
    if ours.claims_us(report.facts):
        raise Refusal(ours.told(report.facts.id, user))
    original = _original(given, found, report, alone=alone)
    return ImportDraft(
        user=user,
        label=clean(given.label)[:200],
        original=original,
        container=containers.find(original)[0].container,
        sha256=sha256(original).hexdigest(),
        source=source[:1_000],
        iri=known.key(report.facts) if known.can_be_named(report.facts) else "",
        verdict=report.verdict,
        copies=store.copies(report),
        report={
            **store.dump(report),
            "picture": _preview(report.facts, original, deadline),
            "written": written(original),
        },
    )


def _judged(found: Found, deadline: Deadline) -> Report:
    left = _left(deadline)
    if left < SECONDS_LEAST:
        raise Refusal(_("There was no time left to read it: the others took it. Give it again."))
    try:
        with Turn(Network(seconds=min(SECONDS_EACH, left))) as network:
            return judge_found(found, documents=Ours(network))
    except Busy as busy:
        raise Refusal(crowded()) from busy


def _preview(facts: Facts, original: bytes, deadline: Deadline) -> str:
    """A drawing made to cost takes its whole time: without enough left, or with too many who draw at this moment, a
    neutral picture stands in its place."""
    if _left(deadline) <= images.DRAWING_SECONDS:
        return ""
    with Turn(Files({})) as turn:
        return pictures.preview(facts.image, original) if turn.begin() else ""


def _left(deadline: Deadline) -> float:
    try:
        return deadline.left()
    except TimeoutError:
        return 0.0


def crowded() -> str:
    return _("Many badges are being verified at this moment. Try again in a minute.")


def _answered(report: Report) -> bytes:
    """The badge as its address gave it: the first document read in which one is found."""
    for content in report.copies.values():
        try:
            if containers.find(content)[0].kind is not Kind.ADDRESS:
                return content
        except FormatError:
            continue
    return b""
