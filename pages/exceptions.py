class NotPossible(Exception):
    """What was asked cannot be done; its text says why, to the person who asked."""
