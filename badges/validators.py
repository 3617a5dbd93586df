import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

COUNTRY = re.compile(r"^[A-Z]{2}$")


def country_code(value: str) -> None:
    if not COUNTRY.match(value):
        raise ValidationError(_("Two capital letters, as in FR."))
