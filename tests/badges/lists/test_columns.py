"""Which columns are read: presets of ticketing tools, titles, days, statuses; and odd addresses."""

from contextlib import suppress
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from badges.exceptions import NotPossible
from badges.lists import Columns, open_list, proposal
from badges.lists.dates import read_day
from badges.models import ListPreset

PRESETS = [
    ListPreset(**{"name": "", **preset})
    for preset in import_module("badges.migrations.0003_presets_of_ticketing_tools").PRESETS
]
EXPORTS = {
    "HelloAsso": (
        "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;"
        "Prénom payeur;Email payeur;Tarif\n1;05/07/2019;Validé;Martin;Alice;Roux;Bob;bob@exemple.fr;Congrès\n"
        "2;05/07/2019;Annulé;Petit;Chloé;Petit;Chloé;chloe@exemple.fr;Congrès\n"
    ),
    "Weezevent": (
        "Numéro de commande;Date commande;Tarif;Prénom participant;Nom participant;Email participant;Email acheteur\n"
        "1;05/07/2019;Congrès;Alice;Martin;bob@exemple.fr;roux@exemple.fr\n"
    ),
    "Billetweb": "Nom;Prénom;Email;Séance;Tarif;Payé\nMartin;Alice;bob@exemple.fr;Matin;Congrès;Oui\n",
    "pretix": (
        "Order code,Position ID,Status,Email,Attendee name,Attendee email\n"
        "A,1,paid,roux@exemple.fr,Alice Martin,bob@exemple.fr\nB,1,canceled,x@exemple.fr,Xavier,x@exemple.fr\n"
    ),
    "pretix, in French": (
        "Code de la commande;Statut;E-mail;Nom du participant;E-mail du participant\n"
        "A;payée;roux@exemple.fr;Alice Martin;bob@exemple.fr\nB;annulée;x@exemple.fr;Xavier;x@exemple.fr\n"
    ),
    "Eventbrite, in French": "N° de commande;Prénom;Nom de famille;E-mail\n1;Alice;Martin;bob@exemple.fr\n",
    "HelloAsso, with a field": (
        "Référence commande;Statut de la commande;Nom participant;Prénom participant;Email payeur;E-mail\n"
        "1;Validé;Martin;Alice;roux@exemple.fr;bob@exemple.fr\n2;Annulé;Petit;Chloé;x@exemple.fr;x@exemple.fr\n"
    ),
    "Eventbrite": "Order #,Order Date,First Name,Last Name,Email\n1,2019-07-05,Alice,Martin,bob@exemple.fr\n",
}


@pytest.mark.parametrize("tool", EXPORTS)
def test_the_export_of_each_tool_is_read_by_its_preset(tool):
    reading = open_list(EXPORTS[tool].encode(), presets=PRESETS)
    lines = list(reading.lines)
    name = tool.partition(",")[0]

    assert reading.preset == name
    assert (lines[0].value, lines[0].name, lines[0].reason) == ("bob@exemple.fr", "Alice Martin", "")
    assert all(line.issued_on is None for line in lines)
    assert [line.ignored for line in lines[1:]] == ([True] if name in {"HelloAsso", "pretix"} else [])


def test_a_status_that_is_not_kept_is_told():
    lines = list(open_list(EXPORTS["HelloAsso"].encode(), presets=PRESETS).lines)

    assert (lines[1].value, lines[1].reason) == (
        "chloe@exemple.fr",
        "Status “Annulé”: this line is left out.",
    )


@pytest.mark.django_db
def test_the_presets_are_rows_that_go_and_come_back():
    migration = import_module("badges.migrations.0003_presets_of_ticketing_tools")
    names = ListPreset.objects.filter(owner=None).order_by("name").values_list("name", flat=True)
    tools = ["Billetweb", "Eventbrite", "HelloAsso", "Weezevent", "pretix"]

    assert sorted(names.all()) == tools
    ListPreset.objects.create(name="Ours", address="Email")
    migration.forget(apps, None)
    assert list(names.all()) == ["Ours"]
    migration.write(apps, None)
    migration.write(apps, None)
    assert sorted(names.all()) == sorted([*tools, "Ours"])


def test_a_plain_list_is_nobodys_and_its_statuses_may_be_anything():
    reading = open_list(
        "Email;Prénom;Nom;Statut\na@exemple.fr;Alice;Martin;Étudiante\n".encode(), presets=PRESETS
    )

    assert (reading.preset, reading.titles) == ("", ["Email", "Prénom", "Nom", "Statut"])
    assert [(line.name, line.reason) for line in reading.lines] == [("Alice Martin", "")]


def test_statuses_of_registrations_are_seen_without_a_preset():
    raw = "email;nom;statut\na@x.fr;A;Payé\nb@x.fr;B;Annulée\n".encode()

    assert [line.ignored for line in open_list(raw).lines] == [False, True]


def test_the_organisers_own_columns_come_first():
    raw = EXPORTS["Weezevent"].encode()
    chosen = open_list(raw, presets=PRESETS, columns=Columns(address=6, names=(4,)))

    assert [(line.value, line.name) for line in chosen.lines] == [("roux@exemple.fr", "Martin")]
    mine = ListPreset(name="Mes inscrits", address="email acheteur", full_name="Nom participant")
    reading = open_list(raw, presets=[mine, *PRESETS])
    assert (reading.preset, next(reading.lines).value) == ("Mes inscrits", "roux@exemple.fr")


def test_titles_that_nobody_knows_can_still_be_chosen():
    reading = open_list(b"Qui;Contact\nAlice;alice@exemple.fr\n")

    assert reading.titles == ["Qui", "Contact"]
    assert [(line.value, line.name, line.reason) for line in reading.lines] == [
        ("alice@exemple.fr", "Alice", "")
    ]


def test_titles_that_come_again_are_no_participant():
    raw = b"email;nom\na@x.fr;A\nemail;nom\nb@x.fr;B\n"

    assert [(line.number, line.reason) for line in open_list(raw).lines] == [(2, ""), (4, "")]


def test_two_columns_of_the_same_title_are_two_columns():
    reading = open_list(b"email;email;nom\na@x.fr;b@x.fr;A\n")

    assert [line.value for line in reading.lines] == ["a@x.fr"]


def test_three_hundred_columns_are_read():
    titles = ";".join(["email", "nom", *[f"champ {n}" for n in range(298)]])
    reading = open_list(f"{titles}\na@x.fr;A{';x' * 298}\n".encode())

    assert (len(reading.titles), [line.value for line in reading.lines]) == (300, ["a@x.fr"])


@pytest.mark.parametrize(
    "text, encoding, separator",
    [
        ("email;nom\na@x.fr;Élise\n".encode("utf-16"), "UTF-16", ";"),
        ("email\tnom\na@x.fr\tÉlise\n".encode("utf-16-le"), "UTF-16-LE", "⇥"),
        ("email,nom\na@x.fr,Élise\n".encode("utf-16-be"), "UTF-16-BE", ","),
        ("email,nom\na@x.fr,Élise\n".encode(), "UTF-8", ","),
        ("email;nom\na@x.fr;Élise\n".encode("cp1252"), "cp1252", ";"),
    ],
)
def test_how_a_list_is_read_is_told(text, encoding, separator):
    reading = open_list(text)

    assert (reading.encoding, reading.separator) == (encoding, separator)
    assert next(reading.lines).name == "Élise"


@pytest.mark.parametrize(
    "written",
    ["05/07/2019", "5.7.2019", "05-07-2019 10:30", "2019-07-05", "2019-07-05T10:30:00", "5 juillet 2019",
     "vendredi 5 juillet 2019", "5 July 2019", "43651", "43651.5"],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written):
    assert read_day(written) == date(2019, 7, 5)


@pytest.mark.parametrize(
    "written", ["", "hier", "31/02/2019", "07/15/2019", "2019", "5 brumaire 2019", "0/0/0000"]
)
def test_what_is_no_day_is_none(written):
    assert read_day(written) is None


def test_the_day_of_the_award_and_no_other_is_read():
    raw = "email;Date de la commande;Délivré le\na@x.fr;01/01/2019;05/07/2019\nb@x.fr;;hier\nc@x.fr;;05/07/2999\n"
    lines = list(open_list(raw.encode()).lines)

    assert [(line.issued_on, line.reason) for line in lines] == [
        (date(2019, 7, 5), ""),
        (None, "“hier” is not a day: write 05/07/2019."),
        (date(2999, 7, 5), "The day of the award has not come yet."),
    ]


@pytest.mark.parametrize(
    "written, meant",
    [
        ("x@gmial.com", "x@gmail.com"),
        ("x@gmai.com", "x@gmail.com"),
        ("x@gmail.fr", "x@gmail.com"),
        ("x@gmail.con", "x@gmail.com"),
        ("x@hotmial.fr", "x@hotmail.fr"),
        ("x@ornage.fr", "x@orange.fr"),
        ("x@wanado.fr", "x@wanadoo.fr"),
        ("x@laposte.fr", "x@laposte.net"),
        ("x@outlok.com", "x@outlook.com"),
        ("x@yaho.fr", "x@yahoo.fr"),
        ("x@hotmail.co", "x@hotmail.com"),
        ("x@orange.ft", "x@orange.fr"),
        ("x@laposte.ney", "x@laposte.net"),
    ],
)
def test_a_slip_of_a_large_provider_is_seen(written, meant):
    assert proposal(written) == meant


REAL = [
    "gmail.com", "mail.com", "email.com", "ymail.com", "gmx.fr", "free.fr", "sfr.fr", "yahoo.de", "hotmail.de",
    "asso.fr", "grange.fr", "me.com", "live.fr", "univ-lyon1.fr", "amcsti.fr", "protonmail.com", "proton.me",
    "laposte.net", "bbox.fr", "ecole.education", "fre.fr", "orange.com", "gmx.net", "hotmail.co.uk", "yahoo.co.uk",
    "outlook.be", "hotmail.be", "yahoo.gr", "cloud.com", "tutanota.com", "aol.fr", "ac-paris.fr", "grandlyon.com",
]  # fmt: skip


@pytest.mark.parametrize("domain", REAL)
def test_a_real_domain_is_left_alone(domain):
    assert proposal(f"x@{domain}") == ""


@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_list_or_a_refusal(raw):
    with suppress(NotPossible):
        list(open_list(raw).lines)


@given(st.text(alphabet="a@.;,\n\"'\t é\0=<>", max_size=400))
def test_any_text_is_a_list_or_a_refusal(text):
    with suppress(NotPossible):
        for line in open_list(text.encode()).lines:
            assert line.reason or "@" in line.address
