"""One question for both ways to prove a credential: is it, as it stands, its issuer's?"""

from badges.formats.verify import credential_proof, credential_token
from badges.formats.verify.credential_sealed import Sealed
from badges.formats.verify.session import Session


def prove(session: Session, sealed: Sealed) -> bool:
    """Puts signature, key and issuer in the report; True when the issuer's own key signed exactly this."""
    if sealed.token is not None:
        return credential_token.prove(session, sealed, sealed.token)
    return credential_proof.prove(session, sealed.credential)
