"""What the tab « Partager » offers for one public badge."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from badges import pictures
from badges.models import Assertion
from passport.lib.urls import absolute
from passport.templatetags.passport import typo
from sharing import links

CARD_SIZE = (320, 420)
# Together with the words around them, under the 240 characters that every network takes.
NAME, ISSUER = 120, 60


@dataclass(frozen=True)
class CopyField:
    """A value that LinkedIn may ask for again."""

    key: str
    label: str
    value: str


@dataclass(frozen=True)
class Offer:
    page_url: str
    linkedin_profile: str
    linkedin_post: str
    x: str
    facebook: str
    pinterest: str
    email: str
    copy_fields: list[CopyField]
    embed_title: str
    embed_code: str


def page_address(assertion: Assertion) -> str:
    return absolute(reverse("sharing:badge", args=[assertion.uid]))


def picture_address(assertion: Assertion) -> str:
    """A PNG: networks and mail read neither WebP nor SVG."""
    name = pictures.variant(assertion.recognises.image, "440.png")
    return absolute(reverse("badges:picture", args=[name]))


def offer(assertion: Assertion) -> Offer:
    url, words = page_address(assertion), _words(assertion, NAME, ISSUER)
    text = _("I received the badge “%(badge)s”, issued by %(issuer)s.") % words
    title = embed_title(assertion)
    return Offer(
        page_url=url,
        linkedin_profile=_linkedin_profile(assertion, url),
        linkedin_post=links.linkedin_post(url=url),
        x=links.x(url=url, text=text),
        facebook=links.facebook(url=url),
        pinterest=links.pinterest(url=url, picture=picture_address(assertion), text=text),
        email=_email(assertion, url, words),
        copy_fields=_copy_fields(assertion, url),
        embed_title=title,
        embed_code=_embed_code(assertion, title),
    )


def embed_title(assertion: Assertion) -> str:
    return _("Badge “%(badge)s”, issued by %(issuer)s") % _words(assertion, 200, 150)


def _words(assertion: Assertion, name: int, issuer: int) -> dict[str, str]:
    return {
        "badge": links.one_line(typo(assertion.recognises.name), name),
        "issuer": links.one_line(typo(assertion.badge_class.issuer.name), issuer),
    }


def _linkedin_profile(assertion: Assertion, url: str) -> str:
    issuer = assertion.badge_class.issuer
    return links.linkedin_profile(
        name=assertion.recognises.name,
        organization=issuer.name,
        organization_id=issuer.linkedin_organization_id,
        issued=assertion.issued_at,
        expires=assertion.expires_at,
        zone=timezone.get_default_timezone(),
        url=url,
        code=assertion.printed_code,
    )


def _email(assertion: Assertion, url: str, words: dict[str, str]) -> str:
    body = _("Hello,\n\nHere is the badge “%(badge)s” that %(issuer)s issued to me on %(date)s:\n%(url)s")
    return links.email(
        subject=_("My badge “%(badge)s”") % words,
        body=body % {**words, "date": _day(assertion.issued_at), "url": url},
    )


def _copy_fields(assertion: Assertion, url: str) -> list[CopyField]:
    fields = [
        CopyField("name", _("Name"), links.one_line(assertion.recognises.name, links.LINKEDIN_NAME)),
        CopyField("issuer", _("Issuing organisation"), assertion.badge_class.issuer.name),
        CopyField("issued", _("Issue date"), _day(assertion.issued_at, "F Y")),
    ]
    if assertion.expires_at:
        fields.append(CopyField("expires", _("Expiration date"), _day(assertion.expires_at, "F Y")))
    return [
        *fields,
        CopyField("code", _("Credential ID"), assertion.printed_code),
        CopyField("url", _("Credential URL"), url),
    ]


def _embed_code(assertion: Assertion, title: str) -> str:
    width, height = CARD_SIZE
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" frameborder="0" loading="lazy"></iframe>',
        absolute(reverse("sharing:card", args=[assertion.uid])),
        title,
        width,
        height,
    )


def _day(moment, form: str = "DATE_FORMAT") -> str:
    """A day in the zone of LinkedIn's months, which a reader compares it with."""
    return date_format(timezone.localtime(moment, timezone.get_default_timezone()), form)
