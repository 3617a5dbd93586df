"""Proves that locale/ holds what code and templates say, no more and no less, and is compiled.

Works on a copy: `makemessages` also moves headers and line numbers, which are of no interest here.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import allauth
import django
import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
NOT_SOURCE = shutil.ignore_patterns(".*", "var", "tests", "__pycache__", "*.mo")
Key = tuple[str, str]


def entries(path: Path) -> dict[Key, polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path))}


def live(path: Path) -> set[Key]:
    return {key for key, entry in entries(path).items() if not entry.obsolete}


def overridable() -> set[Key]:
    """What dependencies say: an entry of ours may replace theirs."""
    found: set[Key] = set()
    for package in (allauth, django):
        for path in Path(package.__file__).parent.rglob("locale/fr/LC_MESSAGES/django.po"):
            found |= live(path)
    return found


def extracted() -> set[Key]:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".*", "var", "tests", "__pycache__", "*.mo")
        )
        command = ["manage.py", "makemessages", "--locale=fr", "--no-obsolete", "--verbosity=0"]
        subprocess.run([sys.executable, *command], cwd=copy, check=True)  # noqa: S603
        return live(copy / CATALOGUE)


def texts(entry: polib.POEntry) -> tuple[str, dict[int, str]]:
    return entry.msgstr, entry.msgstr_plural


def problems() -> list[str]:
    catalogue = {key: entry for key, entry in entries(ROOT / CATALOGUE).items() if not entry.obsolete}
    machine = polib.mofile(str((ROOT / CATALOGUE).with_suffix(".mo")))
    compiled = {(entry.msgctxt or "", entry.msgid): texts(entry) for entry in machine}
    said = extracted()
    verdicts = {
        "missing": said - set(catalogue),
        "unused": set(catalogue) - said - overridable(),
        "untranslated": {key for key, entry in catalogue.items() if not entry.translated()},
        "not compiled": {key for key, entry in catalogue.items() if compiled.get(key) != texts(entry)},
    }
    return [f"{verdict}: {msgid!r}" for verdict, keys in verdicts.items() for _, msgid in sorted(keys)]


found = problems()
print("\n".join(found))
sys.exit(bool(found))
