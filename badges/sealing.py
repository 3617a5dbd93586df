"""Private keys at rest: encrypted with KEYS_SECRET, which is not in the database."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from badges.exceptions import NotPossible


class SecretLost(NotPossible):
    """KEYS_SECRET is not the one with which a key was sealed."""


def seal(private: bytes) -> bytes:
    return _box().encrypt(private)


def unseal(sealed: bytes) -> bytes:
    """What was sealed. Raises SecretLost."""
    try:
        return _box().decrypt(sealed)
    except InvalidToken as error:
        raise SecretLost(
            _(
                "KEYS_SECRET does not open the keys of this site. Give back the former one; if it is lost, make other "
                "keys with “manage.py rotate_keys”."
            )
        ) from error


def _box() -> Fernet:
    """The secret is long and random (environment.kept_secret): a plain hash makes a key of it."""
    key = hashlib.sha256(b"badges/signing-keys" + settings.KEYS_SECRET.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
