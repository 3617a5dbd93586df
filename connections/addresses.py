"""Addresses of recommendations as machines know them: for ever. `recognition_urls.py` serves them."""

from uuid import UUID

from passport.lib.urls import absolute


def endorsement(uid: UUID) -> str:
    return absolute(f"/ob2/recommandations/{uid}")


def endorsement_credential(uid: UUID) -> str:
    return absolute(f"/ob3/recommandations/{uid}")
