from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from accounts.services import superuser, texts
from passport.lib import environment as env


class Command(BaseCommand):
    help = (
        "Completes a migrated database: cache table, first version of the site's texts, and the administrator named by "
        "DJANGO_SUPERUSER_EMAIL and DJANGO_SUPERUSER_PASSWORD. May be run at every start: what is there stays as it is."
    )

    def handle(self, **options):
        call_command("createcachetable", verbosity=0)
        texts.publish_missing()
        email, password = env.text("DJANGO_SUPERUSER_EMAIL"), env.text("DJANGO_SUPERUSER_PASSWORD")
        if bool(email) != bool(password):
            raise CommandError("Set both DJANGO_SUPERUSER_EMAIL and DJANGO_SUPERUSER_PASSWORD, or neither.")
        if email:
            superuser.ensure(email=email, password=password)
        self.warn_of_another_address()

    def warn_of_another_address(self):
        """Ids and links were minted from the first address: under another one they lead nowhere."""
        file = settings.DATA_DIR / "site_url"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(settings.SITE_URL, encoding="utf-8")
        before = file.read_text(encoding="utf-8").strip()
        if before != settings.SITE_URL:
            sentence = _(
                "SITE_URL was %(before)s and is now %(now)s: links that were sent or shared lead to the former "
                "address. Put it back, or keep it redirecting; to silence this, delete %(file)s."
            )
            self.stderr.write(sentence % {"before": before, "now": settings.SITE_URL, "file": file})
