"""A site of its own in a folder, for tests of real processes: commands at once, killed, ended with a status."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class Site:
    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PASSPORT_DATA": str(folder),
            "SITE_URL": "http://localhost:8000",
            **environment,
        }

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess:
        process = self.start(*arguments)
        out, error = process.communicate(given, timeout=180)
        return subprocess.CompletedProcess(arguments, process.returncode, out, error)

    def python(self, code: str) -> str:
        """What `code` prints, with the models of this site at hand."""
        done = self.run("shell", "--no-imports", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()
