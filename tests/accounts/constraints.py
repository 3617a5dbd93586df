"""Breaches of the constraints of accounts, by the name of each; tests/badges/test_constraints.py runs them."""

from accounts.enums import FileKind
from accounts.models import File, Profile
from tests.factories import UserFactory


def file_once_per_owner():
    owner = UserFactory()
    for name in ("a.png", "b.png"):
        File.objects.create(owner=owner, kind=FileKind.PICTURE, name=name, size=1, sha256="0" * 64)


def file_kind_known():
    File.objects.create(owner=UserFactory(), kind="script", name="x", size=1, sha256="0" * 64)


def profile_indexed_is_public():
    Profile.objects.filter(pk=UserFactory().profile.pk).update(is_indexed=True, visibility="members")


def profile_handle_unique_without_case():
    Profile.objects.filter(pk=UserFactory().profile.pk).update(handle="alice-martin")
    Profile.objects.filter(pk=UserFactory().profile.pk).update(handle="Alice-Martin")


BREACHES = {
    breach.__name__: breach
    for breach in (
        file_once_per_owner,
        file_kind_known,
        profile_indexed_is_public,
        profile_handle_unique_without_case,
    )
}
