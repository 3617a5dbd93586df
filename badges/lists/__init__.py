"""Reads a list of participants as people have them."""

from badges.lists.domains import proposal
from badges.lists.headers import Columns
from badges.lists.read import Line, Reading, open_list, refusal

__all__ = ["Columns", "Line", "Reading", "open_list", "proposal", "refusal"]
