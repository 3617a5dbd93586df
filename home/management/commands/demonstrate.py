from django.conf import settings
from django.core.management.base import BaseCommand

from home.demonstration import invitation, load, logins

# Fixed labels: scripts read them.
INVITATION = "Lien d'invitation"
LABELS = {"administrator": "Administrateur", "organiser": "Organisateur", "member": "Membre"}


class Command(BaseCommand):
    help = (
        "Loads invented organisations, badges and people into an empty installation, once, and prints at every call an "
        "invitation that works and three logins. Does nothing with DEMONSTRATION=0, or where badges were issued before."
    )

    def handle(self, **options):
        if not settings.DEMONSTRATION:
            return
        if not load.is_loaded():
            if not load.may_load():
                return
            load.load(logins.kept())
        link = invitation.working_link()
        if link:
            self.stdout.write(f"{INVITATION} : {link}")
        for role, login in logins.kept().items():
            self.stdout.write(f"{LABELS[role]} : {login.email} / {logins.shown_password(login)}")
