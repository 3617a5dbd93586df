"""Rows put into words: what an award, a badge and an issuer say, for all forms of their documents."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from badges import addresses, pictures
from badges.enums import Origin
from badges.formats import jsons
from badges.formats.issue import facts
from badges.models import Assertion, BadgeVersion, Endorsement, Issuer, SigningKey, StatusEntry
from passport.lib.urls import absolute


def issuer(row: Issuer, key: SigningKey) -> facts.Issuer:
    """`key`: its RSA key in use. The standard requires address and e-mail: the site's stand in for missing ones."""
    is_site = row.origin == Origin.SITE
    return facts.Issuer(
        ob2=addresses.issuer(row.uid),
        ob3=addresses.controller(row.uid),
        did=addresses.did(row.uid),
        key=addresses.rsa_key(key.uid),
        revocations=addresses.revocations(row.uid),
        name=settings.SITE_NAME if is_site else row.name,
        url=settings.SITE_URL if is_site else row.url or absolute(row.get_absolute_url()),
        email=row.email or row.reply_to or settings.DEFAULT_FROM_EMAIL,
        description=row.description,
    )


def achievement(version: BadgeVersion) -> facts.Achievement:
    endorsements = list(version.endorsements.all())
    return facts.Achievement(
        ob2=addresses.badge_class(version.uid),
        ob3=addresses.achievement(version.uid),
        name=version.name,
        description=version.description,
        image=absolute(reverse("badges:picture", args=[pictures.variant(version.image, "440.png")])),
        image_caption=version.image_alt,
        criteria_url=version.criteria_url or addresses.criteria(version.uid),
        criteria_text=version.criteria,
        tags=tuple(version.tags),
        alignments=tuple(facts.Alignment(**item) for item in version.alignments),
        endorsements=tuple(addresses.endorsement(item.uid) for item in endorsements),
        credentials=tuple(jsons.read(item.credential) for item in endorsements),
    )


def award(
    row: Assertion, *, entry: StatusEntry, key: SigningKey, salt: str, valid_from: datetime
) -> facts.Award:
    """An accepted award. `entry`: its place in a status list; `valid_from`: since when this writing of it counts."""
    if row.version is None:
        raise ValueError("What an award says is frozen before it is put into words.")
    return facts.Award(
        hosted=addresses.assertion(row.uid),
        signed=addresses.signed_urn(row.uid),
        ob3=addresses.credential(row.uid),
        subject=addresses.subject_urn(row.uid),
        picture=addresses.baked(row.uid, version=2),
        issuer=issuer(row.badge_class.issuer, key),
        achievement=achievement(row.version),
        address=row.folded_address,
        salt=salt,
        status=facts.StatusPlace(addresses.status_list(entry.status_list.uid), entry.index),
        issued_at=row.issued_at,
        valid_from=valid_from,
        expires_at=row.expires_at,
        evidence=tuple(
            facts.Evidence(item.url or addresses.evidence(item.uid), item.name, item.narrative)
            for item in row.evidence.all()
        ),
    )


def endorsement(row: Endorsement, key: SigningKey) -> facts.Endorsement:
    return facts.Endorsement(
        ob2=addresses.endorsement(row.uid),
        ob3=addresses.endorsement_credential(row.uid),
        issuer=issuer(row.issuer, key),
        about_ob2=addresses.badge_class(row.version.uid),
        about_ob3=addresses.achievement(row.version.uid),
        name=row.version.name,
        comment=row.comment,
        issued_at=row.issued_at,
    )
