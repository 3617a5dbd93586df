"""A ZIP on its way: files as they come, and the file in which each address is answered."""

import json
from datetime import datetime
from typing import BinaryIO, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from badges.exporting import names

# What is compressed already.
DENSE = (".png", ".pdf")
READABLE = 0o644 << 16


class Archive:
    """`documents`: path by address, what `manage.py verify_badge --documents` reads. Files are written once each.

    As a context: the ZIP's own directory is written at its end.
    """

    def __init__(self, target: BinaryIO, *, at: datetime) -> None:
        self.documents: dict[str, str] = {}
        self._zip = ZipFile(target, "w")
        self._moment = timezone.localtime(at).timetuple()[:6]
        self._read_at: dict[str, datetime] = {}
        self._paths: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self._zip.close()

    def put(self, path: str, content: bytes | str, *addresses: str) -> None:
        """Writes a file, which is what each of `addresses` answers."""
        if path not in self._paths:
            self._paths.add(path)
            entry = ZipInfo(path, self._moment)
            entry.external_attr = READABLE
            entry.compress_type = ZIP_STORED if path.endswith(DENSE) else ZIP_DEFLATED
            self._zip.writestr(entry, content)
        self.documents |= dict.fromkeys(addresses, path)

    def put_copy(self, address: str, content: bytes, read_at: datetime) -> None:
        """Writes a document from elsewhere. Of several that an address has given, the newest is what it answers."""
        path = names.copy(address, content)
        newest = read_at >= self._read_at.get(address, read_at)
        self.put(path, content, *([address] if newest else []))
        if newest:
            self._read_at[address] = read_at

    def put_list(self) -> None:
        """Writes which file each address is answered by."""
        listed = json.dumps(dict(sorted(self.documents.items())), indent=1)
        self.put("documents.json", f"{listed}\n")
