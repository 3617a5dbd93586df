"""Alice's portfolio page, with a badge of each kind on it. Each badge's name occurs nowhere else."""

import pytest

from pages.forms import new_block
from pages.models import Page
from pages.services.make import create
from pages.services.write import write
from tests.factories import AssertionFactory, BadgeClassFactory

# Name of the badge: the kind of award. What a page may tell to nobody, not even to its owner:
NEVER = ("Retirette", "Attentine", "Refusine", "Etrangere")
PRIVATE, MEMBERS, PUBLIC = "Secretine", "Membrine", "Publine"


@pytest.fixture
def badges(alice, bob):
    """Alice's awards by the name of their badge, and a public one of Bob's."""
    mine = {"holder": alice, "recipient_name": "Alice Martin"}

    def award(name, **fields):
        badge_class = BadgeClassFactory(name=name, slug=name.lower(), tags=["médiation"])
        return AssertionFactory(badge_class=badge_class, **fields)

    return {
        PUBLIC: award(PUBLIC, public=True, **mine),
        MEMBERS: award(MEMBERS, members=True, **mine),
        PRIVATE: award(PRIVATE, accepted=True, **mine),
        "Retirette": award("Retirette", public=True, revoked=True, **mine),
        "Attentine": award("Attentine", recipient_address=alice.email),
        "Refusine": award("Refusine", declined=True, recipient_address=alice.email),
        "Etrangere": award("Etrangere", public=True, holder=bob),
    }


def block(kind, **fields):
    return {**new_block(kind), **fields}


def content(*blocks, **fields):
    return {"title": "Dix ans", "description": "", "theme": "passport", **fields, "blocks": list(blocks)}


@pytest.fixture
def folio(alice):
    return create(owner=alice, title="Dix ans")


@pytest.fixture(params=["badges", "tag"])
def full(request, folio, badges) -> Page:
    """The page with all of these badges, chosen one by one or by their tag."""
    chosen = {
        "badges": block("badges", badges=[str(badge.uid) for badge in badges.values()]),
        "tag": block("tag", tag="médiation"),
    }
    write(page=folio, content=content(block("heading", text="Mes badges"), chosen[request.param]))
    return folio


def shown(text: str, badges) -> set[str]:
    return {name for name in badges if name in text}
