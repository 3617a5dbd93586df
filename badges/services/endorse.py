"""An issuer of this site recommends a badge: of another issuer, or its own."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from badges import stating
from badges.exceptions import NotPossible
from badges.formats import jsons
from badges.formats.issue import ob3
from badges.models import BadgeClass, Endorsement, Issuer
from badges.services import keys, versions
from badges.services.sign import prove


@transaction.atomic
def endorse(*, badge_class: BadgeClass, issuer: Issuer, comment: str) -> Endorsement:
    """Endorses a badge as it is worded now. Awards that are accepted from now on carry it.

    Raises NotPossible when that issuer has endorsed this wording already.
    """
    version = versions.current(badge_class)
    try:
        with transaction.atomic():
            endorsement = Endorsement.objects.create(version=version, issuer=issuer, comment=comment)
    except IntegrityError as error:
        raise NotPossible(_("This issuer has endorsed this badge already.")) from error
    return sign_again(endorsement)


@transaction.atomic
def sign_again(endorsement: Endorsement) -> Endorsement:
    """Writes its credential with the key that its issuer uses now."""
    ring = keys.held_ring(endorsement.issuer)
    said = ob3.endorsement(stating.endorsement(endorsement, ring.token))
    endorsement.credential = jsons.write(prove(said, ring.proof, timezone.now()))
    endorsement.save(update_fields=["credential"])
    return endorsement
