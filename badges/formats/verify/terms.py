"""Whether the words of a document of Open Badges 2.0 mean what the standard says (JSON-LD contexts)."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from badges.formats.reading.addresses import shown
from badges.formats.reading.values import types
from badges.formats.report import CheckId, Verdict
from badges.formats.verify import standards, vocabulary
from badges.formats.verify.session import Session

HARMLESS = {"@language"}
MOST = 100


def check(session: Session, document: dict[str, Any]) -> None:
    """Every context outside an extension is a known one, or a copy of what the known ones say."""
    for context in islice(_contexts(document), MOST):
        _check_one(session, context)


def _contexts(document: Any) -> Iterator[Any]:
    """Contexts at any depth; those of an extension bind nothing but itself."""
    if isinstance(document, list):
        for item in document:
            yield from _contexts(item)
    if isinstance(document, dict) and "Extension" not in types(document):
        found = document.get("@context", [])
        yield from found if isinstance(found, list) else [found]
        for name, value in document.items():
            if name != "@context" and not name.startswith(vocabulary.PREFIX):
                yield from _contexts(value)


def _check_one(session: Session, context: Any) -> None:
    report = session.report
    if isinstance(context, dict):
        strange = (term for term, meaning in context.items() if not _is_known(term, meaning))
        for term in islice(strange, MOST):
            report.bad(CheckId.FORMAT, "term-redefined", Verdict.INVALID, term=shown(term))
    elif not isinstance(context, str):
        report.bad(CheckId.FORMAT, "term-redefined", Verdict.INVALID, term=shown(context))
    elif context not in standards.V2 | standards.V1 and not vocabulary.extension_of(context):
        report.unknown(CheckId.FORMAT, "context-foreign", Verdict.UNVERIFIABLE, address=shown(context))


def _is_known(term: str, meaning: Any) -> bool:
    if term in HARMLESS:
        return isinstance(meaning, str)
    if term in vocabulary.terms():
        return bool(vocabulary.terms()[term] == meaning)
    return any(term in known and known[term] == meaning for known in _extensions())


def _extensions() -> list[dict[str, Any]]:
    return [vocabulary.extension_terms(name) for name in vocabulary.extensions()]
