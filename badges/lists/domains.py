"""Domains that are nearly those of large mail providers: « gmial.com »."""

MISSPELT = {"gmial.com": "gmail.com"}


def proposal(address: str) -> str:
    """The address that was probably meant; empty when nothing looks odd. `address` is folded."""
    local, _at, domain = address.rpartition("@")
    return f"{local}@{MISSPELT[domain]}" if domain in MISSPELT else ""
