"""Tagged PDF, by typst. The template is ours; what people wrote is data and never becomes markup."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

TYPESETTER = Path(__file__).with_name("typesetter.py")
SECONDS = 20


class NotTypeset(Exception):
    """The template could not be made into a PDF, or took too long."""


def typeset(template: Path, data: dict, pictures: Mapping[str, bytes]) -> bytes:
    """`pictures` by the name under which the template reads them: with `data`, all that it can read."""
    with tempfile.TemporaryDirectory(prefix="typeset-") as folder:
        shutil.copyfile(template, Path(folder) / "main.typ")
        for name, content in pictures.items():
            (Path(folder) / name).write_bytes(content)
        try:
            done = subprocess.run(  # noqa: S603 - our own file, and the data comes by standard input
                [sys.executable, "-I", str(TYPESETTER), folder],
                input=json.dumps(data).encode(),
                capture_output=True,
                timeout=SECONDS,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            raise NotTypeset(error.stderr.decode(errors="replace")[-2000:]) from error
        except (subprocess.SubprocessError, OSError) as error:
            raise NotTypeset(str(error)) from error
    return done.stdout
