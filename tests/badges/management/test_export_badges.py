"""`manage.py export_badges`: the archive of one person, into a folder, never over a file."""

import io
import os
import stat
from pathlib import Path
from unittest.mock import patch

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.utils import timezone

from badges.exceptions import NotPossible
from tests.badges.exported import exported, opened
from tests.factories import BadgeClassFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def award(alice):
    alice.profile.handle = "alice-m"
    alice.profile.save()
    badge = BadgeClassFactory(image=stored_picture())
    return signed(holder=alice, recipient_address=alice.email, badge_class=badge)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "new" / "out"


def run(email: str, folder: Path) -> Path:
    out = io.StringIO()
    call_command("export_badges", email, str(folder), stdout=out)
    return Path(out.getvalue().removesuffix("\n"))


def name(number: str = "") -> str:
    return f"badges-alice-m-{timezone.localdate().isoformat()}{number}.zip"


def test_it_writes_the_archive_and_says_where(award, alice, folder):
    path = run(alice.email, folder)

    assert path == folder / name()
    assert os.listdir(folder) == [name()]
    assert opened(path.read_bytes()).files.keys() == exported(alice).files.keys()


def test_it_is_for_its_owner_s_eyes(award, alice, folder):
    assert stat.S_IMODE(run(alice.email, folder).stat().st_mode) == 0o600


def test_any_confirmed_address_will_do_however_it_is_written(award, alice, folder):
    EmailAddress.objects.create(user=alice, email="autre@exemple.fr", verified=True)

    assert run(" Autre@Exemple.FR ", folder) == folder / name()


@pytest.mark.parametrize("email", ["nobody@exemple.fr", "attente@exemple.fr", "", "alice"])
def test_an_address_that_nobody_has_confirmed_is_refused(award, alice, folder, email):
    EmailAddress.objects.create(user=alice, email="attente@exemple.fr", verified=False)

    with pytest.raises(CommandError) as refusal:
        run(email, folder)
    assert str(refusal.value) == f"Personne n’a confirmé l’adresse «\u00a0{email}\u00a0». Vérifiez-la."
    assert not folder.exists()


def test_no_file_is_replaced(award, alice, folder):
    folder.mkdir(parents=True)
    (folder / name()).write_bytes(b"another")
    paths = [run(alice.email, folder) for _time in range(2)]

    assert paths == [folder / name("-2"), folder / name("-3")]
    assert (folder / name()).read_bytes() == b"another"
    assert sorted(os.listdir(folder)) == sorted([name(), name("-2"), name("-3")])


def test_a_folder_that_is_none_is_refused(award, alice, folder):
    folder.mkdir(parents=True)
    (folder / "file").write_bytes(b"")

    with pytest.raises(CommandError, match=r"Impossible d’écrire dans «\u00a0.*/file\u00a0»"):
        run(alice.email, folder / "file")


@pytest.mark.parametrize(
    "trouble, said",
    [
        (NotPossible("Une clé est perdue."), "Une clé est perdue."),
        (
            OSError(28, "plus de place"),
            "Impossible d’écrire dans «\u00a0{folder}\u00a0»\u00a0: plus de place.",
        ),
    ],
)
def test_nothing_half_written_stays(award, alice, folder, trouble, said):
    with (
        patch("badges.exporting.export.index.put", side_effect=trouble),
        pytest.raises(CommandError) as refusal,
    ):
        run(alice.email, folder)

    assert str(refusal.value) == said.format(folder=folder)
    assert os.listdir(folder) == []
