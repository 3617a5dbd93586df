"""What a holder adds to a badge. Its issuer's documents stay as they are signed."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services.files import keep
from badges.exceptions import NotPossible
from badges.models import Assertion, HolderEvidence
from badges.services import change

MOST = 10


def write(
    *,
    evidence: HolderEvidence,
    name: str,
    narrative: str,
    url: str,
    is_shown: bool,
    upload: UploadedFile | None,
) -> HolderEvidence:
    """Saves evidence, new or changed; an `upload` takes the place of its file.

    Raises NotPossible when the badge was withdrawn or has MOST of them; FileRefused with what to do about the file.
    """
    holder = evidence.assertion.holder
    if upload is not None and holder is not None:
        evidence.file = keep(owner=holder, upload=upload)
    evidence.name, evidence.narrative, evidence.url, evidence.is_shown = name, narrative, url, is_shown
    with transaction.atomic():
        assertion = change.lock(evidence.assertion)
        _check(assertion, evidence)
        evidence.save()
    return evidence


def remove(*, evidence: HolderEvidence) -> None:
    """Takes evidence away from its badge; its file stays among the holder's files."""
    evidence.delete()


def _check(assertion: Assertion, evidence: HolderEvidence) -> None:
    if assertion.is_revoked:
        raise NotPossible(_("This badge has been withdrawn by its issuer."))
    if evidence._state.adding and assertion.holder_evidence.count() >= MOST:
        raise NotPossible(_("A badge has at most %(most)s pieces of evidence of yours.") % {"most": MOST})
