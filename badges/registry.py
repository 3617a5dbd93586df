"""What upper apps add to badges, filled in their `AppConfig.ready()`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from accounts.models import User
from badges.models import Issuer

# Signs again what an issuer, whose former keys prove nothing any more, has signed for that app.
Signer = Callable[[Issuer], None]

signers: list[Signer] = []


@dataclass(frozen=True)
class ExportedFile:
    """A file of a person's archive: what each address of `answers` answers, verified with those of `proved_by`."""

    path: str
    content: str
    answers: tuple[str, ...] = ()
    proved_by: tuple[str, ...] = ()


Exporter = Callable[[User], Iterator[ExportedFile]]

exporters: list[Exporter] = []


def register_signer(signer: Signer) -> None:
    if signer not in signers:
        signers.append(signer)


def register_exporter(exporter: Exporter) -> None:
    if exporter not in exporters:
        exporters.append(exporter)
