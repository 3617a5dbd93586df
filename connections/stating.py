"""A recommendation put into words for machines: what it is about, whose words they are, who signs."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from badges import addresses as of_badges
from badges import stating
from badges.formats.issue import facts
from badges.models import Assertion, ImportedBadge, SigningKey
from connections import addresses
from connections.models import Recognition
from passport.lib.urls import absolute


def endorsement(row: Recognition, key: SigningKey) -> facts.Endorsement:
    """`key`: the site's RSA key in use. The site issues it, the comment ends with the name of who wrote it."""
    about_ob2, about_ob3 = _about_badge(row.assertion) if row.assertion else _about_person(row.holder)
    return facts.Endorsement(
        ob2=addresses.endorsement(row.uid),
        ob3=addresses.endorsement_credential(row.uid),
        issuer=stating.issuer(key.issuer, key),
        about_ob2=about_ob2,
        about_ob3=about_ob3,
        name=_name(row),
        comment=f"{row.text}\n\n— {row.author_name}",
        issued_at=row.written_at,
        description=_origin(row) % {"name": row.author_name, "site": settings.SITE_NAME},
    )


def _name(row: Recognition) -> str:
    if row.assertion:
        return _("Recommendation of the badge “%(badge)s”") % {"badge": row.about}
    return _("Recommendation of %(name)s for the skill “%(skill)s”") % {
        "name": row.holder.name,
        "skill": row.skill,
    }


def _origin(row: Recognition) -> str:
    if row.author_id:
        return _(
            "Written by %(name)s, who has an account on %(site)s. The site signs, for its author has no key."
        )
    return _(
        "Written by somebody whom the holder of the badge invited by e-mail, under the name %(name)s. %(site)s signs "
        "that it was so written, and does not vouch for the name."
    )


def _about_person(holder: User) -> tuple[str, str]:
    """2.0 is asked for here, while the profile is public: its address. What is signed for ever names the person's
    identifier: an address that they leave may be another's one day."""
    handle = holder.profile.handle
    profile = absolute(reverse("sharing:profile", args=[handle])) if handle else ""
    return profile, holder.uid.urn


def _about_badge(assertion: Assertion) -> tuple[str, str]:
    """The award itself, in both versions; one from elsewhere goes by its own identifier."""
    if assertion.badge_class.issuer.is_here:
        return of_badges.assertion(assertion.uid), of_badges.credential(assertion.uid)
    iri = ImportedBadge.objects.values_list("iri", flat=True).get(assertion=assertion)
    return iri, iri
