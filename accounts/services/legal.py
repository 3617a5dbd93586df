from django.db import transaction
from django.db.models import Max

from accounts.models import LegalDocument


@transaction.atomic
def publish(*, kind: str, language: str, text: str) -> LegalDocument:
    """Puts a text in force as its next version; earlier ones stay readable by those who accepted them.

    A new statement of data protection is asked of everybody again. Raises IntegrityError when two publish at once.
    """
    versions = LegalDocument.objects.filter(kind=kind, language=language)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    return LegalDocument.objects.create(kind=kind, language=language, text=text, version=last + 1)
