"""The code of a page in Markdown: its blocks, and how each kind of them is executed.

A block of `python` is run, and one with a `title` is written to a file of that name for the
commands that follow; `pycon` is a session whose results are compared; `console` has commands behind
`$`, whose output is compared where any is shown. In the last two `...` stands for what is left out.
"""

import contextlib
import doctest
import io
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt

ROOT: Final = Path(__file__).parents[1]

_TITLE: Final = re.compile(r'title="([^"]+)"')
_COMMANDS: Final = ("gradviz", "make", "python")
_OPTIONS: Final = doctest.ELLIPSIS


class Block(NamedTuple):
    """A block of code: its language, the name of the file that it is, and its text."""

    page: str
    line: int
    language: str
    title: str
    text: str

    @property
    def place(self) -> str:
        """Return where the block begins, for a message."""
        return f"{self.page}:{self.line}"


class Command(NamedTuple):
    """A command line, and the output that the page shows of it; None where it shows none."""

    line: str
    output: str | None


def pages() -> list[Path]:
    """Return all pages of the documentation that have code."""
    written = sorted((ROOT / "docs").rglob("*.md"))
    return [page for page in (ROOT / "README.md", *written) if blocks_of(page)]


def blocks_of(page: Path) -> list[Block]:
    """Return the blocks of code of a page, in their order."""
    found = []
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence" and token.map is not None:
            language, _, rest = token.info.strip().partition(" ")
            if language.startswith("{"):
                # It is an order to Sphinx, such as a table of contents.
                continue
            title = _TITLE.search(rest)
            named = title[1] if title else ""
            name = str(page.relative_to(ROOT))
            found.append(Block(name, token.map[0] + 2, language, named, token.content))
    return found


def commands_of(block: Block) -> list[Command]:
    """Return the commands of a block with their outputs.

    Without a prompt each line is a command, and a remark may follow behind two spaces. What is
    marked as text, such as a synopsis, has none.
    """
    if block.language == "text":
        return []
    if block.language != "console":
        lines = (re.split(r"\s{2,}", line)[0] for line in block.text.splitlines())
        return [Command(line, None) for line in lines if line.startswith(_COMMANDS)]
    found: list[Command] = []
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, _, output = part.partition("\n")
        found.append(Command(line, output or None))
    return found


def run_script(block: Block, names: dict[str, object], folder: Path) -> dict[str, object]:
    """Run a block of Python with the names of the blocks before, and return those that it has."""
    script = folder / f"block_{block.line}.py"
    script.write_text(block.text, encoding="utf-8")
    return runpy.run_path(str(script), init_globals=names)


def run_session(block: Block, names: dict[str, object]) -> str:
    """Run a session of Python, and return how its results differ from those shown; else ""."""
    session = doctest.DocTestParser().get_doctest(
        block.text, names, block.place, block.page, block.line
    )
    told = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=_OPTIONS)
    runner.run(session, out=told.write, clear_globs=False)
    names.update(session.globs)
    return told.getvalue()


def differs(shown: str, printed: str) -> bool:
    """Tell whether a page shows another output than a command has printed."""
    return not doctest.OutputChecker().check_output(shown, printed, _OPTIONS)


class Ran(NamedTuple):
    """A command that has run: its exit code, and all that it printed."""

    code: int
    printed: str


def run_command(line: str) -> Ran:
    """Run a command in the working folder.

    The program itself runs in this process, which saves it to import PyTorch each time.
    """
    # A file that a shell would fill is no part of the command.
    words = shlex.split(line.partition(" > ")[0])
    if words[0] != "gradviz" or "/dev/stdout" in words:
        done = subprocess.run(_in_a_process(words), capture_output=True, text=True)
        return Ran(done.returncode, done.stdout + done.stderr)
    from gradviz.cli import main

    with _printed() as told:
        code = main(words[1:])
    return Ran(code, told.getvalue())


def _in_a_process(words: list[str]) -> list[str]:
    """Return the words of a command that changes neither this environment nor the project."""
    match words:
        case ["gradviz", *rest]:
            return [sys.executable, "-m", "gradviz", *rest]
        case ["python", "-m", "pip", "install", *_, "."]:
            harmless = ["--dry-run", "--no-deps", "--no-build-isolation", str(ROOT)]
            return [sys.executable, "-m", "pip", "install", *harmless]
        case ["make", *rest]:
            return ["make", "-n", "-C", str(ROOT), *rest]
        case _:
            return [sys.executable, *words[1:]]


@contextlib.contextmanager
def _printed() -> Iterator[io.StringIO]:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        yield told
