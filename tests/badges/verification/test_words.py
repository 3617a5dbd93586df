"""Every code has one sentence, whose gaps are filled: nothing that is judged ends without its words."""

import pkgutil
from collections import Counter
from importlib import import_module

import pytest

from badges.verification import words
from badges.verification.judge import judge
from badges.verification.ours import Ours
from badges.verification.sources import Files
from tests.code import ROOT

VECTORS = ROOT / "tests" / "vectors"
CONTAINERS = {".json", ".jwt", ".png", ".svg", ".jws", ".txt"}


def test_a_code_has_one_sentence():
    modules = [
        import_module(f"{words.__name__}.{found.name}") for found in pkgutil.iter_modules(words.__path__)
    ]
    codes = Counter(code for module in modules for code in getattr(module, "SENTENCES", {}))

    assert [code for code, times in codes.items() if times > 1] == []
    assert set(words.SENTENCES) == set(codes)


@pytest.mark.parametrize("folder", sorted(path.name for path in VECTORS.iterdir() if path.is_dir()))
@pytest.mark.django_db
def test_whatever_is_judged_every_check_has_its_sentence(folder):
    files = [path for path in sorted((VECTORS / folder).rglob("*")) if path.suffix in CONTAINERS]

    assert files
    for path in files:
        report = judge(path.read_bytes(), documents=Ours(Files({})))
        assert report.checks
        assert all("%(" not in words.message(check) for check in report.checks), path
