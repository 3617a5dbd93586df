from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def absolute(path: str) -> str:
    """`path` under SITE_URL: the only way a link leaves this site, in a mail, a badge or a share button."""
    return f"{settings.SITE_URL}{path}"


def safe_next(request: HttpRequest, default: str = "") -> str:
    """The `next` of a request when it stays on this host, else `default`."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Only paths: an absolute address of this host has no use in a form.
    return target if allowed and target.startswith("/") else default


def site_of(url: str) -> str:
    """The host of an address, as people call it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
