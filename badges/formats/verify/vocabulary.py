"""The words of Open Badges 2.0 and of the extensions that 1EdTech publishes, from the library's own folder."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

from badges.formats.reading.values import many, objects

FOLDER = Path(__file__).parent.parent / "data" / "ob2"
INDEX: dict[str, dict[str, str]] = json.loads((FOLDER / "index.json").read_bytes())
CONTEXT = "https://w3id.org/openbadges/v2"
PREFIX = "extensions:"
HOME = "https://w3id.org/openbadges/extensions/"
FORMER_HOME = "https://openbadgespec.org/extensions/"


def load(address: str) -> dict[str, Any]:
    """The document of an address of the index. Raises RuntimeError when the file is not the one whose sum is pinned."""
    entry = INDEX[address]
    content = (FOLDER / entry["file"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != entry["sha256"]:
        raise RuntimeError(f"{entry['file']} was changed")
    document: dict[str, Any] = json.loads(content)
    return document


@cache
def terms() -> dict[str, Any]:
    """The terms of Open Badges 2.0 with what each stands for."""
    found: dict[str, Any] = load(CONTEXT)["@context"]
    return found


@cache
def extensions() -> dict[str, str]:
    """The published extensions: name → the type that it gives to its nodes."""
    suffix = "/schema.json"
    names = [address.removeprefix(HOME).removesuffix(suffix) for address in INDEX if address.endswith(suffix)]
    return {name: _type_of(name) for name in sorted(names)}


def extension_of(context: str) -> str:
    """The published extension of which an address is the context, at its home or the former one; else empty."""
    for home in (HOME, FORMER_HOME):
        name = context.removeprefix(home).removesuffix("/context.json")
        if context == f"{home}{name}/context.json" and name in extensions():
            return name
    return ""


@cache
def extension_terms(name: str) -> dict[str, Any]:
    """The terms of a published extension with what each stands for."""
    found = [
        part for part in many(load(f"{HOME}{name}/context.json").get("@context")) if isinstance(part, dict)
    ]
    return {term: meaning for part in found for term, meaning in part.items()}


@cache
def extension_schema(name: str) -> Validator:
    """What checks a node of a published extension."""
    document = load(f"{HOME}{name}/schema.json")
    # One of the published schemas lists its required properties among their definitions.
    usable = {key: value for key, value in document.get("properties", {}).items() if isinstance(value, dict)}
    whole = {**document, "properties": usable}
    return validator_for(whole)(whole)


def in_terms(extension: dict[str, Any], name: str) -> dict[str, Any]:
    """A node with the terms of an extension in the place of full addresses, as its schema expects (JSON-LD)."""
    known = extension_terms(name)
    short = {_full(known, meaning): term for term, meaning in known.items()}
    return {short.get(key, key): value for key, value in extension.items()}


def _full(known: dict[str, Any], meaning: Any) -> str:
    address = str(meaning.get("@id", "") if isinstance(meaning, dict) else meaning)
    prefix, colon, rest = address.partition(":")
    start = known.get(prefix)
    return f"{start}{rest}" if colon and isinstance(start, str) else address


def _type_of(name: str) -> str:
    document = load(f"{HOME}{name}/context.json")
    found = objects(document.get("obi:validation", document.get("validation")))
    named = [item.get("obi:validatesType", item.get("validatesType")) for item in found]
    return str(next(iter(named), "")).removeprefix(PREFIX)
