"""One verification on its way: what it was given, what it asked for, what it found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from badges.formats import jsons
from badges.formats.documents import Answer, Documents
from badges.formats.errors import FormatError, Unreachable
from badges.formats.reading import addresses
from badges.formats.report import Read, Report

# One badge asks for its own document, its class, issuer, key and list, and a few endorsements.
MOST_DOCUMENTS = 30
JSON = "application/ld+json, application/json;q=0.9"
DOCUMENT_BYTES = 1024 * 1024
TEXT_BYTES = 256 * 1024
# A list grows with every badge that its issuer revokes: room for 170,000 names, read in 0.2 s and 30 MB.
LIST_BYTES = 8 * 1024 * 1024
LIST_ENTRIES = 200_000


@dataclass
class Allowance:
    """What is left of the costly work (canonical graphs, a quarter of a second each) of one verification."""

    left: int = 6

    def spend(self) -> bool:
        """Whether one more may be done."""
        self.left -= 1
        return self.left >= 0


@dataclass
class Session:
    """`at` is the moment of the verdict; `recipients` are the identifiers of which one must be the badge's."""

    documents: Documents
    at: datetime
    recipients: Sequence[str]
    report: Report
    followed: int = 0
    graphs: Allowance = field(default_factory=Allowance)
    _answers: dict[str, Answer | Unreachable] = field(default_factory=dict)

    def fetch(self, address: str, *, accept: str = JSON, limit: int = DOCUMENT_BYTES) -> Answer:
        """What an http(s) address answers, whatever the status; asked once. Fragments stay here.

        Raises FormatError `address-refused` for what is no http(s) address, Unreachable when nothing comes.
        """
        target = address.partition("#")[0]
        if not addresses.is_web(target):
            raise FormatError("address-refused", address=addresses.shown(address))
        if target not in self._answers:
            self._answers[target] = self._ask(target, accept, limit)
        answer = self._answers[target]
        if isinstance(answer, Unreachable):
            raise answer
        return answer

    def fetch_text(
        self, address: str, *, accept: str = "text/plain", limit: int = TEXT_BYTES
    ) -> tuple[str, Answer]:
        """The text of a document that is there. Raises as `fetch`; Unreachable `answer-status` for other than 200."""
        answer = self.fetch(address, accept=accept, limit=limit)
        if answer.status != 200:
            raise Unreachable("answer-status", address=addresses.shown(address), status=str(answer.status))
        try:
            return answer.content.decode("utf-8-sig"), answer
        except UnicodeDecodeError:
            raise FormatError("answer-not-text", address=addresses.shown(address)) from None

    def fetch_json(self, address: str, *, accept: str = JSON) -> tuple[Any, Answer]:
        """A JSON document of at most 1 MB that is there, read strictly. Raises as `fetch_text` and `jsons.read`."""
        text, answer = self.fetch_text(address, accept=accept, limit=DOCUMENT_BYTES)
        return jsons.read(text, limit=DOCUMENT_BYTES), answer

    def fetch_list(self, address: str) -> tuple[Any, Answer]:
        """A JSON list of revoked badges of at most LIST_BYTES and LIST_ENTRIES. Raises as `fetch_json`."""
        text, answer = self.fetch_text(address, accept=JSON, limit=LIST_BYTES)
        return jsons.read(text, limit=LIST_BYTES, entries=LIST_ENTRIES), answer

    def plain(self, address: str) -> str:
        """The address by which a document was asked for or came without protection (http).

        Empty for https, and where the same address by https answers the same: many old badges say http by habit.
        """
        answer = self._answers.get(address.partition("#")[0])
        if not isinstance(answer, Answer):
            return ""
        plain = next((place for place in (address, answer.address) if addresses.is_plain(place)), "")
        return plain if plain and not self._is_confirmed(plain, answer) else ""

    def _is_confirmed(self, plain: str, answer: Answer) -> bool:
        secure = f"https{plain.partition('#')[0][len('http') :]}"
        try:
            other = self.fetch(secure, limit=LIST_BYTES)
        except Unreachable:
            return False
        stays = addresses.same_site(secure, other.address) and not addresses.is_plain(other.address)
        return stays and (other.status, other.content) == (answer.status, answer.content)

    def _ask(self, address: str, accept: str, limit: int) -> Answer | Unreachable:
        if len(self.report.reads) >= MOST_DOCUMENTS:
            return Unreachable("documents-too-many", address=addresses.shown(address))
        try:
            answer = self.documents.get(address, accept=accept, limit=limit)
        except Unreachable as silence:
            self.report.reads.append(Read(address, self.at, None, ""))
            return silence
        self.report.reads.append(Read(address, self.at, answer.status, sha256(answer.content).hexdigest()))
        if answer.status == 200:
            self.report.copies[address] = answer.content
        return answer
