class FetchRefused(Exception):
    """A document that was not had. `code` says why and nothing of what the address answered.

    Not an OSError: libraries of HTTP wrap those, and a refusal must never look like a server in trouble.
    Codes: fetch-refused (whatever the address: all refusals are alike), fetch-no-answer, fetch-too-slow,
    fetch-too-big, fetch-redirects, fetch-encoding.
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code
