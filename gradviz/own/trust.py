"""Which files a user trusts: the hash of each content with its path, each on a line of a file."""

import contextlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from gradviz.core.errors import OwnModelError, words_of
from gradviz.core.language.saying import tr
from gradviz.own.source import ModelFile

if TYPE_CHECKING:
    from gradviz.own.siblings import ModelFiles

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LINE: Final = re.compile(r"([0-9a-f]{64})(?: (\[.*\]))?")
_KEPT: Final = 10_000

#: How a file stands: its content is trusted, or another content was at its path, or none.
Standing: TypeAlias = Literal["trusted", "changed", "new"]


def trusted_files_path() -> Path:
    """Return where the trust of this user is kept, beside the window's settings."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA", "")
    else:
        base = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if base else Path.home() / ".config"
    return folder / "gradviz" / "trusted_files"


class _Trusted(NamedTuple):
    """A content that is trusted, its path, and the file whose run came upon it."""

    content_hash: str
    path: str = ""
    found_by: str = ""

    @property
    def line(self) -> str:
        """Return it as a line, in ASCII."""
        places = [each for each in (self.path, self.found_by) if each]
        return f"{self.content_hash} {json.dumps(places)}" if places else self.content_hash


class TrustedFiles:
    """The contents that the user trusts; a file that is changed is another content."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __contains__(self, content_hash: str) -> bool:
        return any(each.content_hash == content_hash for each in self._read())

    def standings(self, files: Iterable[ModelFile]) -> dict[Path, Standing]:
        """Return how each of the files stands, by its path."""
        known = self._read()
        hashes = {each.content_hash for each in known}
        paths = {each.path for each in known}

        def standing(file: ModelFile) -> Standing:
            if file.hash in hashes:
                return "trusted"
            return "changed" if str(file.path) in paths else "new"

        return {file.path: standing(file) for file in files}

    def found_late(self, path: Path) -> tuple[Path, ...]:
        """Return the trusted files that only a run of the file at `path` came upon."""
        by = [each.path for each in self._read() if each.found_by == str(path)]
        return tuple(Path(each) for each in dict.fromkeys(by))

    def add(self, content_hash: str) -> None:
        """Remember `content_hash`; raises OwnModelError where that cannot be written."""
        self._add([_Trusted(content_hash)])

    def trust(self, files: "ModelFiles") -> None:
        """Remember the contents of all the files; raises OwnModelError as `add` does."""
        by = str(files.file.path)
        self._add(
            [
                _Trusted(each.hash, str(each.path), by if each.path in files.late else "")
                for each in files.every
            ]
        )

    def _add(self, added: list[_Trusted]) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with _alone(self._path.with_name(f"{self._path.name}.lock")):
                kept = [each for each in self._read() if each not in added]
                self._replace([each.line for each in (*kept, *added)][-_KEPT:])
        except OSError as error:
            raise OwnModelError(
                tr(
                    "The trust cannot be remembered: {path}: {reason}.",
                    path=self._path,
                    reason=words_of(error),
                ),
                tr("Make that file writable."),
            ) from error

    def _replace(self, lines: list[str]) -> None:
        # Written beside and moved, so that a reader never sees half of it.
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        beside.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
        beside.replace(self._path)

    def _read(self) -> list[_Trusted]:
        try:
            text = self._path.read_text(encoding="ascii", errors="replace")
        except OSError:
            # Without the file, nothing is trusted.
            return []
        return list(_trusted_in(text))


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Keep other processes, which lock the same file, from running the same code meanwhile.

    The lock ends with the process that has it, however that ends. Raises OSError where the file
    cannot be made.
    """
    with lock.open("ab") as file:
        if sys.platform == "win32":
            # It tries for ten seconds, and raises OSError then.
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            with contextlib.suppress(OSError):
                # Where a file system has no locks, a line may be lost rather than every one.
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _trusted_in(text: str) -> Iterator[_Trusted]:
    for match in map(_LINE.fullmatch, text.splitlines()):
        # A line that is damaged trusts nothing.
        if match is not None:
            with contextlib.suppress(ValueError, TypeError):
                yield _Trusted(match[1], *_places(match[2] or "[]"))


def _places(text: str) -> list[str]:
    found = json.loads(text)
    if not all(isinstance(each, str) for each in found):
        raise ValueError("a place is a text")
    return list(found)
