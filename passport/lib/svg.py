"""Sanitises SVG by allow-list: what draws stays, what runs or fetches goes."""


class SvgRefused(Exception):
    pass


def looks_like(raw: bytes) -> bool:
    return b"<svg" in raw[:4096]


def sanitise(raw: bytes) -> bytes:
    raise SvgRefused("not written yet")
