"""Recommendations in the archive of a person's badges."""

import json
from collections.abc import Iterator

from accounts.models import User
from badges.exporting import documents
from badges.models import Issuer
from badges.registry import ExportedFile
from badges.services.site import site_issuer
from connections import addresses
from connections.enums import RecognitionState
from connections.models import Recognition
from connections.services.certify import credential_of


def files(user: User) -> Iterator[ExportedFile]:
    """What `user` has accepted, signed, with what proves it; and what they have written of others' badges, as text."""
    related = "assertion__badge_class__issuer", "assertion__version", "holder__profile"
    received = Recognition.objects.received_by(user).filter(state=RecognitionState.ACCEPTED)
    accepted = list(received.select_related(*related).order_by("pk"))
    public = (
        set(Recognition.objects.public().filter(holder=user).values_list("pk", flat=True)) if accepted else ()
    )
    proofs = tuple(documents.of_issuers(Issuer.objects.filter(pk=site_issuer().pk))) if accepted else ()
    for row in accepted:
        address = addresses.endorsement_credential(row.uid)
        yield ExportedFile(
            f"recommandations/{row.uid}.json",
            credential_of(row),
            answers=(address,) if row.pk in public else (),
            proved_by=proofs,
        )
    written = Recognition.objects.written_by(user).order_by("pk")
    if said := [_said(row) for row in written]:
        yield ExportedFile(
            "recommandations/ecrites.json", f"{json.dumps(said, ensure_ascii=False, indent=1)}\n"
        )


def _said(row: Recognition) -> dict[str, str]:
    skill = {"skill": row.skill} if row.skill else {}
    return {**skill, "text": row.text, "written_at": row.written_at.isoformat()}
