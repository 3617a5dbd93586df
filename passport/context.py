from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from passport.lib.counting import lengths
from passport.lib.registry import header_tools, tab_counters

# A larger number says no more.
MOST = 9


@dataclass(frozen=True)
class Tab:
    """A tab, or a tool: a link of the header with a number beside it."""

    key: str
    label: str
    url: str
    icon: str
    current: bool
    count: int = 0
    count_label: str = ""

    @property
    def short_count(self) -> str:
        return f"{MOST}+" if self.count > MOST else str(self.count)


@dataclass(frozen=True)
class Link:
    label: str
    url: str


def site(request: HttpRequest) -> dict:
    return {
        "site_name": settings.SITE_NAME,
        "tabs": _Lazy(lambda: _tabs(request)),
        "tools": _Lazy(lambda: _tools(request)),
        "footer_links": _Lazy(_footer),
    }


class _Lazy:
    """A list that is made when a template first walks it: pages without tabs pay no query for them."""

    def __init__(self, make):
        self._make = make

    def __iter__(self):
        if callable(self._make):
            self._items = self._make()
            self._make = None
        return iter(self._items)


def _tabs(request: HttpRequest) -> list[Tab]:
    if not hasattr(request, "user"):  # refused before anybody could sign in
        return []
    app = request.resolver_match.app_name if request.resolver_match else ""
    rows = [
        ("home", _("HOME"), "home:home" if request.user.is_authenticated else "home:welcome", "house"),
        ("badges", _("BADGES"), "badges:index", "award"),
        ("pages", _("PAGE"), "pages:index", "card-text"),
        ("gallery", _("GALLERY"), "gallery:badges", "grid"),
        ("connections", _("CONNECTIONS"), "connections:index", "people"),
    ]
    counts = _counts(request.user)
    return [
        _tab(request, key, label, reverse(name), icon, app, counts.get(key, 0))
        for key, label, name, icon in rows
    ]


def _counts(user: Any) -> dict[str, int]:
    counters = tab_counters if user.is_authenticated else {}
    return lengths(user, {key: counter.rows(user) for key, counter in counters.items()})


def _tab(request: HttpRequest, key: str, label: str, url: str, icon: str, app: str, count: int) -> Tab:
    current = app == key or getattr(request, "tab", "") == key
    words = tab_counters[key].words(count) if count else ""
    return Tab(key, label, url, icon, current, count, words)


def _tools(request: HttpRequest) -> list[Tab]:
    app = request.resolver_match.app_name if request.resolver_match else ""
    return [_tool(request.user, key, app) for key in header_tools]


def _tool(user, key: str, app: str) -> Tab:
    tool = header_tools[key]
    count = tool.count(user)
    words = tool.words(count) if count else ""
    return Tab(key, str(tool.label), reverse(tool.url_name), tool.icon, app == key, count, words)


def _footer() -> list[Link]:
    rows = [
        (_("Help"), "accounts:help"),
        (_("Verify a badge"), "badges:verify"),
        (_("Data protection statement"), "accounts:privacy_statement"),
        (_("Legal notice"), "accounts:legal_notice"),
        (_("Accessibility: partially compliant"), "accounts:accessibility"),
        (_("Source code"), "accounts:source"),
    ]
    return [Link(label, reverse(name)) for label, name in rows]
