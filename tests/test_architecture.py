"""Arrows and doors: who may import, write, filter and read what. Each rule is seen to fail on a tiny breach."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.code import (
    APPS,
    ROOT,
    ROW,
    TEMPLATE_OWNERS,
    calls,
    imports,
    is_view,
    name,
    python_files,
    strings,
    templates,
    tree,
)

# A rule reads one file and yields its breaches: line and what is wrong.
Breach = tuple[int, str]
Rule = Callable[[str, ast.Module], Iterator[Breach]]
RANKS = {
    "enums": 0, "validators": 0, "exceptions": 0, "querysets": 1, "models": 2, "access": 3, "services": 3, "forms": 4,
    "views": 5, "admin": 6, "urls": 6,
}  # fmt: skip
NETWORK = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request", "socket"}
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
READERS = {"get", "getlist", "items", "values", "keys"}


def app_of(path: str) -> str:
    return path.partition("/")[0]


def may_use(app: str, other: str) -> bool:
    return other == app or ROW[other] > ROW[app]


def arrows(path: str, module: ast.Module) -> Iterator[Breach]:
    """A package imports only from lower rows, never from its own row's neighbours."""
    for line, dotted in imports(module):
        other = dotted.partition(".")[0]
        if other in ROW and not may_use(app_of(path), other):
            yield line, dotted
        if other == "tests":
            yield line, dotted


def inner_order(path: str, module: ast.Module) -> Iterator[Breach]:
    """Inside an app, what decides does not know what shows: models no services, services no views, nobody urls."""
    rank = RANKS.get(Path(path).parts[1].removesuffix(".py"))
    for line, dotted in imports(module, for_types=False):
        parts = dotted.split(".")
        other = RANKS.get(parts[1]) if parts[0] == app_of(path) and len(parts) > 1 else None
        if rank is not None and other is not None and other > rank:
            yield line, dotted


def network(path: str, module: ast.Module) -> Iterator[Breach]:
    """Outgoing HTTP goes through passport/lib."""
    if path.startswith("passport/lib/"):
        return
    for line, dotted in imports(module):
        if any(dotted == library or dotted.startswith(f"{library}.") for library in NETWORK):
            yield line, dotted


def signals(path: str, module: ast.Module) -> Iterator[Breach]:
    """No signal inside the product's own domain; glue to Django's and allauth's is in apps.py."""
    if path.endswith("/apps.py"):
        return
    for line, dotted in imports(module):
        if dotted == "django.dispatch" or dotted.startswith("django.dispatch."):
            yield line, dotted


def key_locks(path: str, module: ast.Module) -> Iterator[Breach]:
    """People are locked without their key: rows that point to them are written meanwhile, nobody waits in a ring."""
    for node, called in calls(module):
        if called != "select_for_update" or any(keyword.arg == "no_key" for keyword in node.keywords):
            continue
        if ast.unparse(node.func).partition(".")[0] in {"User", "Profile"}:
            yield node.lineno, ast.unparse(node.func)


def writes_in_views(path: str, module: ast.Module) -> Iterator[Breach]:
    """Writes live in services."""
    if not is_view(path):
        return
    for node, called in calls(module):
        if called in WRITES and isinstance(node.func, ast.Attribute):
            yield node.lineno, f".{called}("


def visibility(path: str, module: ast.Module) -> Iterator[Breach]:
    """Who may see what is decided by the methods of querysets.py alone."""
    if path.endswith("/querysets.py") or "/models/" in path:
        return
    for node, called in calls(module):
        if called in {"filter", "exclude", "get", "Q"}:
            for keyword in node.keywords:
                if (keyword.arg or "").split("__")[0] == "visibility" or "__visibility" in (
                    keyword.arg or ""
                ):
                    yield node.lineno, f"{called}({keyword.arg}="


def doors(path: str, module: ast.Module) -> Iterator[Breach]:
    """One door per object: access.py."""
    if path.endswith("/access.py"):
        return
    for node, called in calls(module):
        if called in {"get_object_or_404", "get_list_or_404"}:
            yield node.lineno, called


def raw_input(path: str, module: ast.Module) -> Iterator[Breach]:
    """Every input passes a form; `next` passes safe_next."""
    if Path(path).stem in {"forms", "filters"} or "/forms/" in path or path == "passport/lib/urls.py":
        return
    for node in ast.walk(module):
        value = getattr(node, "value", None)
        read = isinstance(node, ast.Subscript) or (isinstance(node, ast.Attribute) and node.attr in READERS)
        if read and isinstance(value, ast.Attribute) and value.attr in {"GET", "POST", "FILES"}:
            yield node.lineno, f"request.{value.attr}"


def template_names(path: str, module: ast.Module) -> Iterator[Breach]:
    """Code renders templates of its own app or of lower rows."""
    for line, text in strings(module):
        match = re.fullmatch(r"(\w+)/[\w/.-]+\.(?:html|txt)(?:#\w+)?", text)
        if match and not template_allowed(app_of(path), match[1]):
            yield line, text


def template_allowed(app: str, folder: str) -> bool:
    owner = TEMPLATE_OWNERS.get(folder, folder)
    return folder in {"layout", "components"} or (owner in ROW and may_use(app, owner))


RULES: list[Rule] = [
    arrows, inner_order, network, signals, key_locks, writes_in_views, visibility, doors, raw_input, template_names,
]  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_code_keeps(rule):
    files = python_files(migrations=True)

    assert len(files) > 50
    assert [
        f"{name(path)}:{line}: {what}" for path in files for line, what in rule(name(path), tree(path))
    ] == []


@pytest.mark.parametrize(
    "rule, path, source",
    [
        (arrows, "badges/models/x.py", "from gallery import querysets"),
        (arrows, "gallery/x.py", "import sharing.links"),
        (arrows, "accounts/x.py", "def late():\n    from badges.models import Assertion"),
        (arrows, "passport/x.py", "from accounts.models import User"),
        (arrows, "notifications/x.py", "import tests.factories"),
        (inner_order, "badges/models/x.py", "from badges.services.accept import accept"),
        (inner_order, "badges/services/x.py", "from badges import views"),
        (network, "badges/x.py", "import requests"),
        (network, "accounts/x.py", "from urllib.request import urlopen"),
        (signals, "badges/models/x.py", "from django.dispatch import receiver"),
        (key_locks, "badges/services/x.py", "User.objects.select_for_update().get(pk=1)"),
        (writes_in_views, "badges/views/x.py", "def view(request):\n    Assertion.objects.create()"),
        (writes_in_views, "home/views.py", "form.save()"),
        (visibility, "gallery/x.py", "badges.filter(visibility='public')"),
        (visibility, "gallery/x.py", "badges.exclude(assertions__visibility__in=[])"),
        (doors, "badges/views/x.py", "get_object_or_404(Assertion, uid=uid)"),
        (raw_input, "gallery/views/x.py", "request.GET['q']"),
        (raw_input, "gallery/views/x.py", "request.POST.get('q')"),
        (template_names, "badges/views/x.py", "render(request, 'gallery/badges.html')"),
    ],
)
def test_a_breach_is_seen(rule, path, source):
    assert len(list(rule(path, ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "rule, path, source",
    [
        (arrows, "gallery/x.py", "from badges.models import Assertion\nimport gallery.forms"),
        (inner_order, "accounts/querysets.py", "if TYPE_CHECKING:\n    from accounts.models import User"),
        (network, "passport/lib/fetch.py", "import requests"),
        (network, "badges/x.py", "from urllib.parse import urlencode"),
        (signals, "accounts/apps.py", "from django.dispatch import receiver"),
        (key_locks, "badges/services/x.py", "User.objects.select_for_update(no_key=True).get(pk=1)"),
        (visibility, "badges/querysets.py", "self.filter(visibility='public')"),
        (raw_input, "gallery/views/x.py", "Filters(request.GET)"),
        (template_names, "gallery/views/x.py", "render(request, 'badges/_medallion.html')"),
    ],
)
def test_what_is_allowed_passes(rule, path, source):
    assert list(rule(path, ast.parse(source))) == []


def test_every_app_has_its_row():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}

    assert packages == set(APPS)


def test_settings_and_urls_name_apps_as_strings():
    for path in (ROOT / "passport").rglob("*.py"):
        assert not {dotted.partition(".")[0] for _line, dotted in imports(tree(path))} & (
            set(APPS) - {"passport"}
        )


# Templates

LINK = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
LOAD = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")


def owner(template: str) -> str:
    """The app of a template; the layout, the components and the error pages are passport's."""
    folder = template.partition("/")[0] if "/" in template else "passport"
    return "passport" if folder in {"layout", "components"} else TEMPLATE_OWNERS.get(folder, folder)


def libraries() -> dict[str, str]:
    return {
        path.stem: app
        for app in APPS
        for path in (ROOT / app).glob("templatetags/*.py")
        if path.stem != "__init__"
    }


def template_breaches(template: str, text: str) -> list[str]:
    app = owner(template)
    linked = [other for other in LINK.findall(text) if not _reachable(app, other)]
    loaded = [library for names in LOAD.findall(text) for library in names.split(" from ")[-1].split()]
    return linked + [library for library in loaded if not may_use(app, libraries().get(library, app))]


def _reachable(app: str, other: str) -> bool:
    folder = other.partition("/")[0]
    return "/" not in other or template_allowed(app, folder)


def test_templates_keep_the_arrows():
    root = ROOT / "templates"
    texts = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in templates()}

    assert {template.partition("/")[0] for template in texts if "/" in template} <= {
        *APPS, *TEMPLATE_OWNERS, "layout", "components",
    }  # fmt: skip
    breaches = {template: template_breaches(template, text) for template, text in texts.items()}
    assert {template: found for template, found in breaches.items() if found} == {}


@pytest.mark.parametrize(
    "template, text",
    [
        ("badges/x.html", '{% extends "gallery/base.html" %}'),
        ("layout/base.html", '{% include "badges/_coupon.html" %}'),
        ("account/login.html", "{% include 'badges/_coupon.html' %}"),
        ("accounts/settings.html", "{% load badges %}"),
        ("gallery/x.html", '{% include "sharing/_links.html" %}'),
    ],
)
def test_a_template_s_breach_is_seen(template, text):
    assert len(template_breaches(template, text)) == 1


def test_a_template_may_use_what_is_below():
    text = '{% extends "badges/badge_base.html" %}{% load badges %}{% include "components/notice.html" %}'

    assert template_breaches("sharing/share.html", text) == []
