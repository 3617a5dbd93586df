"""Draws an SVG read from standard input as a PNG, in a process of its own: `python -I drawing.py SIDE FONTS`.

A drawing can make any renderer run for minutes, overflow its stack or take all memory, however clean its markup is.
Here the kernel sets the limits, and what dies is not the server. Imports nothing of the project.
"""

import resource
import sys

import resvg_py

# Ordinary drawings take a tenth of a second and 25 MB; one that holds a picture of 4096 pixels a side takes 85 MB.
CPU_SECONDS = 3
MEMORY = 192 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    side = int(sys.argv[1])
    drawn = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        width=side,  # with both it fits into them, and keeps its shape
        height=side,
        skip_system_fonts=sys.argv[2] == "no-fonts",
    )
    sys.stdout.buffer.write(bytes(drawn))


if __name__ == "__main__":
    main()
