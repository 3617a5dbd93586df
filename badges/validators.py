import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COUNTRY = re.compile(r"^[A-Z]{2}$")


def country_code(value: str) -> None:
    if not COUNTRY.match(value):
        raise ValidationError(_("Two capital letters, as in FR."))


def sender_name(value: str) -> None:
    """A name that stands before our address in a mail must not look like an address itself."""
    if any(sign in value for sign in "@<>"):
        raise ValidationError(_("A name has none of the signs @, < and >."))
