"""An issuer gets other keys."""

from badges import registry
from badges.models import Assertion, Endorsement, Issuer
from badges.services import endorse, keys
from badges.services.chunking import Progress, by_chunks, silent
from badges.services.sign import renew_tokens, sign_one


def rotate(*, issuer: Issuer, revoke: bool = False, progress: Progress = silent) -> int:
    """Makes other keys for an issuer; returns how many awards were signed again. Cut off, it can be called again.

    The old keys stay published: what they signed goes on being good. Only 2.0 tokens are signed anew, because readers
    of 2.0 know one key an issuer. With `revoke`, for a key that was stolen, no former key proves anything any more, and
    every document is signed anew; copies that people have downloaded are lost. Award by award: nobody waits long.
    """
    keys.renew(issuer=issuer, revoke=revoke)
    if not revoke:
        return renew_tokens(issuer, progress)
    for endorsement in Endorsement.objects.filter(issuer=issuer).select_related("version", "issuer"):
        endorse.sign_again(endorsement)
    for sign_again in registry.signers:
        sign_again(issuer)
    held = Assertion.objects.valid().filter(badge_class__issuer=issuer).order_by("pk")
    return by_chunks(held.values_list("pk", flat=True), lambda chunk: sum(map(sign_one, chunk)), progress)
