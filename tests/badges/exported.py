"""An archive of somebody's badges, as a stranger opens it: files alone, no database, no network."""

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

from badges.enums import Origin
from badges.exporting.export import export
from badges.formats.report import Report
from badges.models import ImportedBadge
from badges.verification.judge import judge
from badges.verification.sources import Files
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Opened:
    raw: bytes
    files: dict[str, bytes]

    @property
    def documents(self) -> dict[str, str]:
        return json.loads(self.files["documents.json"])

    @property
    def index(self) -> str:
        """Its page, as one line with plain spaces."""
        return " ".join(
            self.files["index.html"].decode().replace("\u202f", " ").replace("\u00a0", " ").split()
        )

    def of_badges(self, code: str = "") -> dict[str, bytes]:
        """The files of all badges, or of one, but reports."""
        return {
            name: content
            for name, content in self.files.items()
            if name.startswith("badges/") and f"{code}/" in name and not name.endswith("/verification.json")
        }


def exported(user, *, at: datetime = NOW) -> Opened:
    target = io.BytesIO()
    export(target, user=user, at=at)
    return opened(target.getvalue())


def opened(raw: bytes) -> Opened:
    with ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        return Opened(raw, {name: archive.read(name) for name in names})


def extracted(archive: Opened, folder: Path) -> Path:
    with ZipFile(io.BytesIO(archive.raw)) as files:
        files.extractall(folder)
    return folder


def verified(content: bytes, folder: Path, *recipients: str) -> Report:
    """The report on a file, by what was extracted into `folder` and by nothing else."""
    listed = json.loads((folder / "documents.json").read_bytes())
    files = Files({address: folder / path for address, path in listed.items()})
    return judge(content, documents=files, recipients=recipients)


def kept(user, *, container: str = "png", original: bytes = b"as it came", **fields) -> ImportedBadge:
    """A badge from elsewhere in `user`'s passport, as rows alone."""
    issuer = IssuerFactory(origin=Origin.CLAIMED, iri="https://badges.example/issuer", country="")
    badge_class = BadgeClassFactory(issuer=issuer, iri="https://badges.example/badge", name="Soudure")
    award = AssertionFactory(
        accepted=True,
        holder=user,
        badge_class=badge_class,
        recipient_address=user.email,
        recipient_name="Alice Martin",
    )
    row = {
        "iri": f"https://badges.example/{award.code}",
        "verdict": "authentic",
        "sha256": "ab" * 32,
    } | fields
    return ImportedBadge.objects.create(
        assertion=award, holder=user, container=container, original=original, **row
    )
