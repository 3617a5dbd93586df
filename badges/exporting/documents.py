"""What proves the badges of an archive: the documents that this site serves, as it serves them now."""

import logging
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from badges import addresses, pictures
from badges.enums import KeyKind, Origin
from badges.exceptions import NotPossible
from badges.exporting import names
from badges.exporting.archive import Archive
from badges.formats.documents import Answer
from badges.formats.errors import Unreachable
from badges.formats.verify.session import LIST_BYTES
from badges.models import BadgeVersion, Endorsement, Issuer, SigningKey, StatusList
from badges.querysets import AssertionQuerySet, IssuerQuerySet
from badges.verification.ours import Ours
from badges.verification.sources import Files
from passport.lib.urls import absolute

logger = logging.getLogger(__name__)

ACCEPT = "application/ld+json, application/json;q=0.9, */*;q=0.1"
# 410 with what is left: that a badge, or a key, was withdrawn.
ANSWERS = (200, 410)


def put_all(archive: Archive, held: AssertionQuerySet, others: Iterable[str] = ()) -> None:
    """Asks this site for every document of the badges in `held` and for `others`, as a stranger would, and puts what
    it answers.

    Raises NotPossible when one cannot be had now: a status list is signed when it is asked for.
    """
    site = Ours(Files({}))
    for address in sorted({*_wanted(held), *others}):
        answer = _asked(site, address)
        if answer.status in ANSWERS and answer.content:
            archive.put(names.document(address), answer.content, address)


def _asked(site: Ours, address: str) -> Answer:
    """One that is too big for those who verify proves nothing: an archive without it would say nothing of that."""
    try:
        answer = site.get(address, accept=ACCEPT, limit=LIST_BYTES)
    except Unreachable as missing:
        logger.error("%s: %s", address, missing.code)
        raise _cannot_be_made(address) from missing
    if answer.status >= 500:
        raise _cannot_be_made(address)
    return answer


def _cannot_be_made(address: str) -> NotPossible:
    return NotPossible(
        _("“%(address)s” cannot be made now, and it proves a badge. The log says why.") % {"address": address}
    )


def picture(image: str) -> str:
    """The address of the picture that documents name for this image of the store."""
    return absolute(reverse("badges:picture", args=[pictures.variant(image, "440.png")]))


def of_issuers(issuers: IssuerQuerySet) -> Iterator[str]:
    """The addresses by which what they have signed is verified."""
    for uid in issuers.values_list("uid", flat=True):
        yield from (addresses.issuer(uid), addresses.revocations(uid))
        yield from (addresses.controller(uid), f"{addresses.controller(uid)}/did.json")
    for uid, kind in SigningKey.objects.filter(issuer__in=issuers).values_list("uid", "kind"):
        yield addresses.key(uid)
        if kind == KeyKind.RSA:
            yield addresses.rsa_key(uid)


def _wanted(held: AssertionQuerySet) -> Iterator[str]:
    """Addresses, in a number of queries that does not grow with the badges."""
    ours = held.filter(badge_class__issuer__origin=Origin.HERE)
    versions = BadgeVersion.objects.filter(assertions__in=ours)
    endorsements = Endorsement.objects.filter(version__in=versions)
    theirs = Q(badge_classes__assertions__in=ours) | Q(endorsements__in=endorsements)
    for uid in versions.values_list("uid", flat=True):
        yield from (addresses.badge_class(uid), addresses.achievement(uid))
    for uid in endorsements.values_list("uid", flat=True):
        yield from (addresses.endorsement(uid), addresses.endorsement_credential(uid))
    yield from of_issuers(Issuer.objects.filter(theirs))
    for uid in StatusList.objects.filter(entries__assertion__in=ours).values_list("uid", flat=True):
        yield addresses.status_list(uid)
    for uid in ours.revoked_in_public().values_list("uid", flat=True):
        yield from (addresses.assertion(uid), addresses.credential(uid))
    for images in held.values_list("version__image", "badge_class__image"):
        yield picture(images[0] or images[1])
