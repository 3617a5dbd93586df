"""The secret link of a page: an HMAC over its uid and the generation of its link. Nothing to steal in the database."""

import base64

from django.utils.crypto import constant_time_compare, salted_hmac

from pages.models import Page

SALT = "pages.link"


def key_of(page: Page) -> str:
    payload = f"{page.uid}:{page.link_generation}"
    digest = salted_hmac(SALT, payload, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def opens(page: Page, key: str) -> bool:
    return page.link_open and constant_time_compare(key, key_of(page))
