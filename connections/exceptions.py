class NoLongerSaid(Exception):
    """A recommendation that is not accepted any more, or has other words than those that were read."""
