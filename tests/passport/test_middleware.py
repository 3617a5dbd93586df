import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import BadgeClassFactory

pytestmark = pytest.mark.django_db


def test_pages_are_compressed_for_who_can_read_it():
    BadgeClassFactory(name="Astronome")
    browser = Client(headers={"accept-encoding": "gzip"})

    answer = browser.get(reverse("gallery:badges"))

    assert answer["Content-Encoding"] == "gzip"
    assert "Astronome" in gzip.decompress(answer.content).decode()


def test_pages_stay_out_of_shared_caches(client):
    answer = client.get(reverse("gallery:badges"))

    assert answer["Cache-Control"] == "private, no-store"


def test_a_button_of_who_is_no_longer_signed_in_leads_back_to_its_page(client):
    badge_class = BadgeClassFactory()
    page = reverse("gallery:badge", args=[badge_class.slug])

    answer = client.post(
        reverse("connections:follow", args=[badge_class.slug]),
        headers={"referer": f"http://testserver{page}"},
    )

    assert (answer.status_code, answer["Location"]) == (302, f"/compte/connexion/?next={page}")


@pytest.mark.parametrize("referer", ["", "https://evil.example/x", "//evil.example/x", "javascript:alert(1)"])
def test_a_page_of_another_site_is_not_led_back_to(client, referer):
    answer = client.post(
        reverse("badges:accept", args=["00000000-0000-4000-8000-000000000000"]), headers={"referer": referer}
    )

    assert answer["Location"] == "/compte/connexion/?next=/"


@pytest.mark.parametrize("name", ["home:welcome", "gallery:badges", "gallery:profiles", "account_login"])
def test_no_page_is_for_search_engines_without_a_consent_of_its_own(client, name):
    assert client.get(reverse(name))["X-Robots-Tag"] == "noindex"
