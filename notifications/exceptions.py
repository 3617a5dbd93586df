from django.db import InterfaceError, OperationalError

# What Django raises while the database cannot be reached.
DATABASE_AWAY = (OperationalError, InterfaceError)


class ServerAway(Exception):
    """The mail server could not be talked to, or wants to hear of nothing now: no fault of the mail in hand."""


class Refused(Exception):
    """What the server answered about one mail. `final`: for good; `busy`: it asks for a slower pace."""

    def __init__(self, text: str, *, final: bool = False, busy: bool = False) -> None:
        super().__init__(text)
        self.final, self.busy = final, busy
