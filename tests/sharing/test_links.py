"""Share links, character by character."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sharing import links

PARIS = ZoneInfo("Europe/Paris")
URL = "https://badges.exemple.fr/b/1b4e28ba-2fa1-41d2-883f-0016d3cca427/"
U = "https%3A%2F%2Fbadges.exemple.fr%2Fb%2F1b4e28ba-2fa1-41d2-883f-0016d3cca427%2F"
HARD = "L'été & l'hiver : 100 % #1"
HARD_ENCODED = "L%27%C3%A9t%C3%A9%20%26%20l%27hiver%20%3A%20100%20%25%20%231"
TEXT = 'Dit « oui » + "non" = 🏅'
TEXT_ENCODED = "Dit%20%C2%AB%20oui%20%C2%BB%20%2B%20%22non%22%20%3D%20%F0%9F%8F%85"


def profile_link(**given) -> str:
    fields = {
        "name": "Je participe",
        "organization": "Amcsti",
        "organization_id": "",
        "issued": datetime(2019, 7, 5, 12, tzinfo=UTC),
        "expires": None,
        "zone": PARIS,
        "url": URL,
        "code": "7K3M-9QX2-PLHV",
    }
    return links.linkedin_profile(**{**fields, **given})


def test_each_network():
    assert links.x(url=URL, text=HARD) == f"https://x.com/intent/post?text={HARD_ENCODED}&url={U}"
    assert links.linkedin_post(url=URL) == f"https://www.linkedin.com/sharing/share-offsite/?url={U}"
    assert links.facebook(url=URL) == f"https://www.facebook.com/sharer/sharer.php?u={U}"
    assert links.pinterest(url=URL, picture="https://badges.exemple.fr/i/a.png", text=TEXT) == (
        f"https://www.pinterest.com/pin/create/button/?url={U}"
        f"&media=https%3A%2F%2Fbadges.exemple.fr%2Fi%2Fa.png&description={TEXT_ENCODED}"
    )


def test_email_keeps_its_lines_and_its_spaces():
    assert links.email(subject=HARD, body=f"Bonjour,\n\n{TEXT}\n{URL}") == (
        f"mailto:?subject={HARD_ENCODED}&body=Bonjour%2C%0D%0A%0D%0A{TEXT_ENCODED}%0D%0A{U}"
    )


def test_add_to_profile_in_the_order_of_the_form():
    link = profile_link(
        name=HARD,
        organization_id="1234567",
        expires=datetime(2024, 12, 5, 12, tzinfo=UTC),
    )

    assert link == (
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME"
        f"&name={HARD_ENCODED}&organizationId=1234567&issueYear=2019&issueMonth=7"
        f"&expirationYear=2024&expirationMonth=12&certUrl={U}&certId=7K3M-9QX2-PLHV"
    )


def test_an_issuer_without_identifier_goes_by_its_name_and_a_badge_without_expiry_has_none():
    assert profile_link(organization='Le "Dôme" & Cie') == (
        "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=Je%20participe"
        "&organizationName=Le%20%22D%C3%B4me%22%20%26%20Cie&issueYear=2019&issueMonth=7"
        f"&certUrl={U}&certId=7K3M-9QX2-PLHV"
    )


@pytest.mark.parametrize(
    "moment, month",
    [
        (datetime(2019, 7, 1, 0, 30, tzinfo=PARIS), "issueYear=2019&issueMonth=7"),
        (datetime(2019, 6, 30, 22, 30, tzinfo=UTC), "issueYear=2019&issueMonth=7"),
        (datetime(2019, 12, 31, 23, 30, tzinfo=UTC), "issueYear=2020&issueMonth=1"),
        (datetime(2020, 1, 1, 0, 0, tzinfo=PARIS), "issueYear=2020&issueMonth=1"),
        (datetime(2019, 12, 31, 22, 59, tzinfo=UTC), "issueYear=2019&issueMonth=12"),
    ],
)
def test_months_count_from_one_in_the_zone_of_the_site(moment, month):
    assert f"&{month}&certUrl=" in profile_link(issued=moment)
    expiry = month.replace("issue", "expiration")
    assert f"&{expiry}&certUrl=" in profile_link(expires=moment)


@pytest.mark.parametrize("name", ["é" * 300, "é" * 256])
def test_a_long_name_is_cut_at_255_characters(name):
    assert f"&name={'%C3%A9' * 254}%E2%80%A6&organizationName=" in profile_link(name=name)


def test_a_name_of_255_characters_is_whole():
    assert f"&name={'%F0%9F%8F%85' * 255}&organizationName=" in profile_link(name="🏅" * 255)


def test_no_text_leaves_its_line_or_turns_its_neighbours():
    assert links.one_line("Un\r\nBcc: x\u2028deux\x00trois", 99) == "Un Bcc: x deux trois"
    assert links.one_line("\u202eegdab\u2066 \u200fx", 99) == "egdab x"
    assert links.one_line("👩\u200d🔬 عالِم", 99) == "👩\u200d🔬 عالِم"
