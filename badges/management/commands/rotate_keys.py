from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from badges.management.shared import bar
from badges.models import Issuer
from badges.services.rotate import rotate


class Command(BaseCommand):
    help = (
        "Gives an issuer other keys. Files that people have downloaded stay good, but for the 2.0 picture of a badge "
        "that is not public, and the signed token (JWS): those are to be downloaded again. With --revoke, all are."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "issuer", help="The last part of its address: amcsti for /galerie/emetteurs/amcsti/"
        )
        parser.add_argument(
            "--revoke",
            action="store_true",
            help="The old keys were stolen: they prove nothing any more, and everything is signed anew.",
        )

    def handle(self, *args, issuer, revoke, **options):
        found = Issuer.objects.signing().filter(slug=issuer).first()
        if found is None:
            raise CommandError(_("No issuer of this site has the address “%(slug)s”.") % {"slug": issuer})
        count = rotate(issuer=found, revoke=revoke, progress=bar(self.stderr))
        self.stdout.write(
            ngettext(
                "%(name)s has other keys; %(count)s award was signed again.",
                "%(name)s has other keys; %(count)s awards were signed again.",
                count,
            )
            % {"name": found.name, "count": count}
        )
