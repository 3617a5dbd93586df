import pytest

from badges.exceptions import NotPossible
from badges.lists import open_list
from tests.cost import peak, within

ALICE, BOB = ("alice@exemple.fr", "Alice Martin"), ("bob@exemple.fr", "Bob Léroy")


def people(text: str | bytes) -> list[tuple[str, str]]:
    raw = text.encode() if isinstance(text, str) else text
    lines = list(open_list(raw).lines)
    assert [line.reason for line in lines] == [""] * len(lines)
    return [(line.address, line.name) for line in lines]


def refused(text: str | bytes) -> list[tuple[int, str, str]]:
    raw = text.encode() if isinstance(text, str) else text
    return [(line.number, line.value, line.reason) for line in open_list(raw).lines if line.reason]


PLAIN = "e-mail,nom\nalice@exemple.fr,Alice Martin\nbob@exemple.fr,Bob Léroy\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", " ; "])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
def test_every_usual_spelling_of_a_csv_is_read(separator, end, encoding):
    text = PLAIN.replace(",", separator).replace("\n", end)

    assert people(text.encode(encoding)) == [ALICE, BOB]


SPELLINGS = {
    "sep": "sep=;\r\n" + PLAIN.replace(",", ";"),
    "no header": "alice@exemple.fr,Alice Martin\nbob@exemple.fr,Bob Léroy",
    "name first": "Alice Martin;alice@exemple.fr\nBob Léroy;bob@exemple.fr",
    "two names": "Alice;Martin;alice@exemple.fr\nBob;Léroy;bob@exemple.fr",
    "mailboxes": 'Alice Martin <alice@exemple.fr>\n"Bob Léroy" <bob@exemple.fr>',
    "mailboxes, last name first": "Martin, Alice <alice@exemple.fr>\nLéroy, Bob <bob@exemple.fr>",
    "quoted": '"e-mail","nom"\n"alice@exemple.fr","Alice Martin"\n"bob@exemple.fr", "Bob Léroy"',
    "blank lines": "\n\n  \n;;\ne-mail;nom\n\nalice@exemple.fr;Alice Martin\n;\nbob@exemple.fr;Bob Léroy\n\n",
    "invisible": "e-mail,nom\n\u200balice@exemple.fr\u00a0,Alice\u00a0 Martin\n\ufeff bob@exemple.fr\t,\u202eBob Léroy",
    "width and case": "e-mail,nom\nAlice@Exemple.FR,Alice Martin\nbob@exemple.fr,Bob Léroy",
    "more commas than semicolons": (
        'nom;e-mail;goûts\nAlice Martin;alice@exemple.fr;"a,b,c,d"\nBob Léroy;bob@exemple.fr;"a,b,c,d,e"'
    ),
    "quoted line break": (
        'e-mail,nom,adresse\nalice@exemple.fr,Alice Martin,"1 rue\nde Caen"\nbob@exemple.fr,Bob Léroy,'
    ),
    "300 columns": "e-mail,nom"
    + ",x" * 298
    + "\nalice@exemple.fr,Alice Martin"
    + ",y" * 298
    + "\nbob@exemple.fr,Bob Léroy",
    "HelloAsso": (
        "Référence commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;Prénom payeur;"
        "Email payeur;Numéro de billet\n"
        "1;Validé;Martin;Alice;Petit;Olga;alice@exemple.fr;7\n1;Validé;Léroy;Bob;Petit;Olga;bob@exemple.fr;8"
    ),
    "HelloAsso with a field": (
        "Nom participant;Prénom participant;Email payeur;Champ complémentaire Email\n"
        "Martin;Alice;olga@exemple.fr;alice@exemple.fr\nLéroy;Bob;olga@exemple.fr;bob@exemple.fr"
    ),
    "Weezevent": (
        "Numéro de commande;Prénom participant;Nom participant;Email acheteur;Email participant\n"
        "1;Alice;Martin;olga@exemple.fr;alice@exemple.fr\n2;Bob;Léroy;olga@exemple.fr;bob@exemple.fr"
    ),
    "Billetweb": "Nom;Prénom;Email;Séance\nMartin;Alice;alice@exemple.fr;1\nLéroy;Bob;bob@exemple.fr;2",
    "pretix": (
        "Order code,Email,Attendee name: Given name,Attendee name: Family name,Attendee email\n"
        "A,olga@exemple.fr,Alice,Martin,alice@exemple.fr\nB,olga@exemple.fr,Bob,Léroy,bob@exemple.fr"
    ),
    "pretix, one name": (
        "Order code,Email,Attendee name,Attendee email\n"
        "A,olga@exemple.fr,Alice Martin,alice@exemple.fr\nB,olga@exemple.fr,Bob Léroy,bob@exemple.fr"
    ),
    "Eventmaker": "Email;Nom;Prénom;UID\nalice@exemple.fr;Martin;Alice;1\nbob@exemple.fr;Léroy;Bob;2",
    "English": "First name,Last name,E-mail address\nAlice,Martin,alice@exemple.fr\nBob,Léroy,bob@exemple.fr",
    "consent": (
        "J’accepte de recevoir des e-mails,Adresse électronique,Nom complet\n"
        "oui,alice@exemple.fr,Alice Martin\nnon,bob@exemple.fr,Bob Léroy"
    ),
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_lists_of_every_tool_are_read(text):
    assert people(text) == [ALICE, BOB]


def test_one_column_is_a_list_of_addresses():
    assert people("alice@exemple.fr\nbob@exemple.fr\n") == [("alice@exemple.fr", ""), ("bob@exemple.fr", "")]
    assert people("courriel\nalice@exemple.fr\n") == [("alice@exemple.fr", "")]


@pytest.mark.parametrize(
    "name", ["=cmd()", "+33", "-1", "@SUM(A1)", "<script>alert(1)</script>", "Ée{{7*7}}"]
)
def test_a_name_is_kept_as_text_whatever_it_looks_like(name):
    assert people(f"e-mail;nom\nalice@exemple.fr;{name}") == [("alice@exemple.fr", name)]


def test_an_address_with_a_tag_is_kept_and_one_that_cannot_leave_is_told():
    assert people("alice+congres@exemple.fr") == [("alice+congres@exemple.fr", "")]
    why = "This address has letters before the @ that e-mail cannot carry everywhere. Ask for another one."
    assert refused("élise@exemple.fr") == [(1, "élise@exemple.fr", why)]


@pytest.mark.parametrize("cell", ["'alice@exemple.fr", "mailto:alice@exemple.fr", "'mailto:alice@exemple.fr"])
def test_what_spreadsheets_add_to_an_address_is_left_out(cell):
    assert people(f"e-mail;nom\n{cell};Alice Martin\n") == [ALICE]


@pytest.mark.parametrize("cell", ['=HYPERLINK("http://x.fr")', "+33 6 12", "<script>", "@"])
def test_what_is_in_the_place_of_an_address_is_only_text(cell):
    (line,) = refused(f"e-mail\tnom\n{cell}\tAlice\n")
    assert line[0] == 2


def test_an_address_of_another_alphabet_is_read():
    assert people("alice@épée.fr") == [("alice@épée.fr", "")]


def test_each_broken_line_has_its_number_its_value_and_a_reason():
    text = (
        "e-mail,nom\nalice@exemple.fr,Alice\nalice,Bob\n,Camille\n\nx@y.fr, ,z@y.fr\n"
        "a@x.fr et b@x.fr,Deux\n@,x\na b@x.fr,Espace\nseul@\n"
    )

    assert refused(text) == [
        (3, "alice", "This address is not valid."),
        (4, "", "The address is missing."),
        (7, "a@x.fr et b@x.fr", "There are several addresses in the cell: keep one."),
        (8, "@", "This address is incomplete: the domain is missing."),
        (9, "a b@x.fr", "There is a space in this address."),
        (10, "seul@", "This address is incomplete: the domain is missing."),
    ]


def test_a_short_row_misses_its_address():
    assert refused("nom;prénom;e-mail\nMartin\nMartin;Alice;alice@exemple.fr") == [
        (2, "", "The address is missing.")
    ]


def test_what_stands_above_the_header_is_told_and_the_rest_is_read():
    lines = list(open_list("Congrès 2019;;\ne-mail;nom;x\nalice@exemple.fr;Alice;\n".encode()).lines)

    assert [(line.number, line.value, line.reason) for line in lines] == [
        (1, "Congrès 2019", "There is no e-mail address on this line."),
        (3, "alice@exemple.fr", ""),
    ]


OPEN = "A quotation mark is left open on this line."


def test_a_quotation_mark_left_open_costs_its_own_line_only():
    text = 'e-mail,nom\na@x.fr,"Alice\nb@x.fr,Bob\nc@x.fr,"Camille"\nd@x.fr,Dominique\n'
    lines = list(open_list(text.encode()).lines)

    assert [(line.number, line.value, line.reason) for line in lines] == [
        (2, 'a@x.fr,"Alice', OPEN),
        (3, "b@x.fr", ""),
        (4, "c@x.fr", ""),
        (5, "d@x.fr", ""),
    ]


def test_a_quotation_mark_left_open_on_the_last_line_or_the_first_is_seen():
    assert refused('e-mail,nom\na@x.fr,Alice\nb@x.fr,"Bob') == [(3, 'b@x.fr,"Bob', OPEN)]
    assert refused('"a@x.fr,Alice\nb@x.fr,Bob\n') == [(1, '"a@x.fr,Alice', OPEN)]


def test_a_quotation_mark_left_open_before_ten_thousand_lines_takes_no_time():
    text = 'e-mail,nom\na@x.fr,"Alice\n' + "".join(f"p{n}@x.fr,Camille {n}\n" for n in range(10_000))

    lines = list(open_list(text.encode()).lines)

    assert (len(lines), lines[0].reason, lines[-1].number) == (10_001, OPEN, 10_002)


def test_lines_that_each_leave_a_mark_open_take_little_time():
    text = "e-mail,nom\n" + 'x"y,"z""\n' * 20_000

    assert len(within(5, lambda: refused(text))) == 20_000


def test_a_cell_of_a_megabyte_is_one_refused_line():
    too_long = "This line is too long. A quotation mark is probably left open."

    assert refused(f"e-mail,nom\na@x.fr,{'x' * 1_000_000}\nb@x.fr,Bob\n") == [
        (2, f"a@x.fr {'x' * 293}", too_long)
    ]


def test_a_name_of_500_characters_is_refused_not_cut():
    assert refused(f"e-mail,nom\na@x.fr,{'x' * 500}") == [
        (2, "a@x.fr", "This name is longer than 160 characters.")
    ]


NOT_LISTS = {
    "empty": (b"", "This list is empty"),
    "blank": (b"\n \n;;;\n", "This list is empty"),
    "bom": (b"\xef\xbb\xbf", "This list is empty"),
    "titles alone": (b"e-mail;nom\n", "titles and nobody under them"),
    "too heavy": (b"a" * (50 * 1024 * 1024 + 1), "heavier than 50 MB"),
    "nul": (b"e-mail\tnom\na\0b@exemple.fr\tAlice\n", "not a text file"),
    "pdf": (b"%PDF-1.7\nalice@exemple.fr\n", "not a text file"),
    "sep alone": (b"sep=;\n", "This list is empty"),
    "binary": (bytes(range(256)) * 9, "not a text file"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
    "xlsx": (b"PK\x03\x04\x14\0\x06\0", "workbook cannot be read"),
    "half utf-16": (b"\xff\xfea\0b", "cannot be read"),
    "no address": (b"nom;pr\xe9nom\nMartin;Alice\n", "No column holds e-mail addresses"),
    "poem": (b"Les sanglots longs\ndes violons\n", "No column holds e-mail addresses"),
}


@pytest.mark.parametrize("raw, sentence", NOT_LISTS.values(), ids=NOT_LISTS)
def test_what_is_not_a_list_is_refused_with_a_sentence(raw, sentence):
    with pytest.raises(NotPossible, match=sentence):
        list(open_list(raw).lines)


def test_thirty_thousand_lines_are_read_one_by_one():
    raw = ("e-mail,nom\n" + "".join(f"p{n}@exemple.fr,Camille Durand {n}\n" for n in range(30_000))).encode()

    assert within(5, lambda: sum(1 for _line in open_list(raw).lines)) == 30_000
    assert peak(lambda: list(zip(range(5_000), open_list(raw).lines, strict=False))) < 10 * len(raw)


def test_an_address_longer_than_mail_allows_is_refused_not_cut():
    longest = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.fr"
    assert len(longest) == 250
    too_long = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example"

    lines = list(
        open_list(f"{longest}\n{too_long}\n{too_long}.fr.example.fr.example.fr.example.fr\n".encode()).lines
    )

    assert [(line.address == longest, line.reason) for line in lines[:1]] == [(True, "")]
    assert [bool(line.reason) for line in lines[1:]] == [True, True]
