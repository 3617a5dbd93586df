"""Domains that are nearly those of large mail providers: « gmial.com »."""

from functools import cache

KNOWN = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.fr",
        "outlook.com",
        "outlook.fr",
        "live.com",
        "live.fr",
        "msn.com",
        "yahoo.com",
        "yahoo.fr",
        "ymail.com",
        "orange.fr",
        "wanadoo.fr",
        "free.fr",
        "sfr.fr",
        "neuf.fr",
        "numericable.fr",
        "bbox.fr",
        "laposte.net",
        "icloud.com",
        "me.com",
        "mac.com",
        "protonmail.com",
        "proton.me",
        "gmx.com",
        "gmx.fr",
        "gmx.de",
        "aol.com",
        "aliceadsl.fr",
        "club-internet.fr",
        "cegetel.net",
    ]
)
# Names that are long enough for one slip to be told from another name.
GUARDED = [
    "gmail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "yahoo.com", "yahoo.fr", "orange.fr",
    "wanadoo.fr", "laposte.net", "icloud.com", "protonmail.com",
]  # fmt: skip
# Real domains that are one slip away from a guarded one, and frequent slips that are more than one away.
REAL = frozenset(
    [
        "mail.com",
        "email.com",
        "ymail.com",
        "yahoo.ca",
        "yahoo.de",
        "yahoo.es",
        "yahoo.it",
        "hotmail.de",
        "hotmail.it",
        "hotmail.es",
    ]
)
MISSPELT = {
    "gmail.fr": "gmail.com", "gmail.con": "gmail.com", "gmail.co": "gmail.com", "gmail.cm": "gmail.com",
    "gmail": "gmail.com", "gmaill.fr": "gmail.com", "gamil.fr": "gmail.com", "hotmial.fr": "hotmail.fr",
    "hotmail.con": "hotmail.com", "laposte.fr": "laposte.net", "outlook.con": "outlook.com", "icloud.fr": "icloud.com",
    "orange.com.fr": "orange.fr", "wandoo.fr": "wanadoo.fr", "yahoo.con": "yahoo.com", "frre.fr": "free.fr",
}  # fmt: skip


def proposal(address: str) -> str:
    """The address that was probably meant; empty when nothing looks odd. `address` is folded."""
    local, _at, domain = address.rpartition("@")
    meant = _meant(domain)
    return f"{local}@{meant}" if meant else ""


@cache
def _slips() -> dict[str, str]:
    """Every domain one slip away from a guarded one: a letter twice, lost, doubled, swapped or replaced in its name."""
    slips: dict[str, str] = {}
    for domain in GUARDED:
        name, _dot, ending = domain.rpartition(".")
        for wrong in _one_away(name):
            candidate = f"{wrong}.{ending}"
            if candidate not in KNOWN and candidate not in REAL:
                slips.setdefault(candidate, domain)
    return slips


def _one_away(name: str) -> set[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    cuts = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    lost = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    replaced = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    added = {left + letter + right for left, right in cuts for letter in letters}
    return {wrong for wrong in lost | swapped | replaced | added if wrong and wrong[0] == name[0]} - {name}


def _meant(domain: str) -> str:
    if domain in KNOWN:
        return ""
    return MISSPELT.get(domain) or _slips().get(domain, "")
