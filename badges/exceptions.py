class NotPossible(Exception):
    """A refusal that a person can read: str() is a translated sentence that says what to do next."""
