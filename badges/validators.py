import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from passport.lib.typography import CLOSING

COUNTRY = re.compile(r"^[A-Z]{2}$")
# What programs of mail make links of: an address with a scheme, and a bare domain, which an e-mail address is not.
_LINK = re.compile(
    r"[a-z][a-z0-9+.-]*://\S*|(?<![@\w.-])(?:[\w-]+\.)+[a-z]{2,6}\b(?![\w.-]*@)(?::\d+)?(?:[/?#]\S*)?",
    re.IGNORECASE,
)


def country_code(value: str) -> None:
    if not COUNTRY.match(value):
        raise ValidationError(_("Two capital letters, as in FR."))


def sender_name(value: str) -> None:
    """A name that stands before our address in a mail must not look like an address itself."""
    if any(sign in value for sign in "@<>"):
        raise ValidationError(_("A name has none of the signs @, < and >."))


def foreign_links(text: str, website: str) -> list[str]:
    """The links of a text that lead neither to `website` nor to this site.

    A mail of this site is believed: its text must not be a way to send people to any page there is.
    """
    own = {_host(website), _host(settings.SITE_URL)} - {""}
    return [link for link in _LINK.findall(text) if not _is_own(link.rstrip(CLOSING), own)]


def _is_own(link: str, own: set[str]) -> bool:
    scheme, found, _rest = link.partition("://")
    return (not found or scheme.lower() in {"http", "https"}) and _host(link) in own


def _host(address: str) -> str:
    """Compared as a whole: neither « amcsti.fr.elsewhere.org » nor « amcsti.fr@elsewhere.org » is home."""
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
