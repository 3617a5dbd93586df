import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_an_organiser_enters_by_the_front_door(client, olga, amcsti):
    """The same form, limits and journal for everybody: the administration has no second door."""
    answer = client.get("/admin/", follow=True)

    assert answer.request["PATH_INFO"] == reverse("account_login")
    assert answer.request["QUERY_STRING"] == "next=%2Fadmin%2F"


def test_the_index_wears_the_sites_name_and_shows_what_an_organiser_has(signed_in, olga, amcsti, settings):
    shown = signed_in(olga).get("/admin/").content.decode()

    assert settings.SITE_NAME in shown
    assert "css/admin-passport.css" in shown
    for name in ("issuer", "badgeclass", "batch", "assertion"):
        assert reverse(f"admin:badges_{name}_changelist") in shown
    assert "/admin/accounts/" not in shown
    assert "/admin/notifications/" not in shown
