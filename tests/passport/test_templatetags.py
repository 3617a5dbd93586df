import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import override_settings
from django.utils.html import mark_safe
from django.utils.translation import override

PLAIN_STATIC = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SPRITE = Path(settings.STATICFILES_DIRS[0]) / "img" / "icons.svg"
TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


def render(source, **context):
    return Template("{% load passport %}" + source).render(Context(context))


@override_settings(STORAGES=PLAIN_STATIC)
def test_icon_is_decoration_from_the_sprite():
    assert render('{% icon "lock" %}') == (
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="/static/img/icons.svg#i-lock"/></svg>'
    )


def test_every_icon_named_in_a_template_is_in_the_sprite():
    known = set(re.findall(r'<symbol id="i-([a-z0-9-]+)"', SPRITE.read_text()))
    used = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)" %}', path.read_text())
    }
    assert {"lock", "people", "globe2"} <= used
    assert used - known == set()


def test_rosette_is_drawn_inline():
    drawing = render("{% rosette code %}", code="7K3M-9QX2-PLHV")
    assert drawing.startswith('<svg class="rosette"')
    assert 'id="r7k3m9qx2plhv"' in drawing


def test_rosette_of_markup_stays_markup_free():
    assert "<script" not in render("{% rosette code %}", code='"><script>')


def test_mrz_is_escaped_and_hidden_from_screen_readers():
    assert render('{% mrz "Martin" "Claire" "Amcsti" "7K3M-9QX2-PLHV" day "FR" %}', day=date(2019, 7, 5)) == (
        '<div class="mrz__lines" aria-hidden="true">OBFRAMARTIN&lt;&lt;CLAIRE'
        + "&lt;" * 25
        + "\n7K3M9QX2PLHV0FRA1907058AMCSTI"
        + "&lt;" * 13
        + "89</div>"
    )


@override_settings(TIME_ZONE="Europe/Paris", USE_TZ=True)
def test_mrz_dates_an_award_in_the_site_s_time_zone():
    late = datetime(2019, 7, 5, 23, 30, tzinfo=UTC)
    assert "190706" in render('{% mrz "a" "b" "c" "d" day "FR" %}', day=late)


@pytest.mark.parametrize(
    "name,initials",
    [
        ("Claire Martin", "CM"),
        ("Jean-Baptiste Noël", "JB"),
        ("Élise", "É"),
        ("", "?"),
        ("😀", "?"),
        ("<b>", "B"),
        ("李 明", "李明"),
    ],
)
def test_avatar_of_a_person(name, initials):
    html = render('{% avatar name "s" %}', name=name)
    assert re.fullmatch(
        rf'<span class="avatar avatar--s avatar--[1-6]" aria-hidden="true">{re.escape(initials)}</span>', html
    )


@pytest.mark.parametrize(
    "name,initials",
    [("Amcsti", "Am"), ("Le Dôme", "LD"), ("Planétarium du Bessin", "PB"), ("atelier", "At"), ("", "?")],
)
def test_avatar_of_an_issuer(name, initials):
    html = render("{% avatar name org=True %}", name=name)
    assert re.fullmatch(
        rf'<span class="avatar avatar--org avatar--[1-6]" aria-hidden="true">{re.escape(initials)}</span>',
        html,
    )


def test_avatar_keeps_its_colour():
    assert render('{% avatar "Claire Martin" %}') == render('{% avatar "Claire Martin" %}')


def test_typo_only_in_french():
    with override("fr"):
        assert render("{{ text|typo }}", text="l'art ?") == "l’art\u202f?"
    with override("en"):
        assert render("{{ text|typo }}", text="well ?") == "well ?"


def test_typo_escapes_text_and_keeps_markup():
    with override("fr"):
        assert render("{{ text|typo }}", text="<b> ?") == "&lt;b&gt;\u202f?"
        assert render("{{ text|typo }}", text=mark_safe("<b>oui ?</b>")) == "<b>oui\u202f?</b>"
        assert render("{{ text|typo }}", text=None) == "None"


def test_markdown_filter_is_safe_html():
    assert render("{{ text|markdown }}", text="**a** <b>") == "<p><strong>a</strong> &lt;b&gt;</p>\n"
    assert render("{{ text|markdown }}", text=None) == ""


@pytest.mark.parametrize(
    "size, said",
    [
        (0, "0 KB"),
        (1, "1 KB"),
        (1024, "1 KB"),
        (1024**2, "1 MB"),
        (23_530_000, "22.4 MB"),
        (100 * 1024**2, "100 MB"),
    ],
)
def test_weights_are_said_as_the_limits_are(size, said):
    with override("en"):
        assert render("{{ size|weight }}", size=size) == said
