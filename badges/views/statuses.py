from uuid import UUID

from django.http import HttpRequest

from badges import access
from badges.negotiation import Answer, document, machine_address
from badges.services import status_documents
from badges.views.credentials import CREDENTIAL


@machine_address
def status_list(request: HttpRequest, uid: UUID) -> Answer:
    """BitstringStatusListCredential: which awards of an issuer are withdrawn, by position alone."""
    return document(status_documents.signed(access.status_list(uid)), types=CREDENTIAL)
