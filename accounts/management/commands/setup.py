from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand

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
