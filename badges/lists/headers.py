"""Which columns of a list hold the address and the name, by the titles that ticketing tools give them.

HelloAsso, Weezevent, Billetweb, pretix, Eventmaker and hand-made lists, in French and English.
"""

from dataclasses import dataclass

from passport.lib.folding import fold

PLAIN_ADDRESSES = {"mail", "mel", "adressemail", "adresseelectronique"}
PARTICIPANT = {
    "participant",
    "participants",
    "participante",
    "attendee",
    "adherent",
    "beneficiaire",
    "invite",
}
PAYER = {"payeur", "acheteur", "payer", "buyer", "facturation", "billing"}
WHOLE_NAMES = {
    "nom complet",
    "name",
    "full name",
    "nom et prenom",
    "nom prenom",
    "prenom nom",
    "prenom et nom",
}
FIRST_NAMES = {"prenom", "first name", "firstname", "given name"}
LAST_NAMES = {"nom", "last name", "lastname", "family name", "surname", "nom de famille"}
# « J'accepte de recevoir des e-mails » is a sentence, not the title of a column of addresses.
LONGEST_TITLE = 5


@dataclass(frozen=True)
class Columns:
    """Indexes of the columns that are read; of `status`, only the lines with one of the folded `kept` values count."""

    address: int
    names: tuple[int, ...] = ()
    issued_on: int | None = None
    status: int | None = None
    kept: tuple[str, ...] = ()


def by_titles(titles: list[str]) -> Columns | None:
    """The columns that a header names; None when no title is that of an address.

    A participant's own address is preferred, a payer's comes last; names follow the same order.
    """
    words = [fold(title).split() for title in titles]
    address = _best(words, _is_address)
    if address is None:
        return None
    first, last = _best(words, _is_one_of(FIRST_NAMES)), _best(words, _is_one_of(LAST_NAMES))
    whole = _best(words, _is_one_of(WHOLE_NAMES | PARTICIPANT))
    names = (whole,) if whole is not None and first is None else (first, last)
    return Columns(address, tuple(index for index in names if index is not None))


def by_content(row: list[str]) -> Columns:
    """Without a header: the address is the first cell with an @, the name the cells around it."""
    address = next(index for index, cell in enumerate(row) if "@" in cell)
    others = [index for index, cell in enumerate(row) if index != address and cell.strip()]
    return Columns(address, tuple(others if len(others) <= 2 else others[:1]))


def _best(titles: list[list[str]], fits) -> int | None:
    ranked = [(_rank(words), index) for index, words in enumerate(titles) if fits(words)]
    return min(ranked)[1] if ranked else None


def _rank(words: list[str]) -> int:
    if PAYER & set(words):
        return 2
    return 0 if PARTICIPANT & set(words) else 1


def _is_address(words: list[str]) -> bool:
    title = "".join(words)
    known = "email" in title or "courriel" in title or title in PLAIN_ADDRESSES
    return known and len(words) <= LONGEST_TITLE


def _is_one_of(names: set[str]):
    """« Prénom participant » and « Attendee name: Given name » are first names too."""

    def fits(words: list[str]) -> bool:
        bare = [word for word in words if word not in PARTICIPANT | PAYER | {"du", "de", "la", "l"}]
        title = " ".join(bare) or " ".join(words)
        return title in names or title.removeprefix("name ") in names or " ".join(words) in names

    return fits
