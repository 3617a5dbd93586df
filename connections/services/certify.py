"""An accepted recommendation as an Open Badges endorsement, signed by the site: a person has no key here."""

import logging
from contextlib import suppress

from django.db import transaction
from django.utils import timezone

from badges.enums import Origin
from badges.formats import jsons
from badges.formats.issue import ob3
from badges.models import Issuer
from badges.sealing import SecretLost
from badges.services import keys
from badges.services.sign import prove
from badges.services.site import site_issuer
from connections import stating
from connections.enums import RecognitionState
from connections.exceptions import NoLongerSaid
from connections.models import Recognition

logger = logging.getLogger(__name__)


@transaction.atomic
def certify(*, recognition: Recognition) -> Recognition:
    """Writes its credential with the key that the site uses now.

    Raises sealing.SecretLost, and NoLongerSaid when it is no longer accepted, or has other words.
    """
    held = Recognition.objects.select_for_update(of=("self",)).filter(pk=recognition.pk).first()
    if held is None or held.state != RecognitionState.ACCEPTED or held.digest != recognition.digest:
        raise NoLongerSaid
    ring = keys.held_ring(site_issuer())
    said = ob3.endorsement(stating.endorsement(recognition, ring.token))
    recognition.credential = jsons.write(prove(said, ring.proof, timezone.now()))
    recognition.save(update_fields=["credential"])
    return recognition


def certify_or_leave(*, recognition: Recognition) -> None:
    """The same; when KEYS_SECRET is lost, it is signed when it is first asked for."""
    try:
        certify(recognition=recognition)
    except SecretLost as lost:
        logger.error("recommendation %s is not signed: %s", recognition.uid, lost)


def credential_of(recognition: Recognition) -> str:
    """The credential of an accepted recommendation, signed now if it is not yet. Raises sealing.SecretLost."""
    return recognition.credential or certify(recognition=recognition).credential


def sign_again(issuer: Issuer) -> None:
    """The site's former keys prove nothing any more: everything that they signed is signed anew."""
    if issuer.origin != Origin.SITE:
        return
    accepted = Recognition.objects.filter(state=RecognitionState.ACCEPTED)
    related = "assertion__badge_class__issuer", "assertion__version", "holder__profile"
    for key in accepted.order_by("pk").values_list("pk", flat=True):
        if row := accepted.select_related(*related).filter(pk=key).first():
            with suppress(NoLongerSaid):
                certify(recognition=row)
