class FileRefused(Exception):
    """A file that is not kept; str() is a translated sentence that says what to do next."""
