"""Addresses of documents behind the pages whose addresses people paste (Credly, Badgr, Open Badge Factory, Moodle)."""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, quote

from badges.formats.reading import addresses

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
CREDLY = re.compile(rf"/badges/({UUID})(?:/\w+)?/?")
BADGR = re.compile(r"/public/assertions/([\w-]{10,64})(?:\.json)?/?")
FACTORY = re.compile(r"(/v1/assertion/[0-9a-f]{40})\.html")
MOODLE = re.compile(r"(.*/badges)/badge\.php")


def documents(address: str) -> list[str]:
    """Where the badge of a page may be had, best first; none for an address of no known kind of page."""
    parts = addresses.split(address)
    if parts is None:
        return []
    found = [place for rule in RULES for place in rule(parts)]
    return [place for place in found if place != address]


def _credly(parts: SplitResult) -> list[str]:
    match = CREDLY.fullmatch(parts.path.lower())
    if not match or parts.hostname not in ("www.credly.com", "credly.com", "www.youracclaim.com"):
        return []
    return [f"https://api.credly.com/v1/obi/v2/badge_assertions/{match[1]}"]


def _badgr(parts: SplitResult) -> list[str]:
    match = BADGR.fullmatch(parts.path)
    if not match:
        return []
    home = "api.badgr.io" if parts.hostname in ("badgr.com", "badgr.io", "app.badgr.io") else parts.netloc
    return [f"{parts.scheme}://{home}/public/assertions/{match[1]}"]


def _factory(parts: SplitResult) -> list[str]:
    match = FACTORY.fullmatch(parts.path)
    return [f"{parts.scheme}://{parts.netloc}{match[1]}"] if match else []


def _moodle(parts: SplitResult) -> list[str]:
    match, hashes = MOODLE.fullmatch(parts.path), parse_qs(parts.query).get("hash", [])
    if not match or not hashes:
        return []
    home, key = f"{parts.scheme}://{parts.netloc}{match[1]}", quote(hashes[0], safe="")
    return [f"{home}/{script}?b={key}&obversion=2" for script in ("assertion.php", "json/assertion.php")]


RULES: list[Callable[[SplitResult], list[str]]] = [_credly, _badgr, _factory, _moodle]
