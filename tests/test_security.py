"""What holds on every page: who may come in, which headers go out, where one is sent afterwards."""

import re
import uuid
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import BadgeClassFactory

# Everything else sends an anonymous visitor to the sign-in page. A new public page is a decision: it is added here.
PUBLIC = {
    "home:welcome",
    "sharing:badge", "sharing:card", "sharing:code", "sharing:profile",
    "sharing:page", "sharing:page_card", "sharing:secret_page",
    "sharing:secret_file", "sharing:secret_picture", "sharing:page_pdf", "sharing:secret_page_pdf",
    "badges:picture", "badges:verify", "badges:find", "badges:claim", "badges:claim_badge", "badges:claim_account",
    "badges:claim_decline", "badges:claim_undo", "badges:claim_adopt", "badges:claim_renew",
    "badges:claim_forward", "badges:claim_opened", "badges:forwarded", "badges:unsubscribe", "badges:resubscribe",
    "badges:download", "badges:ob2_assertion", "badges:ob2_assertion_token", "badges:ob2_badge_class",
    "badges:ob2_criteria", "badges:ob2_issuer", "badges:ob2_key", "badges:ob2_revocations", "badges:ob2_endorsement",
    "badges:ob2_evidence", "badges:ob3_credential", "badges:ob3_credential_token", "badges:ob3_achievement",
    "badges:ob3_issuer", "badges:ob3_did", "badges:ob3_key", "badges:ob3_status", "badges:ob3_endorsement",
    "gallery:index", "gallery:badges", "gallery:badge", "gallery:criteria", "gallery:issuer", "gallery:pages",
    "gallery:profiles", "gallery:map",
    "pages:index",
    "notifications:stop", "notifications:take_back",
    "recognition:invited", "recognition:decline_invited", "recognition:withdraw_invited", "recognition:stop",
    "recognition:resume", "recognition:ob2_endorsement", "recognition:ob3_endorsement",
    "accounts:help", "accounts:legal_notice", "accounts:privacy_statement", "accounts:accessibility",
    "accounts:source", "accounts:file", "accounts:picture_file",
    "account_login", "account_logout", "account_signup", "account_inactive", "account_email_verification_sent",
    "account_request_login_code", "account_confirm_login_code", "account_reset_password",
    "account_confirm_password_reset_code", "account_complete_password_reset", "account_password_reset_completed",
    "socialaccount_signup", "socialaccount_login_cancelled", "socialaccount_login_error",
    "facebook_login", "facebook_callback", "openid_connect_login", "openid_connect_callback",
    "admin:login",
    "alive", "ready", "robots", "styleguide",
}  # fmt: skip
# Acts: a mail scanner or a preview that follows such a link gets 405 and changes nothing.
ACTS = {
    "badges:accept", "badges:decline", "badges:undo", "badges:claim_undo", "badges:claim_adopt", "badges:claim_renew",
    "badges:claim_opened", "badges:resubscribe",
    "badges:import_keep", "badges:import_keep_all", "badges:import_discard", "badges:recheck",
    "connections:follow", "connections:unfollow", "connections:comment", "connections:delete_comment",
    "pages:create", "pages:duplicate", "pages:restore", "pages:undo", "pages:preview",
    "badges:bulk_undo", "badges:archive", "badges:restore", "badges:delete_evidence",
    "notifications:open", "notifications:read_all", "notifications:take_back",
    "connections:follow_issuer", "connections:unfollow_issuer",
    "connections:follow_person", "connections:unfollow_person",
    "connections:accept", "connections:refuse", "connections:reconsider", "connections:remove",
    "connections:block", "connections:unblock",
    "recognition:congratulate", "recognition:undo_congratulation", "recognition:withdraw", "recognition:answer",
    "recognition:decline", "recognition:withdraw_request", "recognition:decline_invited",
    "recognition:withdraw_invited", "recognition:resume",
    "home:put_hint_away",
}  # fmt: skip
SAMPLES = {
    "uid": uuid.UUID(int=7, version=4), "slug": "inconnu", "handle": "inconnu", "code": "000000000000", "token": "x",
    "name": "x.png", "provider_id": "linkedin", "version": 1, "pk": 1, "extension": "png",
    "key": "inventee", "number": 1, "side": 480, "block": "0a1b2c3d", "file": uuid.UUID(int=8, version=4),
    "evidence": uuid.UUID(int=9, version=4),
    "what": "profil", "subject": str(uuid.UUID(int=7, version=4)),
}  # fmt: skip
CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
}
# Only what is made to be framed elsewhere may be.
FRAMED = {"sharing:card", "sharing:page_card"}
# Networks without keys do not exist; a failed sign-in through one of them says so with its status.
EXPECTED = {"facebook_login": {404}, "facebook_callback": {404}, "socialaccount_login_error": {401}}
ELSEWHERE = [
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "///evil.example",
    "http:///evil.example", "javascript:alert(1)", "\t//evil.example", "https://localhost@evil.example/",
]  # fmt: skip


def named_patterns() -> dict[str, URLPattern]:
    def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
            elif pattern.name:
                yield f"{prefix}{pattern.name}", pattern

    return dict(walk(get_resolver()))


PATTERNS = named_patterns()
OURS = sorted(name for name in PATTERNS if not name.startswith("admin:"))
WITHOUT_ARGUMENT = [name for name in OURS if not PATTERNS[name].pattern.regex.groups]


def address(name: str) -> str:
    return reverse(name, kwargs={key: SAMPLES[key] for key in PATTERNS[name].pattern.converters})


def policy(response) -> dict[str, str]:
    directives = response.headers["Content-Security-Policy"].split(";")
    return dict(directive.strip().split(" ", 1) for directive in directives)


def check_headers(response, name: str) -> None:
    csp = policy(response)
    if name in FRAMED and response.status_code == 200:
        csp["frame-ancestors"] = CSP["frame-ancestors"]
    assert csp == CSP
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] in {
        "strict-origin-when-cross-origin",
        "same-origin",
        "no-referrer",
    }
    assert (
        response.headers["Permissions-Policy"]
        == "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    )


def test_the_list_of_public_pages_names_what_exists():
    assert PUBLIC - set(PATTERNS) == set()
    assert ACTS - set(PATTERNS) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(OURS) - PUBLIC))
def test_other_pages_send_an_anonymous_visitor_to_sign_in(name, client):
    response = client.get(address(name))

    assert (response.status_code, urlsplit(response.headers["Location"]).path) == (
        302,
        reverse("account_login"),
    )
    check_headers(response, name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC & set(OURS)))
def test_public_pages_do_not(name, client):
    response = client.get(address(name))

    assert getattr(PATTERNS[name].callback, "login_required", True) is False
    assert response.status_code < 500
    check_headers(response, name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", sorted(name for name in PATTERNS if name.startswith("admin:") and name != "admin:login")
)
def test_the_administration_is_closed(name, client, alice, signed_in):
    """To visitors, and to members who do not organise."""
    kinds = PATTERNS[name].pattern
    path = reverse(
        name, args=["accounts"] if "app_label" in kinds.regex.groupindex else [1] * kinds.regex.groups
    )

    visitor = client.get(path)
    if visitor.status_code != 404:
        assert urlsplit(visitor.headers["Location"]).path in {
            reverse("account_login"),
            reverse("admin:login"),
        }
    member = signed_in(alice).get(path)
    assert member.status_code in {302, 403, 404}
    assert member.headers.get("Location") != path


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(WITHOUT_ARGUMENT) - ACTS))
def test_every_page_can_be_walked_signed_in_without_a_write(name, alice, signed_in, read_only):
    browser = signed_in(alice)

    with read_only():
        response = browser.get(reverse(name))

    assert response.status_code in EXPECTED.get(name, {200, 302})
    check_headers(response, name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC & set(WITHOUT_ARGUMENT)))
def test_every_public_page_can_be_walked_signed_out_without_a_write(name, client, read_only):
    with read_only():
        response = client.get(reverse(name))

    assert response.status_code in EXPECTED.get(name, {200, 302})


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("name", sorted(ACTS))
def test_acts_refuse_to_be_read(name, method, alice, signed_in):
    response = getattr(signed_in(alice), method)(address(name))

    assert response.status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(ACTS))
def test_acts_refuse_a_foreign_form(name, alice):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.post(address(name)).status_code == 403


@pytest.mark.django_db
def test_the_error_pages_have_the_headers_too(client):
    response = client.get("/nulle/part/")

    assert response.status_code == 404
    check_headers(response, "")


# Where one is sent afterwards


LEADS = re.compile(r"\b(?:href|action|formaction|src)=[\"'](?!/(?![/\\])|[?#]|mailto:)([^\"']*)")


def stays(response) -> bool:
    """Neither the redirect nor any link or form of the page leads to the other site (a hidden field may carry it)."""
    target = response.headers.get("Location", "/")
    page = response.content.decode()
    return (
        target.startswith("/")
        and target[1:2] not in {"/", "\\"}
        and "evil" not in "".join(LEADS.findall(page))
    )


def test_a_page_that_leads_elsewhere_is_seen():
    for target in ("//evil.example", "/\\evil.example", "https://evil.example/"):
        assert not stays(HttpResponse(f'<a href="{target}">'))
        assert not stays(HttpResponse(headers={"Location": target}))
    assert stays(HttpResponse('<a href="/compte/?next=//evil.example">', headers={"Location": "/accueil/"}))


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_request_login_code", "account_logout"]
)
def test_a_page_of_entry_does_not_carry_another_site(name, target, client):
    assert stays(client.get(reverse(name), {"next": target}))


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_stays_here(target, client, alice):
    response = client.post(
        reverse("account_login"), {"login": alice.email, "password": "alice a douze lettres", "next": target}
    )

    assert (response.status_code, response.headers["Location"]) == (302, reverse("home:home"))


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_out_stays_here(target, alice, signed_in):
    response = signed_in(alice).post(reverse("account_logout"), {"next": target})

    assert (response.status_code, response.headers["Location"]) == (302, reverse("home:welcome"))


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_consent_stays_here(target, alice, signed_in, statement):
    browser = signed_in(alice)

    assert stays(browser.get(reverse("accounts:consent"), {"next": target}))
    for _turn in ("accepts", "has accepted"):
        response = browser.post(
            reverse("accounts:consent"), {"consent": "on", "document": statement.pk, "next": target}
        )
        assert (response.status_code, response.headers["Location"]) == (302, reverse("home:home"))
    assert alice.consents.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
@pytest.mark.parametrize("name", ["connections:follow", "connections:unfollow"])
def test_following_stays_here(name, target, alice, signed_in):
    badge_class = BadgeClassFactory(slug="amcsti-2019")

    response = signed_in(alice).post(reverse(name, args=["amcsti-2019"]), {"next": target})

    assert (response.status_code, response.headers["Location"]) == (302, badge_class.get_absolute_url())
