"""Journeys in a real browser, against the application served on localhost."""

import email
import email.policy
import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from badges import pictures
from badges.lists import open_list
from badges.services.issue import issue
from notifications.services.sending import send_due
from tests.e2e.pictures import CONGRESS_PICTURE
from tests.factories import AssertionFactory, BadgeClassFactory, LegalDocumentFactory

CONGRESS = "Je participe au congrès de l’Amcsti 2019"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
# A machine that is busy is no fault of a page; what is expected and there at once costs no time.
expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items):
    here = [item for item in items if "/e2e/" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.e2e)
        if not CHROMIUM and not os.environ.get("PASSPORT_REQUIRE_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (CHROMIUM names one)"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": PHONE, "locale": "fr-FR"}


@pytest.fixture
def site(live_server, settings):
    """The address of the running site; every link that the application makes leads there."""
    settings.SITE_URL = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_HOST = "localhost"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    return settings.SITE_URL


@pytest.fixture
def complaints() -> list[str]:
    """What the console said; what axe makes it say is taken out again."""
    return []


@pytest.fixture(autouse=True)
def _no_third_party(page: Page, site, complaints):
    """Every request of a journey stays on the site, and the console stays silent (a CSP breach speaks there)."""
    strangers = []
    page.on(
        "request",
        lambda r: strangers.append(r.url) if not r.url.startswith((site, "data:", "blob:")) else None,
    )
    page.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    yield
    assert strangers == []
    assert [c for c in complaints if "status of 4" not in c] == []


@pytest.fixture
def congress_picture(db) -> str:
    """The picture of the congress badge, in the image store."""
    return pictures.store(CONGRESS_PICTURE.read_bytes())


class Visitor:
    """A person in front of a page: counts what the journey costs in clicks and typed fields."""

    def __init__(self, page: Page):
        self.page = page
        self.clicks = 0
        self.typed = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def type(self, field: Locator, text: str) -> None:
        self.typed += 1
        field.fill(text)


@pytest.fixture
def visitor(page: Page) -> Visitor:
    return Visitor(page)


@pytest.fixture
def accessible(complaints):
    """Asserts that axe finds nothing on the page as it stands (WCAG 2.0 to 2.2 A and AA, and best practices)."""

    def check(page: Page) -> None:
        said = len(complaints)
        found = Axe().run(page)
        del complaints[said:]
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def sign_in(client, page: Page, site):
    """Puts a session of `user` into the browser."""

    def enter(user) -> None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        page.context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])

    return enter


@pytest.fixture
def congress(amcsti, congress_picture):
    LegalDocumentFactory(text="## Qui\n\nL’Amcsti, pour vous remettre ce badge.")
    badge_class = BadgeClassFactory(
        issuer=amcsti, slug="amcsti-2019", name=CONGRESS, image=congress_picture, tags=["congrès"]
    )
    for name in ("Benjamin Crettenand", "Didier Michel"):
        AssertionFactory(badge_class=badge_class, public=True, recipient_name=name)
    AssertionFactory(badge_class=badge_class, accepted=True, recipient_name="Secrète Personne")
    return badge_class


@pytest.fixture
def mailed_link(congress, settings):
    """What « Obtenir mon badge » opens, read in the mail that an organiser's list has caused."""
    settings.EMAIL_BACKEND = "notifications.backends.EmlBackend"  # what a fresh clone has
    issue(
        badge_class=congress,
        lines=open_list(b"claire.martin@exemple.fr;Claire Martin\n").lines,
        source="test",
    )
    send_due()
    (file,) = settings.MAIL_DIR.glob("*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    html = mail.get_body(("html",)).get_content()
    return re.search(r'<a href="([^"]+)"[^>]*>\s*Obtenir mon badge', html)[1]


@pytest.fixture
def plain_page(browser, site, client, alice):
    """A phone without JavaScript, signed in as Alice."""
    context = browser.new_context(viewport=PHONE, locale="fr-FR", java_script_enabled=False)
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    context.add_cookies([{"name": "session", "value": client.cookies["session"].value, "url": site}])
    yield context.new_page()
    context.close()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()
