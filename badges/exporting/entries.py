"""What the index of an archive says of each badge: a few words, so that a thousand of them weigh little."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from badges.exporting import documents, names
from badges.exporting.held import Files
from badges.models import Assertion
from badges.templatetags.awards import award_mrz
from badges.verification import shown, store

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST = 600
# Who reads each file.
READERS = {
    "ob2.png": _("picture for most platforms (Open Badges 2.0)"),
    "ob3.png": _("picture for recent wallets (Open Badges 3.0)"),
    "ob2.json": _("document that this site serves (2.0)"),
    "ob2.jws": _("signed token (2.0)"),
    "ob3.json": _("signed document (3.0)"),
    "ob3.jwt": _("signed token (3.0)"),
    "verification.json": _("last verification"),
}
ORIGINAL = _("original file")


@dataclass(frozen=True)
class File:
    """`opens` is false for what a browser had better not open: a drawing that a stranger made."""

    name: str
    path: str
    reader: "StrOrPromise"
    opens: bool


@dataclass(frozen=True)
class Checked:
    """What the last verification of a badge from elsewhere said."""

    verdict: str
    label: "StrOrPromise"
    meaning: "StrOrPromise"
    at: datetime
    unreachable_since: datetime | None
    site: str


@dataclass(frozen=True)
class Entry:
    """A held badge. `state`: revoked, expired or good, by what this site knows; `checked` only from elsewhere.

    `picture`: where its picture is, if the archive has it. `zone`: its machine-readable lines.
    """

    name: str
    description: str
    picture: str
    issuer: str
    recipient: str
    address: str
    code: str
    issued_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    reason: str
    visibility: str
    state: str
    checked: Checked | None
    files: list[File]
    zone: SafeString


def entry(assertion: Assertion, files: Files) -> Entry:
    said = assertion.recognises
    return Entry(
        name=said.name,
        description=Truncator(said.description).chars(LONGEST),
        picture=names.document(documents.picture(said.image)),
        issuer=assertion.badge_class.issuer.name,
        recipient=assertion.recipient_name,
        address=assertion.recipient_address,
        code=assertion.printed_code,
        issued_at=assertion.issued_at,
        expires_at=assertion.expires_at,
        revoked_at=assertion.revoked_at,
        reason=assertion.get_revocation_reason_display(),
        visibility=assertion.get_visibility_display(),
        state="revoked" if assertion.is_revoked else "expired" if assertion.is_expired else "good",
        checked=_checked(files),
        files=[_file(files, name) for name in files.names],
        zone=award_mrz(assertion),
    )


def _file(files: Files, name: str) -> File:
    is_drawing = name == "original.svg"
    return File(name, f"{files.folder}/{name}", READERS.get(name, ORIGINAL), not is_drawing)


def _checked(files: Files) -> Checked | None:
    imported = files.imported
    if imported is None:
        return None
    facts = store.load(imported.report).facts
    return Checked(
        verdict=imported.verdict,
        label=shown.word(imported.verdict),
        meaning=shown.meaning(imported.verdict),
        at=imported.verified_at,
        unreachable_since=imported.unreachable_since,
        site=shown.site(facts.issuer.id) if facts else "",
    )
