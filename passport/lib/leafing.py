"""Counts the pages of a PDF read from standard input, in a process of its own: `python -I leafing.py`.

A file can make any reader run for minutes or take all memory. Here the kernel sets the limits, and what dies is not the
server. Ends with 0 when there are pages, LOCKED when they ask for a password. Imports nothing of the project.
"""

import io
import logging
import resource
import sys

from pypdf import PdfReader

CPU_SECONDS = 4
MEMORY = 512 * 1024 * 1024
MOST_PAGES = 2_000
LOCKED = 3


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()
    reader = PdfReader(io.BytesIO(sys.stdin.buffer.read()), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    return 0 if 0 < reader.get_num_pages() <= MOST_PAGES and reader.pages[0] else 1


if __name__ == "__main__":
    sys.exit(main())
