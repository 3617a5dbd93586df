"""How long sign-up takes tells nothing either: a known address costs the same hash as a new account."""

import pytest
from django.contrib.auth import hashers
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("email", ["alice@exemple.fr", "inconnue@exemple.fr"])
def test_a_password_is_hashed_whether_or_not_the_address_is_known(
    client, alice, statement, monkeypatch, email
):
    hashed = []
    hasher = hashers.get_hasher()
    encode = type(hasher).encode
    monkeypatch.setattr(
        type(hasher), "encode", lambda self, password, salt: hashed.append(1) or encode(self, password, salt)
    )

    answer = client.post(
        reverse("account_signup"),
        {
            "email": email,
            "password1": "douze lettres au moins",
            "consent": "on",
            "document": statement.pk,
        },
    )

    assert (answer.status_code, len(hashed)) == (302, 1)
