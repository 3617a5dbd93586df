"""Where returned mail is read: a folder, a file, a server. What was read is marked when it was written, not before."""

import imaplib
import mailbox
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

TIMEOUT = 30


class Mailbox(Protocol):
    def unread(self) -> Iterator[tuple[str, bytes]]:
        """Each mail that nobody has read, and its name for `mark`."""

    def mark(self, name: str) -> None:
        """This mail is done with."""


class Pipe:
    """One mail that the mail server hands over."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def unread(self) -> Iterator[tuple[str, bytes]]:
        yield "", self.raw

    def mark(self, name: str) -> None:
        pass


class Folder:
    """A Maildir."""

    def __init__(self, box: mailbox.Maildir) -> None:
        self.box = box

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for key in sorted(self.box.keys()):
            if "S" not in self.box.get_message(key).get_flags():
                yield key, self.box.get_bytes(key)

    def mark(self, name: str) -> None:
        mail = self.box.get_message(name)
        mail.set_subdir("cur")
        mail.add_flag("S")
        self.box[name] = mail


class File:
    """An mbox."""

    def __init__(self, box: mailbox.mbox) -> None:
        self.box = box

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for key in self.box.keys():  # noqa: SIM118 - a mailbox iterates over its mails
            if "R" not in self.box.get_message(key).get_flags():
                yield str(key), self.box.get_bytes(key)

    def mark(self, name: str) -> None:
        mail = self.box.get_message(name_to_key(name))
        mail.add_flag("R")
        self.box[name_to_key(name)] = mail


def name_to_key(name: str) -> str:
    # The module types its keys as text, but those of an mbox are numbers.
    return int(name)  # type: ignore[return-value]


class Server:
    """A folder of an IMAP server."""

    def __init__(self, connection: imaplib.IMAP4) -> None:
        self.connection = connection

    def unread(self) -> Iterator[tuple[str, bytes]]:
        for uid in _ok(self.connection.uid("SEARCH", "UNSEEN"))[0].split():
            for answer in _ok(self.connection.uid("FETCH", uid.decode(), "(BODY.PEEK[])")):
                if isinstance(answer, tuple):
                    yield uid.decode(), answer[1]

    def mark(self, name: str) -> None:
        _ok(self.connection.uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)"))


@contextmanager
def at_path(path: Path) -> Iterator[Mailbox]:
    """A Maildir or an mbox, which is kept from its mail server meanwhile."""
    if path.is_dir():
        yield Folder(mailbox.Maildir(path, factory=None, create=False))
        return
    box = mailbox.mbox(path, factory=None, create=False)
    box.lock()
    try:
        yield File(box)
    finally:
        box.flush()
        box.close()


@contextmanager
def at_url(url: str) -> Iterator[Mailbox]:
    """imaps://user:password@host/folder; imap:// without encryption, for a server on the same machine."""
    parts = urlsplit(url)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    connection = kind(parts.hostname or "", port, timeout=TIMEOUT)
    try:
        connection.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        _ok(connection.select(f'"{folder}"'))
        yield Server(connection)
    finally:
        _leave(connection)


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (OSError, imaplib.IMAP4.error):
        connection.shutdown()


def _ok(answer: tuple[str, list]) -> list:
    status, data = answer
    if status != "OK":
        raise imaplib.IMAP4.error(str(data))
    return data
