"""Makes a PDF of a template, alone in its process: what it reads and how long it takes is bounded by `typesetting.py`.

Argument: the folder, which is all that the template may read. Standard input: the data. Standard output: the PDF.
"""

import sys
from pathlib import Path
from typing import Any

import typst

# PDF/UA where the page allows it: a sign that no font has, or a level that a heading skips, does not.
STANDARDS: tuple[list, ...] = (["ua-1"], [])


# Its stubs bind every path to one type.
typeset: Any = typst.compile


def main() -> None:
    folder = Path(sys.argv[1])
    data = sys.stdin.buffer.read().decode()
    for standards in STANDARDS:
        try:
            made = typeset(
                str(folder / "main.typ"),
                root=str(folder),
                format="pdf",
                sys_inputs={"data": data},
                pdf_standards=standards,
                package_path=str(folder),
                package_cache_path=str(folder),
            )
            break
        except typst.TypstError:
            if not standards:
                raise
    sys.stdout.buffer.write(made)


main()
