from accounts.models.file import File
from accounts.models.legal import Consent, LegalDocument
from accounts.models.link import ProfileLink
from accounts.models.profile import Profile
from accounts.models.user import User

__all__ = ["Consent", "File", "LegalDocument", "Profile", "ProfileLink", "User"]
