"""Status lists as they are served: signed again at each change, the same rows always to the same bytes."""

from django.core.cache import cache
from django.db.models import Count, Max

from badges import addresses, stating
from badges.formats import jsons
from badges.formats.issue import ob3
from badges.models import StatusEntry, StatusList
from badges.services import keys, sign, statuses

SECONDS = 3600


def signed(status_list: StatusList) -> str:
    """A BitstringStatusListCredential: what a list says now, by the issuer's key in use. Signed once for each state of its rows, then kept.

    Raises sealing.SecretLost.
    """
    withdrawn = StatusEntry.objects.withdrawn().filter(status_list=status_list)
    rows = withdrawn.aggregate(count=Count("pk"), last=Max("assertion__revoked_at"))
    ring = keys.ring(status_list.issuer)
    state = (rows["count"], rows["last"], ring.proof.uid)
    name = f"status-list:{status_list.uid}"
    kept_state, kept = cache.get(name) or (None, None)
    if kept is None or kept_state != state:
        kept = _sign(status_list, ring)
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
