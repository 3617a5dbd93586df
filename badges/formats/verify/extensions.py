"""Extensions of Open Badges 1.1 and 2.0: those published by 1EdTech are checked, others are kept and told."""

from collections.abc import Iterator
from typing import Any

from badges.formats.reading.addresses import shown
from badges.formats.reading.values import many, objects, types
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import vocabulary
from badges.formats.verify.session import Session

MOST = 20


def check(session: Session, document: dict[str, Any]) -> None:
    """Each extension of a document against its published schema (Open Badges 2.0, Extensions)."""
    around = [context for context in many(document.get("@context")) if isinstance(context, str)]
    found = [(name, value) for name, value in document.items() if name.startswith(vocabulary.PREFIX)]
    for name, value in found[:MOST]:
        for extension in objects(value, MOST):
            _check_one(session, name.removeprefix(vocabulary.PREFIX), extension, around)


def _check_one(session: Session, name: str, extension: dict[str, Any], around: list[str]) -> None:
    named = sorted(set(_named(name, extension, around)) & set(vocabulary.extensions()))
    if not named:
        session.report.unknown(CheckId.SHAPE, "extension-unknown", name=shown(name))
    for known in named:
        if vocabulary.extension_schema(known).is_valid(vocabulary.in_terms(extension, known)):
            session.report.good(CheckId.SHAPE, "extension-good", name=known)
        else:
            session.report.bad(CheckId.SHAPE, "extension-broken", Verdict.INVALID, name=known)


def _named(name: str, extension: dict[str, Any], around: list[str]) -> Iterator[str]:
    """The published extensions that a node names: by its types, its contexts, or its property under their context."""
    by_type = {type_: known for known, type_ in vocabulary.extensions().items()}
    for found in types(extension):
        yield by_type.get(found.rsplit("#", 1)[-1].removeprefix(vocabulary.PREFIX), "")
    own = [context for context in many(extension.get("@context")) if isinstance(context, str)]
    yield from map(vocabulary.extension_of, own)
    if not own:
        yield from {vocabulary.extension_of(context) for context in around} & {name}
