"""Which columns of a list hold what, by the titles that ticketing tools and people give them, in French and English."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from passport.lib.folding import fold

if TYPE_CHECKING:
    from badges.models import ListPreset

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
# The day of the award itself: never that of an order or of a registration.
AWARD_DATES = {
    "date d obtention",
    "date de delivrance",
    "date d attribution",
    "date du badge",
    "delivre le",
    "obtenu le",
    "awarded on",
    "issued on",
    "issue date",
}
STATUSES = {"statut", "status", "statut de la commande", "statut de l inscription", "order status"}
KEPT_STATUSES = (
    "valide",
    "validee",
    "paye",
    "payee",
    "paid",
    "confirme",
    "confirmee",
    "confirmed",
    "attending",
)
# With those above: what a column of statuses may hold to be taken for one of registrations.
OTHER_STATUSES = {
    "annule", "annulee", "canceled", "cancelled", "rembourse", "remboursee", "refunded", "en attente", "pending",
    "refuse", "refusee", "expire", "expiree", "expired", "abandonne", "abandonnee", "not attending", "unpaid", "impaye",
}  # fmt: skip
# « J'accepte de recevoir des e-mails » is a sentence, not the title of a column of addresses.
LONGEST_TITLE = 5


@dataclass(frozen=True)
class Columns:
    """Indexes of the columns that are read. With `kept`, folded, only lines with one of these in `status` count."""

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
    plain = [" ".join(title) for title in words]
    return Columns(
        address,
        tuple(index for index in names if index is not None),
        issued_on=next((index for index, title in enumerate(plain) if title in AWARD_DATES), None),
        status=next((index for index, title in enumerate(plain) if title in STATUSES), None),
        kept=KEPT_STATUSES,
    )


def without_strange_statuses(columns: Columns, rows: list[list[str]]) -> Columns:
    """A column « Statut » may say « étudiant »: it counts when all that is seen of it are registrations' statuses."""
    if columns.status is None:
        return replace(columns, kept=())
    seen = {_plain(row[columns.status]) for row in rows if columns.status < len(row)} - {""}
    if seen and seen <= {*KEPT_STATUSES, *OTHER_STATUSES}:
        return columns
    return replace(columns, status=None, kept=())


def by_preset(preset: "ListPreset", titles: list[str]) -> Columns | None:
    """The columns that a preset names; None unless all of its titles are there."""
    found = {_plain(title): index for index, title in reversed(list(enumerate(titles)))}
    wanted = [
        preset.address,
        preset.first_name,
        preset.last_name,
        preset.full_name,
        preset.issued_on,
        preset.status,
    ]
    indexes = [_alternative(title, found) for title in wanted]
    if (
        any(title and index is None for title, index in zip(wanted, indexes, strict=True))
        or indexes[0] is None
    ):
        return None
    return Columns(
        indexes[0],
        tuple(index for index in indexes[1:4] if index is not None),
        issued_on=indexes[4],
        status=indexes[5],
        kept=tuple(_plain(value) for value in preset.kept_statuses.split("|") if value.strip()),
    )


def _alternative(titles: str, found: dict[str, int]) -> int | None:
    return next((found[name] for name in map(_plain, titles.split("|")) if name in found), None)


def _plain(title: str) -> str:
    return fold(title) or title.strip()


def is_kept(status: str, columns: Columns) -> bool:
    return not columns.kept or _plain(status) in columns.kept


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
