import os
import tempfile
from itertools import count
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from badges.exceptions import NotPossible
from badges.exporting import names
from badges.exporting.export import export
from passport.lib.folding import fold_address


class Command(BaseCommand):
    help = (
        "Writes all badges of a person into a ZIP that verifies without this site: their pictures, their documents, "
        "what proves them, and an index.html to read. EMAIL is any address that the person has confirmed. DIR is made "
        "if needed; a file that is there is never replaced. Prints the path."
    )

    def add_arguments(self, parser):
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, email: str, folder: Path, **options):
        user, now = _person(email), timezone.now()
        name = names.archive(user.profile, timezone.localdate(now))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
                made = Path(part.name)
            try:
                with made.open("wb") as target:
                    export(target, user=user, at=now)
                path = _free(folder / name)
                os.replace(made, path)
            finally:
                made.unlink(missing_ok=True)
        except OSError as error:
            raise CommandError(
                _("Nothing can be written into “%(folder)s”: %(reason)s.")
                % {"folder": folder, "reason": error.strerror}
            ) from error
        except NotPossible as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(str(path))


def _person(email: str) -> User:
    person = User.objects.filter(
        emailaddress__email=fold_address(email), emailaddress__verified=True
    ).select_related("profile")
    found = person.first()
    if found is None:
        raise CommandError(_("Nobody has confirmed the address “%(email)s”. Check it.") % {"email": email})
    return found


def _free(path: Path) -> Path:
    """`path`, or the first of its numbered likes that is not there; it is made, empty, so that it stays free."""
    numbered = (path.with_stem(f"{path.stem}-{number}") for number in count(2))
    free = path
    while True:
        try:
            free.open("xb").close()
        except FileExistsError:
            free = next(numbered)
        else:
            return free
