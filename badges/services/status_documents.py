"""Lists of what was withdrawn, as they are served: made at each change, the same rows always to the same bytes."""

from collections.abc import Callable

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils.translation import get_language

from badges import addresses, stating
from badges.enums import RevocationReason
from badges.formats import jsons
from badges.formats.issue import ob2, ob3
from badges.models import Assertion, Issuer, StatusEntry, StatusList
from badges.querysets import AssertionQuerySet
from badges.services import keys, sign, statuses

SECONDS = 3600
# Withdrawals of which the revocation list gives the reason, the latest: many readers take no document over 1 MB.
REASONS = 5_000


def signed(status_list: StatusList) -> str:
    """BitstringStatusListCredential: what a list says now, by the issuer's key in use. Signed once for each state of
    its rows, then kept.

    Raises sealing.SecretLost.
    """
    withdrawn = StatusEntry.objects.withdrawn().filter(status_list=status_list)
    rows = withdrawn.aggregate(count=Count("pk"), last=Max("assertion__revoked_at"))
    ring = keys.ring(status_list.issuer)
    state = (rows["count"], rows["last"], ring.proof.uid)
    return _kept(f"status-list:{status_list.uid}", state, lambda: _sign(status_list, ring))


def revocations(issuer: Issuer) -> str:
    """RevocationList of signed 2.0 badges: identifiers of the copies of what was withdrawn, private ones too."""
    withdrawn = Assertion.objects.filter(
        badge_class__issuer=issuer, revoked_at__isnull=False, documents__isnull=False
    )
    rows = withdrawn.aggregate(count=Count("pk"), last=Max("revoked_at"))
    state = (rows["count"], rows["last"])
    return _kept(f"revocations:{issuer.uid}:{get_language()}", state, lambda: _list(issuer, withdrawn))


def _list(issuer: Issuer, withdrawn: AssertionQuerySet) -> str:
    rows = list(withdrawn.order_by("revoked_at", "pk").values_list("uid", "revocation_reason"))
    silent = len(rows) - REASONS
    said = [
        (addresses.signed_urn(uid), str(RevocationReason(reason).label) if number >= silent else "")
        for number, (uid, reason) in enumerate(rows)
    ]
    return jsons.write(ob2.revocation_list(stating.issuer(issuer, keys.ring(issuer).token), said))


def _kept(name: str, state: tuple, make: Callable[[], str]) -> str:
    """What `make` gave for this state of the rows, while it is remembered."""
    kept_state, kept = cache.get(name) or (None, None)
    if kept is None or kept_state != state:
        kept = make()
        cache.set(name, (state, kept), SECONDS)
    return kept


def _sign(status_list: StatusList, ring: keys.Ring) -> str:
    bits = statuses.bits(status_list)
    document = ob3.status_list(
        stating.issuer(status_list.issuer, ring.token),
        addresses.status_list(status_list.uid),
        bits.encoded,
        bits.changed_at,
    )
    return jsons.write(sign.prove(document, ring.proof, bits.changed_at))
