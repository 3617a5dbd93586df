"""Recommendations for machines, with the visibility of their badge: nothing is here unless everybody may read it."""

from uuid import UUID

from django.http import Http404, HttpRequest

from badges.formats.issue import ob2
from badges.negotiation import Answer, document, machine_address
from badges.services import keys
from badges.services.site import site_issuer
from badges.views.credentials import CREDENTIAL
from connections import access, stating
from connections.exceptions import NoLongerSaid
from connections.services.certify import credential_of


@machine_address
def endorsement(request: HttpRequest, uid: UUID) -> Answer:
    """Open Badges 2.0 « Endorsement », hosted here."""
    row = access.public_recognition(uid)
    return document(ob2.endorsement(stating.endorsement(row, keys.ring(site_issuer()).token)))


@machine_address
def endorsement_credential(request: HttpRequest, uid: UUID) -> Answer:
    """Open Badges 3.0 « EndorsementCredential », as the site has signed it."""
    try:
        return document(credential_of(access.public_recognition(uid)), types=CREDENTIAL)
    except NoLongerSaid as gone:
        raise Http404 from gone
