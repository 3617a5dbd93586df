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
