class FileRefused(Exception):
    """A file that is not kept; str() is a translated sentence that says what to do next."""


class HandleTaken(Exception):
    """An address of a profile that one cannot have; str() is a translated sentence that says what to do next."""
