"""The three accounts whose passwords are printed: made once, kept under the data folder (mode 600)."""

import json
import os
import secrets
from dataclasses import asdict, dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts.models import User
from home.demonstration import content

ROLES = ("administrator", "organiser", "member")
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Login:
    email: str
    password: str
    # Kept too, so that a later start sees at once whether the password is still the one that is printed.
    hash: str


def kept() -> dict[str, Login]:
    """The login of each role; the first call makes them."""
    file = settings.DATA_DIR / "secrets" / "demonstration.json"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_suffix(f".{os.getpid()}.part")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            json.dump({role: asdict(_new(role)) for role in ROLES}, handle, indent=2)
        draft.rename(file)  # complete or not there: a kill leaves no half file
    return {role: Login(**login) for role, login in json.loads(file.read_text(encoding="utf-8")).items()}


def addresses() -> list[str]:
    accounts = content.read("people")["accounts"]
    return [accounts[role]["email"] for role in ROLES]


def shown_password(login: Login) -> str:
    """The password of `login`, or that it works no longer."""
    user = User.objects.filter(email=login.email, is_active=True).first()
    if user is None:
        return _("(account deleted)")
    # The second test is slow: it is for a hash that Django has renewed.
    unchanged = user.password == login.hash or user.check_password(login.password)
    return login.password if unchanged else _("(changed since)")


def _new(role: str) -> Login:
    password = "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))
    email = content.read("people")["accounts"][role]["email"]
    return Login(email, password, make_password(password))
