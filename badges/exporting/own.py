"""What a holder has written on their badges, in the archive that is theirs alone."""

import json
from collections.abc import Iterator
from typing import Any

from accounts.models import User
from badges.models import Assertion
from badges.registry import ExportedFile


def files(user: User) -> Iterator[ExportedFile]:
    """One file: tags, note, what was put away and the holder's evidence, of the badges that have any of it."""
    held = Assertion.objects.held_by(user).select_related("badge_class", "version").order_by("pk")
    rows = held.prefetch_related("tags", "holder_evidence__file")
    if said := [words for words in map(_words, rows) if len(words) > 2]:
        yield ExportedFile("mes-annotations.json", f"{json.dumps(said, ensure_ascii=False, indent=1)}\n")


def _words(assertion: Assertion) -> dict[str, Any]:
    words = {
        "badge": str(assertion.uid),
        "name": assertion.recognises.name,
        "tags": [tag.name for tag in assertion.tags.all()],
        "note": assertion.note,
        "archived_at": assertion.archived_at.isoformat() if assertion.archived_at else "",
        "evidence": [
            {
                "name": row.name,
                "narrative": row.narrative,
                "url": row.url,
                "file": row.file.name if row.file else "",
                "is_shown": row.is_shown,
            }
            for row in assertion.holder_evidence.all()
        ],
    }
    return {key: value for key, value in words.items() if value}
