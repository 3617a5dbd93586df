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
        "hotmail.gr",
        "yahoo.gr",
    ]
)
MISSPELT = {
    "gmail.fr": "gmail.com", "gmail": "gmail.com", "gmaill.fr": "gmail.com", "gamil.fr": "gmail.com",
    "gmial.fr": "gmail.com", "laposte.fr": "laposte.net", "laposte.com": "laposte.net", "icloud.fr": "icloud.com",
    "protonmail.fr": "protonmail.com", "orange.com.fr": "orange.fr", "frre.fr": "free.fr", "wanadoo.com": "wanadoo.fr",
}  # fmt: skip
WRONG_ENDINGS = {
    "com": ("con", "co", "cm", "om", "cmo", "ocm", "comm", "coom", "xom", "vom", "cim", "con.fr", "com.fr"),
    "fr": ("f", "r", "ft", "fe", "fd", "rf", "frr", "ffr", "gr", "fr.fr"),
    "net": ("ne", "nt", "ner", "ney", "nte", "nett"),
}


def proposal(address: str) -> str:
    """The address that was probably meant; empty when nothing looks odd. `address` is folded."""
    local, _at, domain = address.rpartition("@")
    meant = _meant(domain)
    return f"{local}@{meant}" if meant else ""


@cache
def _slips() -> dict[str, str]:
    """Every domain one slip away from a guarded one: a letter lost, added, swapped or replaced, or an odd ending."""
    slips: dict[str, str] = {}
    for domain in GUARDED:
        name, _dot, ending = domain.rpartition(".")
        candidates = [f"{wrong}.{ending}" for wrong in _one_away(name)]
        candidates += [f"{name}.{wrong}" for wrong in WRONG_ENDINGS[ending]]
        for candidate in candidates:
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
