"""Reads the process environment. Refuses odd values with a sentence instead of guessing."""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,28}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def text(name: str, default: str = "") -> str:
    """The value of `name`, or the content of the file that `name_FILE` names (container secrets); empty is unset."""
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name) or default
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: {error}") from error


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "1" if default else "0").strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def number(name: str, default: int, *, minimum: int = 0) -> int:
    value = text(name, str(default)).strip()
    if not value.isascii() or not value.isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {minimum}, not {value!r}.")
    return int(value)


def numbers(name: str, default: str) -> list[int]:
    values = words(name, default)
    if not all(value.isascii() and value.isdigit() for value in values):
        raise ImproperlyConfigured(
            f"{name} must be whole numbers separated by commas, not {','.join(values)!r}."
        )
    return [int(value) for value in values]


def address(name: str) -> str:
    """An address to which a signature is added: its first part must leave room for it (RFC 5321: 64 characters)."""
    value = text(name).strip()
    if value and not ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(
            f"{name} must be a short plain address like returned@example.org, not {value!r}."
        )
    return value


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def kept_secret(name: str, folder: Path) -> str:
    """The secret `name`; when it is not given, one made once and kept in `folder` (mode 600)."""
    if given := text(name):
        return given
    file = folder / name.lower()
    if not file.exists():
        _make_secret(file)
    value = file.read_text(encoding="ascii").strip()
    if len(value) < 32:
        raise ImproperlyConfigured(f"{file} holds no usable secret: delete it to have one made again.")
    return value


def _make_secret(file: Path) -> None:
    """Written aside, then linked: of two processes that start together one wins, and none reads half a secret."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
