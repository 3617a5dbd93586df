import pytest

pytestmark = pytest.mark.django_db


def test_the_tab_says_plainly_that_nothing_is_published_yet(client, bob, signed_in, read_only):
    for browser in (client, signed_in(bob)):
        with read_only():
            response = browser.get("/pages/")
        html = response.content.decode()
        assert response.status_code == 200
        assert "Rien n’est encore publié ici" in html
        assert 'href="/pages/" aria-current="page"' in html
