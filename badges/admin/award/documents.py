"""What was signed for an award, as its organisers read it: their own list gave the address that is hashed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from badges import addresses
from badges.formats import jsons, jws
from badges.models import Assertion, BadgeVersion, SignedDocuments

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS = {
    "hosted": _("Open Badges 2.0, hosted"),
    "signed": _("Open Badges 2.0, signed (JWS)"),
    "credential": _("Open Badges 3.0, with its proof"),
    "token": _("Open Badges 3.0, signed (JWT)"),
}


@dataclass(frozen=True)
class Document:
    """`address` serves it while the award is shown to everybody; `key` is empty where the address is the proof."""

    name: str
    label: "StrPromise"
    text: str
    address: str
    key: str


@dataclass(frozen=True)
class Shown:
    documents: list[Document]
    signed_at: datetime
    version: BadgeVersion
    status_list: str
    status_index: int


def documents_of(assertion: Assertion) -> Shown | None:
    """What was signed, in one query; None for an award that is not signed yet. Writes nothing."""
    related = "assertion__version", "assertion__status_entry__status_list", "proof_key", "token_key"
    found = SignedDocuments.objects.select_related(*related).filter(assertion=assertion).first()
    version = found.assertion.version if found else None
    if found is None or version is None:
        return None
    entry = found.assertion.status_entry
    return Shown(
        documents=list(_each(found)),
        signed_at=found.signed_at,
        version=version,
        status_list=addresses.status_list(entry.status_list.uid),
        status_index=entry.index,
    )


def _each(found: SignedDocuments) -> Iterator[Document]:
    hosted = addresses.assertion(found.assertion.uid)
    credential = addresses.credential(found.assertion.uid)
    yield _document("hosted", found.hosted, hosted)
    yield _document("signed", found.signed, f"{hosted}.jws", _creator(found.signed))
    yield _document("credential", found.credential, credential, addresses.key(found.proof_key.uid))
    yield _document("token", found.token, f"{credential}.jwt", addresses.key(found.token_key.uid))


def _document(name: str, text: str, address: str, key: str = "") -> Document:
    return Document(name, LABELS[name], text, address, key)


def _creator(token: str) -> str:
    """The key that a 2.0 token names: after a change of keys it is another one than the 3.0 token's."""
    return jsons.read(jws.read(token).payload)["verification"]["creator"]
