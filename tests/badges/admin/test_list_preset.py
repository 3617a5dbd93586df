"""Presets of columns: everybody's are read, one's own are edited, others' do not exist."""

import pytest
from django.urls import reverse

from badges.models import ListPreset
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "admin:badges_listpreset_changelist"


@pytest.fixture
def presets(olga, bob):
    ListPreset.objects.filter(owner=None).delete()
    return {
        owner: ListPreset.objects.create(owner=user, name=name, address="Email")
        for owner, user, name in [
            ("all", None, "HelloAsso"),
            ("olga", olga, "À moi"),
            ("bob", bob, "zorglub"),
        ]
    }


def change(preset: ListPreset) -> str:
    return reverse("admin:badges_listpreset_change", args=[preset.pk])


def test_an_organiser_sees_everybodys_and_their_own(signed_in, olga, amcsti, presets):
    browser = signed_in(olga)
    page = browser.get(reverse(LIST)).content.decode()

    assert ("HelloAsso" in page, "À moi" in page, "zorglub" in page) == (True, True, False)
    assert 'name="address"' in browser.get(change(presets["olga"])).content.decode()
    assert 'name="address"' not in browser.get(change(presets["all"])).content.decode()
    assert browser.get(change(presets["bob"])).status_code == 302
    assert browser.get(f"{reverse(LIST)}?owner__email__startswith=b").status_code in {302, 400}


def test_an_organiser_edits_their_own_only(signed_in, olga, bob, amcsti, presets):
    browser = signed_in(olga)
    data = {"name": "Changé", "address": "Courriel"}
    for key in presets:
        browser.post(change(presets[key]), data)
        if key != "olga":
            browser.post(reverse("admin:badges_listpreset_delete", args=[presets[key].pk]), {"post": "yes"})

    assert sorted(ListPreset.objects.values_list("name", "address")) == [
        ("Changé", "Courriel"),
        ("HelloAsso", "Email"),
        ("zorglub", "Email"),
    ]


def test_a_new_preset_is_its_makers_and_its_name_is_once(signed_in, olga, bob, amcsti, presets):
    browser = signed_in(olga)
    add = reverse("admin:badges_listpreset_add")
    browser.post(add, {"name": "Nouveau", "address": "Courriel", "owner": bob.pk})
    again = browser.post(add, {"name": "Nouveau", "address": "Courriel"})

    assert ListPreset.objects.get(name="Nouveau").owner == olga
    assert (again.status_code, "porte déjà ce nom" in again.content.decode()) == (200, True)
    root = UserFactory(is_staff=True, is_superuser=True)
    signed_in(root).post(add, {"name": "Pour tous", "address": "Courriel"})
    assert ListPreset.objects.get(name="Pour tous").owner is None
