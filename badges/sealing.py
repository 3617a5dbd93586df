"""Private keys at rest: encrypted with KEYS_SECRET, which is not in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _


class SecretLost(Exception):
    """KEYS_SECRET is not the one with which a key was sealed. str() says what to do."""


def seal(private: bytes) -> bytes:
    return _box().encrypt(private)


def unseal(sealed: bytes) -> bytes:
    """What was sealed, with KEYS_SECRET or one of KEYS_SECRET_FALLBACKS. Raises SecretLost."""
    try:
        return _box().decrypt(bytes(sealed))
    except InvalidToken as error:
        raise SecretLost(
            _(
                "KEYS_SECRET does not open the keys of this site. Give back the former one, or add it to "
                "KEYS_SECRET_FALLBACKS."
            )
        ) from error


def _box() -> MultiFernet:
    secrets = [settings.KEYS_SECRET, *settings.KEYS_SECRET_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    """The secret is long and random (environment.kept_secret): a plain hash makes a key of it."""
    return hashlib.sha256(b"badges/signing-keys" + secret.encode()).digest()
