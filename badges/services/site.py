"""The site itself as an issuer of what people say who have no key of their own."""

from django.conf import settings

from badges.enums import Origin
from badges.models import Issuer
from badges.services.publish import free_slug


def site_issuer() -> Issuer:
    """The row whose keys sign for people, made when it is first needed.

    A row, so that its keys, profile, controller document and rotation are those of every issuer; of an origin of its
    own, so that no list of issuers has it: neither the gallery nor the administration, nobody organises for it.
    """
    name = settings.SITE_NAME[:150]
    fields = {"name": name, "slug": lambda: free_slug(name, Issuer)}
    return Issuer.objects.get_or_create(origin=Origin.SITE, defaults=fields)[0]
