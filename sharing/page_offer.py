"""What « Partager » offers for one public page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pages.links import key_of
from pages.models import Page
from passport.lib.urls import absolute
from passport.templatetags.passport import typo
from sharing import links
from sharing.offer import CARD_SIZE

TITLE = 150


@dataclass(frozen=True)
class PageOffer:
    page_url: str
    linkedin_post: str
    x: str
    facebook: str
    pinterest: str
    email: str
    embed_code: str


def page_address(page: Page) -> str:
    return absolute(reverse("sharing:page", args=[page.uid]))


def secret_address(page: Page) -> str:
    """The address of the secret link while it holds, else nothing."""
    if not page.link_open:
        return ""
    return absolute(reverse("sharing:secret_page", args=[page.uid, key_of(page)]))


def page_title(page: Page) -> str:
    return links.one_line(typo(page.title), TITLE)


def offer(page: Page) -> PageOffer:
    """Pinterest is left out: a page has no picture of its own."""
    url, title = page_address(page), page_title(page)
    return PageOffer(
        page_url=url,
        linkedin_post=links.linkedin_post(url=url),
        x=links.x(url=url, text=title),
        facebook=links.facebook(url=url),
        pinterest="",
        email=links.email(
            subject=title,
            body=_("Hello,\n\nHere is my page “%(title)s”:\n%(url)s") % {"title": title, "url": url},
        ),
        embed_code=_embed_code(page, title),
    )


def _embed_code(page: Page, title: str) -> str:
    width, height = CARD_SIZE
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy"></iframe>',
        absolute(reverse("sharing:page_card", args=[page.uid])),
        title,
        width,
        height,
    )
