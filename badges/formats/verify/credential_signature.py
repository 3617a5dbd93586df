"""A signature against the key that it carries, and against the key that is the issuer's."""

from collections.abc import Callable

from badges.formats import keys
from badges.formats.errors import FormatError
from badges.formats.keys import PublicKey
from badges.formats.report import CheckId, Verdict
from badges.formats.verify.credential_judged import Judged
from badges.formats.verify.session import Session


def check_signature(
    session: Session,
    check: Callable[[PublicKey], None],
    *,
    own: PublicKey | None,
    is_claimed: bool,
    find: Callable[[], PublicKey],
) -> None:
    """Checks by the key that the signature carries (`own`), before anybody is asked, then by the issuer's (`find`).

    `is_claimed`: the carried key goes by the issuer's name. Raises Unreachable, FormatError and Judged.
    """
    if own is not None:
        _check(check, own, Verdict.MODIFIED if is_claimed else Verdict.INVALID)
        session.report.good(CheckId.SIGNATURE, "signature-good")
    key = find()
    if own is None or keys.jwk(own) != keys.jwk(key):
        _check(check, key, Verdict.MODIFIED)
        session.report.good(CheckId.SIGNATURE, "signature-good")


def _check(check: Callable[[PublicKey], None], key: PublicKey, finding: Verdict) -> None:
    try:
        check(key)
    except FormatError as error:
        if error.code == "signature-wrong":
            raise Judged(CheckId.SIGNATURE, finding, error.code) from error
        if error.code == "context-unknown":
            raise Judged(CheckId.SIGNATURE, Verdict.UNVERIFIABLE, error.code, **error.params) from error
        raise
