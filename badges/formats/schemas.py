"""1EdTech's JSON Schemas (draft 2019-09) of Open Badges 3.0, from the library's own folder: nothing is fetched."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft201909Validator, FormatChecker, ValidationError
from referencing import Registry

FOLDER = Path(__file__).parent / "data" / "schemas"
FILES = {
    "OpenBadgeCredential": "ob_v3p0_achievementcredential.canonical.json",
    "AchievementCredential": "ob_v3p0_achievementcredential.canonical.json",
    "EndorsementCredential": "ob_v3p0_endorsementcredential.canonical.json",
    "Profile": "ob_v3p0_profile.canonical.json",
}
# Where 1EdTech publishes them: what `credentialSchema` names.
PUBLISHED = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_{}_schema.json"
KNOWN = frozenset(
    map(
        PUBLISHED.format,
        (
            "achievementcredential",
            "endorsementcredential",
            "anyachievementcredential",
            "anyendorsementcredential",
        ),
    )
)
MOST = 20  # faults told
READ = 200  # faults looked at
ROUNDS = 6  # a list that is supplied lets what is in it be seen
V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
RENAMED = {"issuanceDate": "validFrom", "expirationDate": "validUntil"}
# RFC 3339, section 5.6; the calendar is the reader's matter.
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")

_formats = FormatChecker(formats=())


def check_credential(
    document: dict[str, Any], kind: str = "OpenBadgeCredential", *, strict: bool = False
) -> list[str]:
    """What a document does not keep of the schema of `kind` (a key of FILES): at most 20 lines such as
    "/credentialSubject/achievement/name required", a JSON Pointer (RFC 6901) and the keyword that does not hold.

    Unless `strict`, a single value is read where the schema asks for a list, as JSON-LD does, and a document of
    VCDM 1.1 under the names that VCDM 2.0 gives its members.
    """
    read = document if strict else _in_version_2(document)
    for _ in range(0 if strict else ROUNDS):
        single = list(_single_values(_errors(read, kind)))
        if not single:
            break
        read = _with_lists(read, single)
    return sorted({line for error in _errors(read, kind) for line in _told(error)})[:MOST]


def _errors(document: dict[str, Any], kind: str) -> list[ValidationError]:
    return list(islice(_validator(kind).iter_errors(document), READ))


def _single_values(errors: list[ValidationError]) -> Iterator[list[str | int]]:
    """The places where a list is asked for and a value stands, in the parts of a choice (`oneOf`) too."""
    for error in errors:
        if error.validator == "type" and error.validator_value == "array" and error.instance is not None:
            yield list(error.absolute_path)
        yield from _single_values(error.context or [])


def _with_lists(document: dict[str, Any], places: list[list[str | int]]) -> dict[str, Any]:
    copied = copy.deepcopy(document)
    for *path, last in sorted(places, key=len, reverse=True):
        holder: Any = copied
        for part in path:
            holder = holder[part]
        # The same place may be named by several parts of a choice.
        if not isinstance(holder[last], list):
            holder[last] = [holder[last]]
    return copied


@cache
def _validator(kind: str) -> Draft201909Validator:
    schema = json.loads((FOLDER / FILES[kind]).read_bytes())
    return Draft201909Validator(schema, registry=Registry(), format_checker=_formats)


@_formats.checks("date-time")
def _is_date_time(value: object) -> bool:
    return not isinstance(value, str) or DATE_TIME.fullmatch(value) is not None


@_formats.checks("date")
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or DATE.fullmatch(value) is not None


def _in_version_2(value: Any) -> Any:
    """OB 3.0 on VCDM 1.1 differs by its first context, the names of its dates and an `id` that may be missing."""
    if isinstance(value, list):
        return [_in_version_2(item) for item in value]
    if not isinstance(value, dict):
        return value
    read = {name: _in_version_2(item) for name, item in value.items()}
    contexts = read.get("@context")
    if not isinstance(contexts, list) or contexts[:1] != [V1]:
        return read
    renamed = {RENAMED.get(name, name): item for name, item in read.items()}
    return {"id": "urn:none", **renamed, "@context": [V2, *contexts[1:]]}


def _told(error: ValidationError) -> Iterator[str]:
    path = [str(part) for part in error.absolute_path]
    missing: list[str] = []
    if error.validator == "required":
        required, found = cast(list[str], error.validator_value), cast(dict[str, Any], error.instance)
        missing = [name for name in required if name not in found]
    for parts in [[*path, name] for name in missing] or [path]:
        pointer = "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
        yield f"{pointer[:200] or '/'} {error.validator}"
