"""A person at a provider, without a browser: follows its pages over HTTP until it sends them back."""

import html
import re
from urllib.parse import urljoin, urlsplit

import requests


def leave(client, path: str, **data) -> str:
    """Presses a network's button; returns the address of the provider that the page leads to."""
    response = client.post(path, data)
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    page = response.content.decode()
    target = html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1])
    assert f'<a class="btn" href="{html.escape(target)}">' in page
    return target


def fields(page: str) -> dict[str, list[str]]:
    """What a form of `page` would send as it stands: hidden values and boxes, all ticked."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attributes = {name: html.unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if attributes.get("type") in {"hidden", "checkbox"}:
            found.setdefault(attributes["name"], []).append(attributes.get("value", "on"))
    return found


def back_from_linkedin(linkedin, target: str, person: str, *, action: str = "grant") -> str:
    """Signs in at the provider as `person`, grants, and returns the path of the site to which one is sent back."""
    visit = requests.Session()
    page = visit.get(target)
    data = {**fields(page.text), "login": person, "password": linkedin.password}
    page = visit.post(page.url, data=data)
    granted = visit.post(
        urljoin(page.url, "/identity/o/authorize"),
        data={**fields(page.text), "action": action},
        headers={"Referer": page.url},
        allow_redirects=False,
    )
    assert granted.status_code == 302, granted.text[:500]
    return _path(granted.headers["Location"])


def back_from_facebook(facebook, target: str, person: str) -> str:
    visit = requests.Session()
    page = visit.get(target)
    assert page.status_code == 200, page.text
    answer = visit.post(
        f"{facebook.url}/dialog/oauth", data={**fields(page.text), "person": person}, allow_redirects=False
    )
    return _path(answer.headers["Location"])


def _path(location: str) -> str:
    parts = urlsplit(location)
    assert parts.netloc == "testserver"
    return f"{parts.path}?{parts.query}"
