"""What a profile shows to one level of visitors, whoever asks: a visitor, or its owner who looks as they do."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import Profile, User
from badges.enums import Visibility
from badges.models import Assertion
from badges.querysets import LISTED, PROFILE_ORDER, level_of
from connections.relations import Relation
from pages.cards import cards
from pages.models import Page
from passport.lib import keyset
from passport.lib.iso3166 import country_name
from passport.lib.urls import absolute
from sharing.forms import ProfileQuery

PAGES_ORDER = ("-updated_at", "-id")
PAGES_SHOWN = 12


def level_for(person: Profile, viewer, query: ProfileQuery, between: Relation | None) -> Visibility:
    """That of a visitor; an owner sees what the largest audience of the profile does, unless they ask otherwise.

    Whom the owner has blocked sees what a visitor without account does.
    """
    if person.user_id != viewer.pk:
        return level_of(AnonymousUser() if between and between.is_closed else viewer)
    widest = Visibility.PUBLIC if person.visibility == Visibility.PUBLIC else Visibility.MEMBERS
    return query.level or widest


def opens_to(person: Profile, level: Visibility) -> bool:
    return person.visibility in LISTED[level]


def look(person: Profile, level: Visibility, query: ProfileQuery) -> dict[str, Any]:
    """In the same number of queries whatever there is to show."""
    held = Assertion.objects.held_by(person.user).on_profile(level)
    badges = keyset.page(
        held.select_related("badge_class__issuer", "version"),
        order=PROFILE_ORDER,
        size=settings.BADGES_PER_PAGE,
        cursor=query.value("suite"),
    )
    pages = keyset.page(
        Page.objects.of(person.user).listed_to(anybody(level)),
        order=PAGES_ORDER,
        size=PAGES_SHOWN,
        cursor=query.value("pages"),
    )
    return {
        "country": country_name(person.country) if person.country else "",
        "links": list(person.links.all()),
        "badges": badges,
        "count": held.count(),
        "previous_url": query.address(suite=badges.previous),
        "next_url": query.address(suite=badges.following),
        "cards": cards(pages, level),
        "pages_previous_url": query.address(pages=pages.previous),
        "pages_next_url": query.address(pages=pages.following),
    }


def address(person: Profile) -> str:
    return absolute(reverse("sharing:profile", args=[person.handle]))


def picture_address(person: Profile) -> str:
    return absolute(person.picture_url) if person.picture_url else ""


def structured(person: Profile, links: list) -> dict[str, Any]:
    """What search engines read of a profile that may be found (schema.org, ProfilePage and Person)."""
    place = {"addressLocality": person.town, "addressCountry": person.country}
    told = {name: value for name, value in place.items() if value}
    about = {
        "name": person.name,
        "alternateName": person.handle,
        "description": person.about,
        "image": picture_address(person),
        "address": {"@type": "PostalAddress", **told} if told else "",
        "sameAs": [link.url for link in links],
        "url": address(person),
    }
    kept = {name: value for name, value in about.items() if value}
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {"@type": "Person", **kept},
    }


def anybody(level: Visibility) -> AnonymousUser | User:
    """A visitor of that level who is nobody in particular."""
    return AnonymousUser() if level == Visibility.PUBLIC else User()
