"""Whatever other people made, good or bad, becomes a draft or a sentence, and the page shows it."""

import pytest

from badges.formats.report import Verdict
from badges.models import Assertion, ImportDraft
from badges.services.imports import keep as keeping
from badges.services.imports import read as reading
from badges.services.imports.read import Given, read
from tests.code import ROOT

pytestmark = pytest.mark.django_db
VECTORS = ROOT / "tests" / "vectors"
FILES = sorted(
    path
    for path in VECTORS.rglob("*")
    if path.suffix in {".png", ".svg", ".pdf", ".json", ".jwt", ".jws", ".txt"}
)


def test_every_published_badge_is_looked_at_and_none_of_them_is_alices(web, alice, signed_in, monkeypatch):
    monkeypatch.setattr(reading, "MOST_WAITING", 10_000)
    monkeypatch.setattr(reading, "SECONDS", 600.0)
    given = [Given(path.name, path.read_bytes()) for path in FILES]

    found = read(given=given, user=alice)

    assert len(FILES) > 100
    assert all(trouble.sentence for trouble in found.troubles)
    assert {draft.verdict for draft in ImportDraft.objects.all()} <= set(Verdict)
    assert signed_in(alice).get("/badges/importer/").status_code == 200
    assert keeping.keep_all(user=alice).kept == 0
    assert not Assertion.objects.exists()
