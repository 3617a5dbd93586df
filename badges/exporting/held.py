"""The files of one badge: of this site in every form, from elsewhere as it came."""

from dataclasses import dataclass, field

from badges import addresses, baking
from badges.exporting.archive import Archive
from badges.formats import jsons
from badges.models import Assertion, ImportedBadge

FORMS = [("png", "2"), ("png", "3"), ("json", "2"), ("jws", "2"), ("json", "3"), ("jwt", "3")]


@dataclass
class Files:
    """What is there of a badge, in its folder; what is from elsewhere has its last verification."""

    folder: str
    names: list[str] = field(default_factory=list)
    imported: ImportedBadge | None = None

    def put(self, archive: Archive, name: str, content: bytes | str, *addresses: str) -> None:
        archive.put(f"{self.folder}/{name}", content, *addresses)
        self.names.append(name)


def put(archive: Archive, assertion: Assertion, folder: str) -> Files:
    """Writes what its holder may download, the very bytes of the download."""
    files = Files(folder)
    if assertion.badge_class.issuer.is_here:
        _put_made(archive, assertion, files)
    else:
        _put_original(archive, assertion, files)
    return files


def _put_made(archive: Archive, assertion: Assertion, files: Files) -> None:
    public = assertion.is_public and not assertion.is_revoked
    answered = {
        ("json", "2"): addresses.assertion(assertion.uid),
        ("png", "2"): addresses.baked(assertion.uid, version=2),
        ("json", "3"): addresses.credential(assertion.uid),
    }
    for extension, version in FORMS:
        try:
            made = baking.file_of(
                assertion, assertion.documents, extension=extension, version=version, public=public
            )
            content = made.content()
        except baking.NoSuchFile:
            continue
        address = answered.get((extension, version)) if public else None
        files.put(archive, f"ob{version}.{extension}", content, *([address] if address else []))


def _put_original(archive: Archive, assertion: Assertion, files: Files) -> None:
    # One at a time: an original may weigh 5 MB, and what its issuer said as much.
    imported = ImportedBadge.objects.get(assertion=assertion)
    files.put(archive, f"original.{imported.container}", bytes(imported.original))
    files.put(archive, "verification.json", f"{jsons.write(_verified(imported))}\n")
    for address, text in imported.copies.items():
        archive.put_copy(address, text.encode(), imported.verified_at)
    imported.original, imported.copies = b"", {}
    files.imported = imported


def _verified(imported: ImportedBadge) -> dict:
    since = imported.unreachable_since
    return {
        "source": imported.source,
        "sha256": imported.sha256,
        "verdict": imported.verdict,
        "verified_at": imported.verified_at.isoformat(),
        "unreachable_since": since.isoformat() if since else None,
        **imported.report,
    }
