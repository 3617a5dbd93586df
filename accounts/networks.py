"""Facebook and LinkedIn, where their keys are configured."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True)
class Network:
    key: str
    name: str
    url: str


def networks() -> list[Network]:
    configured = settings.SOCIALACCOUNT_PROVIDERS
    found = []
    if "openid_connect" in configured:
        url = reverse("openid_connect_login", kwargs={"provider_id": "linkedin"})
        found.append(Network("linkedin", "LinkedIn", url))
    if "facebook" in configured:
        found.append(Network("facebook", "Facebook", reverse("facebook_login")))
    return found
