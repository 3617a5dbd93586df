"""The invented people of the measures, and their list as a spreadsheet writes it."""

ORGANISERS = ["olga@exemple.fr", "oscar@exemple.fr"]
PASSWORD = "un mot de passe d’essai"  # noqa: S105 - on a site that lasts minutes
BADGE = "congres"


def people(count: int, name: str = "personne") -> list[str]:
    return [f"{name}{number}@exemple.fr" for number in range(count)]


def list_of(addresses: list[str]) -> bytes:
    """Titles, accents, one person a line."""
    lines = [f"{address};Élise;Dupont n° {number}" for number, address in enumerate(addresses)]
    return "\r\n".join(["E-mail;Prénom;Nom", *lines, ""]).encode("cp1252")
