"""What the demonstration shows, read from the TOML files and pictures beside this module."""

import tomllib
from importlib.resources import files
from typing import Any

from django.utils.text import slugify

_HERE = files("home.demonstration")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def picture(slug: str) -> bytes:
    return (_HERE / "images" / f"{slug}.png").read_bytes()


def address(first: str, last: str, domain: str = "exemple.fr") -> str:
    return f"{slugify(first)}.{slugify(last)}@{domain}"
