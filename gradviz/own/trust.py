"""Which files a user trusts: the hashes of their contents, one on each line of a small file."""

import os
import re
import sys
from pathlib import Path
from typing import Final

from gradviz.core.errors import OwnModelError

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_KEPT: Final = 10_000


def trusted_files_path() -> Path:
    """Return where the trust of this user is kept, beside the window's settings."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA", "")
    else:
        base = os.environ.get("XDG_CONFIG_HOME", "")
    folder = Path(base) if base else Path.home() / ".config"
    return folder / "gradviz" / "trusted_files"


class TrustedFiles:
    """The contents that the user trusts; a file that is changed is another content."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __contains__(self, content_hash: str) -> bool:
        return content_hash in self._read()

    def add(self, content_hash: str) -> None:
        """Remember `content_hash`; raises OwnModelError where that cannot be written."""
        kept = [each for each in self._read() if each != content_hash]
        lines = [*kept, content_hash][-_KEPT:]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and moved, so that a reader never sees half of it.
            beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            beside.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
            beside.replace(self._path)
        except OSError as error:
            raise OwnModelError(
                f"The trust cannot be remembered: {self._path}: {error.strerror}.",
                "Make that file writable.",
            ) from error

    def _read(self) -> list[str]:
        try:
            text = self._path.read_text(encoding="ascii", errors="replace")
        except OSError:
            # Without the file, nothing is trusted.
            return []
        return [line for line in text.splitlines() if _HASH.fullmatch(line)]
