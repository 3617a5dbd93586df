"""The one way out: every request that this site makes to an address that somebody gave goes through `get`."""

from passport.lib.fetch.errors import FetchRefused
from passport.lib.fetch.guarded import Fetched, get

__all__ = ["FetchRefused", "Fetched", "get"]
