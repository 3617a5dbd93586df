"""One form for every way to write the same document: RDFC-1.0 for JSON-LD, JCS (RFC 8785) for plain JSON.

What would not be signed is refused: terms and identifiers that JSON-LD processing drops without a word.
"""

import copy
import re
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import rfc8785
from cachetools import LRUCache
from frozendict import frozendict
from pyld import canon, context_resolver, identifier_issuer, jsonld

from badges.formats import contexts, jsons
from badges.formats.errors import FormatError

# Work that a document may ask for. A full credential takes a tenth of it; a poison graph would take hours.
WORK = 20_000  # blank nodes looked at and identifiers copied by Hash N-Degree Quads (RDFC-1.0, section 4.8)
CALLS = 500  # of that algorithm
CONTEXTS = 300  # contexts made active that no document had asked for in this order before
COMPARISONS = 500_000  # of the values of one property of one node with each other
BLANKS = 2_000
# What N-Quads allows between < and > (grammar: IRIREF), with a scheme.
ABSOLUTE = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]*')
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
# A base of which no document knows: an identifier that begins with it was relative.
RELATIVE = "x-relative:"
BASE = f"{RELATIVE}//x/"
CREDENTIALS = "https://www.w3.org/2018/credentials#"
# Keywords of JSON-LD that a credential may use under their own name (VCDM 2.0, section 11.1). `@direction` is not one:
# RDF has no place for it, so that it would not be signed.
KEYWORDS = {"@context", "@value", "@language"}


def nquads(document: dict[str, Any]) -> str:
    """The canonical N-Quads (RDFC-1.0 with SHA-256) of a JSON-LD document whose contexts are in the library's folder.

    Raises FormatError: context-unknown, context-inline (a context written in the document itself), term-dropped (a
    term that no context defines), term-disguised (a term under another name than its own), identifier-relative,
    json-text, graph-too-hard, document-not-jsonld.
    """
    _plain(document)
    try:
        with _processing:
            dataset = _Processor().to_rdf(document, OPTIONS)
        return _Canonicaliser().main(dataset, {"format": "application/n-quads"})
    except FormatError:
        raise
    except (jsonld.JsonLdError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # PyLD trusts the shape of what it is given: a hostile one meets errors of any of these kinds.
        raise FormatError("document-not-jsonld") from error


def canonise_nquads(text: str) -> str:
    """The canonical form (RDFC-1.0 with SHA-256) of an RDF dataset in N-Quads. Raises FormatError: graph-too-hard."""
    return _Canonicaliser().main(canon.parse_nquads(text), {"format": "application/n-quads"})


def jcs(value: Any) -> bytes:
    """The canonical JSON (RFC 8785) of a value. Raises FormatError: json-number for an integer beyond 2^53 - 1."""
    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise FormatError("json-number") from error


def _plain(value: Any) -> None:
    """Contexts by address only; every term under its plain name.

    The same graph can be written with full IRIs or keywords, so that a reader of plain JSON no longer sees its
    expiry; and an own context can give terms another meaning.
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key in part:
                if ":" in key or (key.startswith("@") and key not in KEYWORDS):
                    raise FormatError("term-disguised", term=key[:100])
            if "@context" in part:
                _check_contexts(part["@context"])
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def _check_contexts(given: Any) -> None:
    addresses = given if isinstance(given, list) else [given]
    if not addresses:
        raise FormatError("document-not-jsonld")
    for address in addresses:
        if not isinstance(address, str):
            raise FormatError("context-inline")
        contexts.load(address)


def _load(address: str, _options: dict[str, Any]) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": copy.deepcopy(contexts.load(address)),
        "tag": "static",
    }


# Processed contexts, kept for the next document; the lock keeps them, and what PyLD keeps itself, to one thread.
_processing = threading.Lock()
_resolver = context_resolver.ContextResolver(
    LRUCache(maxsize=200), _load, max_context_urls=len(contexts.KNOWN)
)
OPTIONS = {"base": BASE, "contextResolver": _resolver, "documentLoader": _load}
# (active context, local context, options) → what is active then, with both contexts so that their ids stay theirs.
_active: LRUCache[tuple[Any, ...], tuple[Any, ...]] = LRUCache(maxsize=400)


class _Processor(jsonld.JsonLdProcessor):
    """PyLD's, strict and bounded; it remembers the contexts of types too, which PyLD works out for every node."""

    def __init__(self) -> None:
        super().__init__(on_property_dropped=_refuse)
        self.activations = 0

    def expand(self, input_: Any, options: dict[str, Any]) -> list[Any]:
        expanded = super().expand(input_, options)
        _check_graph(expanded)
        return expanded

    def _process_context(
        self, active_ctx: Any, local_ctx: Any, options: Any, override_protected: bool = False,
        propagate: bool = True, **rest: Any,
    ) -> Any:  # fmt: skip
        if not isinstance(active_ctx, frozendict):  # still being built
            return super()._process_context(
                active_ctx, local_ctx, options, override_protected, propagate, **rest
            )
        # The document's own is a list of addresses, anew each time.
        local = tuple(local_ctx) if isinstance(local_ctx, list) else local_ctx
        key = (
            id(active_ctx),
            local if isinstance(local, tuple | str) else id(local),
            override_protected,
            propagate,
        )
        if key not in _active:
            self.activations += 1
            if self.activations > CONTEXTS:
                raise FormatError("graph-too-hard")
            made = super()._process_context(
                active_ctx, local_ctx, options, override_protected, propagate, **rest
            )
            _active[key] = (made, active_ctx, local_ctx)
        return _active[key][0]


def _refuse(term: str | None) -> None:
    raise FormatError("term-dropped", term=(term or "@")[:100])


def _check_graph(expanded: list[Any]) -> None:
    """Whatever would be left out of the graph, would break its writing, or takes too long is refused."""
    root = expanded[0].get("@id") if expanded else None
    values: Counter[tuple[Any, str]] = Counter()
    blanks = 0
    waiting = list(expanded)
    while waiting:
        node = waiting.pop()
        name = node.get("@id", id(node))
        blanks += "@value" not in node and not ABSOLUTE.fullmatch(str(name))
        if name == root and node is not expanded[0]:
            _check_other_place(node)
        for key, value in node.items():
            _check_member(key, value)
            items = value if isinstance(value, list) else [value]
            values[name, key] += len(items)
            waiting.extend(item for item in items if isinstance(item, dict))
    if blanks > BLANKS or sum(count * count for count in values.values()) > COMPARISONS:
        raise FormatError("graph-too-hard")


def _check_other_place(node: dict[str, Any]) -> None:
    """What a credential says of itself stands at its top, where readers look, not where it is mentioned again."""
    for key in node:
        if key.startswith(CREDENTIALS):
            raise FormatError("term-disguised", term=key.removeprefix(CREDENTIALS)[:100])


def _check_member(key: str, value: Any) -> None:
    if key in {"@id", "@type"}:
        for address in value if isinstance(value, list) else [value]:
            if address.startswith(RELATIVE) or not (
                ABSOLUTE.fullmatch(address) or address.startswith("_:") or address == "@json"
            ):
                raise FormatError("identifier-relative", identifier=address.removeprefix(BASE)[:100])
    elif key == "@language":
        if not LANGUAGE.fullmatch(value):
            raise FormatError("document-not-jsonld")
    elif key == "@value":
        if any(jsons.REFUSED.search(string) for string in jsons.strings(value)):
            raise FormatError("json-text")
    elif not key.startswith("@") and not ABSOLUTE.fullmatch(key):
        raise FormatError("term-dropped", term=key[:100])


class _Issuer(identifier_issuer.IdentifierIssuer):
    """PyLD's, whose copies are counted: there is one for each permutation that is tried."""

    def __init__(self, given: Any, spend: Callable[[int], None]) -> None:
        self.prefix, self.counter = given.prefix, given.counter
        self.existing, self.order = dict(given.existing), list(given.order)
        self.spend = spend

    def __deepcopy__(self, _memo: Any) -> "_Issuer":
        self.spend(1 + len(self.order) // 10)
        return _Issuer(self, self.spend)


class _Canonicaliser(canon.URDNA2015):
    """PyLD's algorithm, which is RDFC-1.0 but for control characters, with a limit to the work."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = 0
        self.work = 0

    def spend(self, work: int) -> None:
        self.work += work
        if self.work > WORK or self.calls > CALLS:
            raise FormatError("graph-too-hard")

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:
        self.calls += 1
        self.spend(1)
        counted = issuer if isinstance(issuer, _Issuer) else _Issuer(issuer, self.spend)
        return super().hash_n_degree_quads(id_, counted)

    def hash_related_blank_node(self, related: str, quad: Any, issuer: Any, position: str) -> str:
        self.spend(1)
        digest: str = super().hash_related_blank_node(related, quad, issuer, position)
        return digest
