import re
from importlib.resources import files

from django.conf import settings
from django.db import transaction

from accounts.enums import DocumentKind
from accounts.models import LegalDocument

# The words in italics of source.md: « to be completed », until SOURCE_URL says where the code is.
TO_BE_COMPLETED = re.compile(r"\*[^*]+\*")


@transaction.atomic
def publish_missing() -> list[LegalDocument]:
    """Publishes version 1, as this code brings it, of every kind of text that has none; the others stay as they are."""
    there = set(LegalDocument.objects.filter(language="fr").values_list("kind", flat=True))
    missing = [
        LegalDocument(kind=kind, language="fr", version=1, text=_brought(kind))
        for kind in DocumentKind.values
        if kind not in there
    ]
    # Two containers that start together publish the same text once.
    return LegalDocument.objects.bulk_create(missing, ignore_conflicts=True)


def _brought(kind: str) -> str:
    text = (files("accounts") / "texts" / f"{kind}.md").read_text(encoding="utf-8")
    if kind == DocumentKind.SOURCE and settings.SOURCE_URL:
        return TO_BE_COMPLETED.sub(lambda _words: f"<{settings.SOURCE_URL}>", text)
    return text
