import pytest

from passport.lib.typography import french, french_html

N, W = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    "typed,printed",
    [
        ("Qu'est-ce ?", f"Qu’est-ce{N}?"),
        ("l'« art »", f"l’«{W}art{W}»"),
        ("«art»", f"«{W}art{W}»"),
        ("Pays : France ; Suisse !", f"Pays{W}: France{N}; Suisse{N}!"),
        ("1 200 000 badges", f"1{N}200{N}000 badges"),
        ("en 2019 200 personnes", "en 2019 200 personnes"),
        ("37 e", "37 e"),
        ("50 %", f"50{W}%"),
        ("à 12:30", "à 12:30"),
        ("https://a.fr/?q='x'&b ;c", f"https://a.fr/?q='x'&b{N};c"),
        ("voir https://a.fr/l'art", "voir https://a.fr/l'art"),
        ("'a' 'b'", "'a' 'b'"),
        ("", ""),
    ],
)
def test_french_spaces_and_apostrophe(typed, printed):
    assert french(typed) == printed
    assert french(printed) == printed


def test_markup_and_code_are_left_alone():
    html = '<a title="l\'art : x">l&#x27;art : oui ?</a> <code>a ; b</code>'
    assert french_html(html) == f'<a title="l\'art : x">l’art{W}: oui{N}?</a> <code>a ; b</code>'


def test_less_than_in_plain_text_is_not_markup():
    assert french("2 < 3 ; 5 > 4 !") == f"2 < 3{N}; 5 > 4{N}!"
