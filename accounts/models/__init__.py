from accounts.models.legal import Consent, LegalDocument
from accounts.models.profile import Profile
from accounts.models.user import User

__all__ = ["Consent", "LegalDocument", "Profile", "User"]
