"""Names of mails that only this site can give: Message-ID and return address, to recognise what comes back."""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNED = r"(?P<pk>[0-9]{1,18})\.(?P<mac>[0-9a-f]{24})"


def message_id(pk: int) -> str:
    """The same for every attempt, so that a mailbox recognises a repeat (RFC 5322, section 3.6.4)."""
    return f"<{pk}.{_mac('id', pk)}@{settings.SITE_HOST}>"


def return_address(pk: int) -> str:
    """Where a server sends back this mail (VERP), or nothing when the site reads no returned mail."""
    if not settings.BOUNCE_ADDRESS:
        return ""
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{pk}.{_mac('return', pk)}@{domain}"


def of_message_id(text: str) -> int | None:
    return _read("id", rf"<?{SIGNED}@{re.escape(settings.SITE_HOST)}>?", text)


def of_return_address(text: str) -> int | None:
    local, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    if not domain:
        return None
    return _read("return", rf"<?{re.escape(local)}\+{SIGNED}@{re.escape(domain)}>?", text)


def _read(salt: str, pattern: str, text: str) -> int | None:
    match = re.fullmatch(pattern, text.strip(), re.IGNORECASE)
    if match is None:
        return None
    pk, mac = int(match["pk"]), match["mac"].lower()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return pk if any(constant_time_compare(mac, _mac(salt, pk, key)) for key in keys) else None


def _mac(salt: str, pk: int, key: str | None = None) -> str:
    return salted_hmac(f"notifications.{salt}", str(pk), secret=key, algorithm="sha256").hexdigest()[:24]
