"""This project's own verdict, on what the judges were given."""

from datetime import UTC, datetime

from badges.formats import containers, jsons
from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.formats.report import Verdict
from badges.formats.verify import verify
from tests.verifiers.judges import Documents


class Shelf:
    """Answers from the documents of a job; the rest of the world does not exist."""

    def __init__(self, documents: Documents):
        self.documents = documents

    def get(self, address: str, *, accept: str, limit: int) -> Answer:
        if address not in self.documents:
            raise Unreachable("fetch-no-answer", address=address)
        return self.documents[address]


def verdict(given: str | bytes | dict, documents: Documents) -> Verdict:
    text = jsons.write(given) if isinstance(given, dict) else given
    raw = text.encode() if isinstance(text, str) else text
    return verify(containers.find(raw)[0], documents=Shelf(documents), at=datetime.now(UTC)).verdict
