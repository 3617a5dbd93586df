import re
from datetime import date
from hashlib import sha256

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from passport.lib.iso3166 import ALPHA3
from passport.lib.security_print import check_digit, mrz, rosette

DAY = date(2019, 7, 5)
CODE = "7K3M-9QX2-PLHV"


def test_rosette_is_the_one_of_the_prototype():
    drawing = rosette(CODE)
    assert len(drawing) == 3030
    assert sha256(drawing.encode()).hexdigest()[:16] == "26f500492752e097"


def test_rosette_is_the_same_each_time_and_differs_between_awards():
    assert rosette(CODE) == rosette(CODE)
    assert rosette(CODE) != rosette("7K3M-9QX2-PLHW")


@pytest.mark.parametrize("identifier", [CODE, "amcsti-2019", '"/><script>', "é", ""])
def test_rosette_is_well_formed_whatever_the_identifier(identifier):
    root = fromstring(rosette(identifier))
    assert root.get("class") == "rosette"
    assert "script" not in rosette(identifier)


def test_mrz_of_the_congress_badge():
    assert mrz("Martin", "Claire", "Amcsti", CODE, DAY) == (
        "OBFRAMARTIN<<CLAIRE<<<<<<<<<<<<<<<<<<<<<<<<<",
        "7K3M9QX2PLHV0FRA1907058AMCSTI<<<<<<<<<<<<<89",
    )


@pytest.mark.parametrize(
    "last,first,names",
    [
        ("Lefèvre-Noël", "Éloïse", "LEFEVRE<NOEL<<ELOISE"),
        ("D'Artagnan", "Charles", "DARTAGNAN<<CHARLES"),
        ("O’Brien", "Flo", "OBRIEN<<FLO"),
        ("Cœur", "Læti", "COEUR<<LAETI"),
        ("Weiß", "Jörg", "WEISS<<JORG"),
        ("Łukasz", "Øyvind", "LUKASZ<<OEYVIND"),
        ("Щукин", "Юлия", "SHCHUKIN<<IULIIA"),
        ("Йовович", "Ёлка", "IOVOVICH<<ELKA"),
        ("Martin 3", "R2", "MARTIN<3<<R2"),
        ("Martin", "", "MARTIN"),
        ("", "Claire", "CLAIRE"),
        ("李", "明", ""),
        ("Martin\u202e", "Cla\u200bire", "MARTIN<<CLAIRE"),
        ("<b>Durand</b>", "Ada", "B<DURAND<B<<ADA"),
    ],
)
def test_names_are_written_in_the_alphabet_of_the_zone(last, first, names):
    assert mrz(last, first, "Amcsti", CODE, DAY)[0] == f"OBFRA{names}".ljust(44, "<")


def test_long_names_are_cut():
    upper, lower = mrz("M" * 500, "Claire", "Réseau des musées et des sciences", CODE, DAY)
    assert upper == "OBFRA" + "M" * 39
    assert lower[23:41] == "RESEAU<DES<MUSEES<"


@pytest.mark.parametrize(
    "country,letters", [("FR", "FRA"), ("be", "BEL"), ("DEU", "DEU"), ("", "XXX"), ("D", "D<<"), ("é", "E<<")]
)
def test_country_is_written_in_three_letters(country, letters):
    upper, lower = mrz("Martin", "Claire", "Amcsti", CODE, DAY, country)
    assert upper[2:5] == letters
    assert lower[13:16] == letters


@given(st.text(), st.text(), st.text(), st.text(), st.dates(), st.text(max_size=4))
def test_zone_is_always_two_lines_of_44_characters(last, first, issuer, code, issued, country):
    for line in mrz(last, first, issuer, code, issued, country):
        assert re.fullmatch(r"[A-Z0-9<]{44}", line)


@pytest.mark.parametrize(
    "text,digit",
    [("L898902C3", "6"), ("740812", "2"), ("120415", "9"), ("ZE184226B<<<<<", "1"), ("<", "0"), ("", "0")],
)
def test_check_digits_are_those_of_the_specimen_of_the_standard(text, digit):
    """Doc 9303-4, appendix B: the specimen passport of Utopia."""
    assert check_digit(text) == digit


def test_every_country_has_three_letters():
    assert len(ALPHA3) == 249
    assert (ALPHA3["FR"], ALPHA3["CH"], ALPHA3["CA"]) == ("FRA", "CHE", "CAN")
