from accounts.models.file import File
from accounts.models.handle import FormerHandle
from accounts.models.legal import Consent, LegalDocument
from accounts.models.link import ProfileLink
from accounts.models.profile import Profile
from accounts.models.user import User

__all__ = ["Consent", "File", "FormerHandle", "LegalDocument", "Profile", "ProfileLink", "User"]
