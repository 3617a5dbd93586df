"""FETCH_ALLOW is for trials: it goes with no public site."""

from tests.processes import Site

SHOW = "from django.conf import settings; print(settings.FETCH_ALLOW)"


def test_pairs_are_read_from_the_environment(tmp_path):
    site = Site(tmp_path, FETCH_ALLOW="127.0.0.1:8001, localhost:8002")

    assert site.python(SHOW).splitlines()[-1] == "['127.0.0.1:8001', 'localhost:8002']"


def test_a_public_site_refuses_to_start_with_it(tmp_path):
    done = Site(tmp_path, SITE_URL="https://badges.exemple.fr", FETCH_ALLOW="127.0.0.1:8001").run("check")

    assert done.returncode != 0
    assert "FETCH_ALLOW is for trials: it must be empty when SITE_URL is https." in done.stderr


def test_a_public_site_starts_without_it(tmp_path):
    site = Site(tmp_path, SITE_URL="https://badges.exemple.fr")

    assert site.python(SHOW).splitlines()[-1] == "[]"
