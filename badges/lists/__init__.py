"""Reads a list of participants as people have them."""

from badges.lists.domains import proposal
from badges.lists.headers import Columns
from badges.lists.read import MAX_BYTES, Line, Reading, open_list, refusal

__all__ = ["MAX_BYTES", "Columns", "Line", "Reading", "open_list", "proposal", "refusal"]
