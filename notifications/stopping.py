"""The link « Ne plus recevoir »: a person and the kinds of a mail with their paces, signed; it works for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from notifications.registry import kinds
from passport.lib.urls import absolute

# No colon: some programs of mail end a link there.
_signer = signing.Signer(sep=".", salt="notifications.stopping")


@dataclass(frozen=True)
class Stop:
    """Who wants nothing more of which kinds, and how soon they came until now."""

    person_id: int
    paces: Mapping[str, str]


def token_for(person_id: int, paces: Mapping[str, str]) -> str:
    return _signer.sign_object([person_id, dict(paces)])


def link_for(person_id: int, paces: Mapping[str, str]) -> str:
    return absolute(reverse("notifications:stop", args=[token_for(person_id, paces)]))


def read_token(token: str) -> Stop | None:
    """None when the token is truncated, altered or invented. Kinds that exist no more are left out."""
    try:
        person_id, paces = _signer.unsign_object(token)
    except signing.BadSignature:
        return None
    return Stop(person_id, {name: pace for name, pace in paces.items() if name in kinds})
