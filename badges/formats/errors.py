"""What the library raises."""


class FormatError(ValueError):
    """Something given is not what a standard asks for, or passes a limit.

    `code` names the reason for programs and for the table of sentences; `params` are the words that its sentence names.
    """

    def __init__(self, code: str, **params: str):
        super().__init__(code)
        self.code = code
        self.params = params


class Unreachable(Exception):
    """A document could not be had: no answer, refused address, too slow, too big. `code` and `params` as above."""

    def __init__(self, code: str, **params: str):
        super().__init__(code)
        self.code = code
        self.params = params
