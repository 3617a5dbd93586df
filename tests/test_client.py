"""The client that checks every answer can fail."""

import pytest
from django.template import engines

from tests.client import check_html


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">',
        "<style>p { color: red }</style>",
        '<p onclick="act()">',
        "<script>act()</script>",
        '<form method="post"><button>Envoyer</button></form>',
        '<img src="https://ailleurs.example/pixel.png">',
        "<p>{{ name }}</p>",
        '<html lang="fr"><title>T</title><h1>Un</h1><h1>Deux</h1></html>',
        "<html><title>T</title><h1>Un</h1></html>",
        '<html lang="fr"><title> </title><h1>Un</h1></html>',
    ],
)
def test_a_fault_is_seen(html):
    with pytest.raises(AssertionError):
        check_html(html)


def test_a_name_that_a_template_does_not_know_is_seen():
    html = engines["django"].from_string("<p>{{ nobody.name }}</p>").render({})

    with pytest.raises(AssertionError, match="UNDEFINED_VARIABLE"):
        check_html(html)


@pytest.mark.parametrize(
    "html", ['<input value="x onload=1 style=2">', '<script src="/static/x.js"></script>']
)
def test_what_is_allowed_passes(html):
    check_html(html)
