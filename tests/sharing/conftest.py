import re
from datetime import UTC, datetime

import pytest

from tests.factories import AssertionFactory, BadgeClassFactory

ISSUED = datetime(2019, 7, 5, 10, tzinfo=UTC)
REVOKED = {"revoked_at": datetime(2019, 9, 2, 10, tzinfo=UTC), "revocation_reason": "wrong-person"}


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = "https://badges.exemple.fr"


@pytest.fixture
def badge_class(amcsti):
    return BadgeClassFactory(
        issuer=amcsti,
        name="Je participe au congrès de l'Amcsti 2019",
        slug="amcsti-2019",
        description="Un badge d'expérience.",
        criteria="Avoir **participé** au congrès.",
    )


@pytest.fixture
def award(alice, badge_class):
    """Makes an award of Alice's; `award("public")`, or a state: pending, declined, revoked-public, erased…"""

    def make(kind: str = "private", **fields):
        given = {
            "badge_class": badge_class,
            "recipient_name": "Alice Martin",
            "recipient_address": alice.email,
            "issued_at": ISSUED,
        }
        kinds = {
            "pending": {},
            "declined": {"declined": True},
            "private": {"accepted": True, "holder": alice},
            "members": {"members": True, "holder": alice},
            "public": {"public": True, "holder": alice},
            "revoked-private": {"accepted": True, "holder": alice, **REVOKED},
            "revoked-members": {"members": True, "holder": alice, **REVOKED},
            "revoked-public": {"public": True, "holder": alice, **REVOKED},
            "erased": {"public": True, "holder": None},
            "erased-revoked": {"public": True, "holder": None, **REVOKED},
        }
        return AssertionFactory(**{**given, **kinds[kind], **fields})

    return make


@pytest.fixture
def browsers(client, alice, bob, signed_in):
    return {"alice": signed_in(alice), "bob": signed_in(bob), "anonymous": client}


def without_tokens(answer) -> str:
    """The body without what changes from one answer to the next: the CSRF token of the menu."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def words(html: str) -> str:
    """What a reader sees, on one line."""
    main = html[html.index("<main") :] if "<main" in html else html
    apart = re.sub(r"</(?:p|div|dt|dd|li|h\d|label|button)>|<br>", " ", main)
    return " ".join(re.sub(r"<[^>]+>", "", apart).split()).replace("\u00a0", " ").replace("\u202f", " ")
