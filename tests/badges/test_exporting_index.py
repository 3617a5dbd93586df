"""The pages of an archive: read from a disk, in French, by anybody, without any program but a browser."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import unquote

import pytest

from badges.enums import RevocationReason
from tests.badges.exported import NOW, exported, kept
from tests.factories import AssertionFactory, BadgeClassFactory, IssuerFactory
from tests.signed import signed, stored_picture

pytestmark = pytest.mark.django_db

SITE = "https://badges.exemple.fr"
ISSUED = datetime(2019, 7, 5, 12, tzinfo=UTC)
LINKS = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def held(alice):
    def hold(
        *, name: str = "Congrès de l'Amcsti", issuer: str = "Amcsti", description: str = "Y être.", **fields
    ):
        badge = BadgeClassFactory(
            name=name, description=description, issuer=IssuerFactory(name=issuer), image=stored_picture()
        )
        return signed(
            **{"holder": alice, "recipient_address": alice.email, "recipient_name": "Alice Martin"}
            | {"badge_class": badge, "issued_at": ISSUED}
            | fields
        )

    return hold


def field(index: str, name: str) -> list[str]:
    return [value.strip() for value in re.findall(rf"<dt>{name}</dt><dd[^>]*>(.*?)</dd>", index)]


def stamps(index: str) -> list[str]:
    return re.findall(r'<p class="ink ink--(\w+)"><strong>(.*?)</strong><span>(.*?)</span></p>', index)


def test_a_badge_is_told_whole(held, alice):
    award = held(public=True)
    index = exported(alice).index

    assert '<h2 id="badge-1">Congrès de l’Amcsti</h2>' in index
    assert "Délivré par <strong>Amcsti</strong>" in index
    assert "<p>Y être.</p>" in index
    assert field(index, "Bénéficiaire") == ['Alice Martin<br><span class="address">alice@exemple.fr</span>']
    assert field(index, "Délivré le") == ["5 juillet 2019"]
    assert field(index, "Expiration") == ["Sans date d’expiration"]
    assert field(index, "Visibilité du badge") == ["Public"]
    assert field(index, "Identifiant") == [award.printed_code]
    assert stamps(index) == [("ok", "en vigueur", "le 12 mars 2026")]
    assert f"{award.code}" in index
    files = re.findall(r'<li><a href="badges/[^"]*">(.*?)</a> (.*?)</li>', index)
    assert files == [
        ("ob2.png", "image pour la plupart des plateformes (Open Badges 2.0)"),
        ("ob3.png", "image pour les portefeuilles récents (Open Badges 3.0)"),
        ("ob2.json", "document que ce site publie (2.0)"),
        ("ob2.jws", "jeton signé (2.0)"),
        ("ob3.json", "document signé (3.0)"),
        ("ob3.jwt", "jeton signé (3.0)"),
    ]


def test_states_are_words(held, alice):
    held(name="Un", accepted_at=NOW)
    held(name="Deux", accepted_at=NOW - timedelta(1), expires_at=datetime(2020, 2, 1, 12, tzinfo=UTC))
    held(
        name="Trois",
        accepted_at=NOW - timedelta(2),
        public=True,
        revoked_at=datetime(2021, 3, 4, 12, tzinfo=UTC),
        revocation_reason=RevocationReason.CRITERIA,
    )
    held(name="Quatre", accepted_at=NOW - timedelta(3), members=True)
    index = exported(alice).index

    assert re.findall(r'<h2 id="badge-\d">(\w+)</h2>', index) == ["Un", "Deux", "Trois", "Quatre"]
    assert stamps(index) == [
        ("ok", "en vigueur", "le 12 mars 2026"),
        ("late", "expiré", "le 1 février 2020"),
        ("no", "révoqué", "le 4 mars 2021"),
        ("ok", "en vigueur", "le 12 mars 2026"),
    ]
    assert "Son émetteur l’a révoqué. Motif : critères non remplis." in index
    # What was withdrawn is seen by nobody: it has no visibility.
    assert field(index, "Visibilité du badge") == ["Privé", "Privé", "Utilisateurs enregistrés"]
    assert field(index, "Expiration")[1] == "1 février 2020"


@pytest.mark.parametrize(
    "verdict, stamp",
    [
        ("authentic", ("ok", "authentique")),
        ("unreachable", ("late", "émetteur injoignable")),
        ("unverifiable", ("late", "non vérifiable")),
        ("invalid", ("no", "non valide")),
    ],
)
def test_a_badge_from_elsewhere_has_the_word_of_its_last_verification(alice, verdict, stamp):
    kept(alice, verdict=verdict, verified_at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    index = exported(alice).index

    assert stamps(index) == [(*stamp, "vérifié le 1 mars 2026")]
    assert "(émetteur externe)" in index
    assert "en vigueur" not in index


def test_the_cover_says_whose_it_is_and_of_when(held, alice):
    held()
    index = exported(alice).index

    assert '<html lang="fr">' in index
    assert "<title>Tous les badges de Alice Martin</title>" in index
    assert "<h1>Alice Martin</h1>" in index
    assert "<p>1 badge</p>" in index
    assert "Tels qu’ils étaient le 12 mars 2026 à 10:30, sur https://badges.exemple.fr" in index
    assert len(re.findall(r"<h1[ >]", index)) == 1


def test_somebody_without_a_name_has_a_title(alice):
    alice.profile.first_name = alice.profile.last_name = ""
    alice.profile.save()

    assert "<h1>Mes badges</h1>" in exported(alice).index


def test_it_says_how_to_verify(held, alice, settings):
    settings.SOURCE_URL = "https://forge.exemple.fr/passeport"
    award = held(public=True)
    index = exported(alice).index

    assert f'<a href="{SITE}/verifier/">{SITE}/verifier/</a>' in index
    folder = f"badges/congres-de-lamcsti-{award.code}"
    assert f"<code>manage.py verify_badge {folder}/ob2.png --documents documents.json</code>" in index
    assert "Le logiciel libre de ce site (https://forge.exemple.fr/passeport) le lit" in index
    assert "Ces documents sont ceux du 12 mars 2026" in index


def test_every_link_leads_to_a_file_that_is_there(held, alice):
    held(public=True)
    kept(alice)
    archive = exported(alice)
    links = LINKS.findall(archive.index)
    ids = set(re.findall(r'\bid="([^"]*)"', archive.index))

    assert len(links) > 8
    for link in links:
        if link.startswith("#"):
            assert link[1:] in ids
        else:
            assert link == f"{SITE}/verifier/" or unquote(link) in archive.files, link
    assert len(ids) == len(re.findall(r'\bid="([^"]*)"', archive.index))


def test_nothing_is_loaded_from_a_site_and_nothing_runs(held, alice):
    held(public=True)
    page = exported(alice).files["index.html"].decode()

    assert "script-src 'none'; object-src 'none'" in page
    assert "<script" not in page
    assert re.findall(r"<(?:link|iframe|object|embed|form|base)\b", page) == []
    assert re.findall(r"\son\w+=|url\((?!#)|@import|javascript:", page) == []
    assert [source for source in re.findall(r'src="([^"]*)"', page) if "//" in source] == []


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:42 }}"]
)
def test_texts_of_others_stay_texts(held, alice, hostile):
    alice.profile.first_name = hostile[:70]
    alice.profile.save()
    held(name=hostile, issuer=hostile, description=hostile, recipient_name=hostile)
    AssertionFactory(recipient_address=alice.email, badge_class=BadgeClassFactory(name=hostile))
    page = exported(alice).files["index.html"].decode()

    assert "<script" not in page
    assert "onerror=alert(1)>" not in page
    assert page.count("&lt;script&gt;") + page.count("&gt;&lt;img") + page.count("{{ 7|add:42 }}") >= 4


def test_a_long_description_is_cut(held, alice):
    held(description="mot " * 500)
    text = re.search(r"<p>(mot .*?)</p>", exported(alice).index)[1]

    assert len(text) == 600
    assert text.endswith("…")


def test_the_text_beside_it_is_plain_french(held, alice):
    alice.profile.first_name = "L'« amie » & <co>"
    award = held(name="A & B")
    text = exported(alice).files["LISEZMOI.txt"].decode()

    assert "Ouvrez index.html dans un navigateur" in text
    assert f"verify_badge badges/a-b-{award.code}/ob2.png --documents documents.json" in text
    assert "Cette copie est personnelle" in text
    assert "&" not in text.replace("A & B", "")
    assert "<" not in text
