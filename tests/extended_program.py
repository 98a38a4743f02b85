"""A copy of the program in which something is added as ARCHITECTURE.md says."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_MADE_UP = Path(__file__).parent / "extensions" / "made_up"


class ExtendedProgram:
    """The program and its tests in a folder of their own; what is added is added by its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("gradviz", "resources", "tests"):
            # The compiled files go with them: they are valid as long as the times are the same.
            shutil.copytree(_ROOT / folder, root / folder)
        for file in ("main.py", "pyproject.toml"):
            shutil.copy2(_ROOT / file, root / file)

    def add_file(self, made_up: str, path: str) -> None:
        """Put a file of `tests/extensions/made_up` at `path`."""
        target = self.root / path
        assert not target.exists()
        shutil.copyfile(_MADE_UP / made_up, target)

    def add_row(self, path: str, after: str, row: str) -> None:
        """Put a line behind the one line of the file at `path` in which `after` stands."""
        target = self.root / path
        lines = target.read_text(encoding="utf-8").splitlines()
        (place,) = (place for place, line in enumerate(lines) if after in line)
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        lines.insert(place + 1, indent + row)
        target.write_text("\n".join([*lines, ""]), encoding="utf-8")

    def gradviz(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the command line with these arguments, in the folder of the copy."""
        return self._python("main.py", *arguments)

    def test(self, made_up: str, path: str) -> None:
        """Run a file of `tests/extensions/made_up` as the tests at `path`, which must pass."""
        self.add_file(made_up, path)
        done = self._python("-m", "pytest", "-q", "-p", "no:cacheprovider", path)
        assert done.returncode == 0, done.stdout

    def _python(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        # Settings of the tests around these, of xdist for one, are none of theirs.
        own = ("PYTEST_", "PYTHONPATH", "COV_")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(own)}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env={**environment, "COLUMNS": "100"},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
