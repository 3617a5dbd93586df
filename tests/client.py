"""A client that reads every answer as a reviewer would."""

import re

from django.test import Client

FORBIDDEN = {
    "inline style": re.compile(r"<[^>]+\sstyle\s*=", re.I),
    "style element": re.compile(r"<style[\s>]", re.I),
    "event attribute": re.compile(r"<[^>]+\son[a-z]+\s*=", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
}
DATA_BLOCK = '<script type="application/ld+json">'
LEFT_OVER = re.compile(r"\{\{|\{%")
TAG = re.compile(r"<[a-z][^>]*>", re.I)
QUOTED = re.compile(r'"[^"]*"')
POST_FORM = re.compile(r"<form[^>]*method=[\"']?post[^>]*>.*?</form>", re.I | re.S)


class CheckingClient(Client):
    """Refuses, on every HTML answer: inline style or script, event attributes, undefined variables, a POST form
    without CSRF token, a page without language, title or exactly one h1, a third party's address in what is loaded."""

    def request(self, **request):
        response = super().request(**request)
        if "text/html" in response.headers.get("Content-Type", "") and not response.streaming:
            check_html(response.content.decode(), admin=request.get("PATH_INFO", "").startswith("/admin/"))
        return response


def check_html(html: str, *, admin: bool = False) -> None:
    # What a value says is no attribute, and a block of data is no script.
    tags = TAG.sub(lambda tag: QUOTED.sub('""', tag[0]), html.replace(DATA_BLOCK, ""))
    for name, pattern in FORBIDDEN.items():
        found = pattern.search(tags)
        assert not found, f"{name}: {tags[max(0, found.start() - 80) : found.end() + 80]}"
    assert admin or "UNDEFINED_VARIABLE" not in html, html[max(0, html.find("UNDEFINED_VARIABLE") - 200) :][
        :300
    ]
    found = LEFT_OVER.search(html)
    assert not found, f"template left over: {html[max(0, found.start() - 80) : found.end() + 80]}"
    for form in POST_FORM.findall(html):
        assert "csrfmiddlewaretoken" in form, f"no CSRF token: {form[:200]}"
    loaded = re.findall(r"<(?:script|img|iframe|source)[^>]+src=[\"'](https?:)?//[^\"']+", html)
    assert not loaded, f"third party: {loaded}"
    if "<html" in html and not admin:
        assert re.search(r"<html[^>]*\slang=\"[a-z]{2}\"", html), "no language"
        assert re.search(r"<title>\s*\S[^<]*</title>", html), "no title"
        assert len(re.findall(r"<h1[\s>]", html)) == 1, "one h1 is wanted"
