from accounts.enums import DocumentKind
from accounts.models import Consent, LegalDocument, User


def give(*, user: User, document: LegalDocument) -> Consent:
    """Records that `user` accepts this text; the same text twice is one consent."""
    return Consent.objects.get_or_create(user=user, document=document, sha256=document.sha256)[0]


def statement_in_force(language: str = "fr") -> LegalDocument | None:
    return LegalDocument.objects.current(DocumentKind.PRIVACY, language)


def statement_to_accept(user: User) -> LegalDocument | None:
    """The data protection statement in force when `user` has not accepted its very text yet, else None."""
    document = statement_in_force()
    if document is None or user.consents.filter(document=document, sha256=document.sha256).exists():
        return None
    return document
