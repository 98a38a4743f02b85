"""The entry of gradviz in the menus of a Linux desktop, and its kind of files there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from gradviz.core.errors import GradvizError, words_of
from gradviz.core.language.saying import tr
from gradviz.core.resource_folder import resources

#: Where each file of `resources` goes, beneath the folder of the user's data.
_PLACES: Final = {
    "desktop/gradviz.desktop": "applications/gradviz.desktop",
    "desktop/gradviz.xml": "mime/packages/gradviz.xml",
    "desktop/io.github.gradviz_studio.gradviz.metainfo.xml": (
        "metainfo/io.github.gradviz_studio.gradviz.metainfo.xml"
    ),
    "icons/gradviz.svg": "icons/hicolor/scalable/apps/gradviz.svg",
}
#: The icon of the files is that of the program.
_FILE_ICON: Final = "icons/hicolor/scalable/mimetypes/application-x-gradviz.svg"
_ENTRY: Final = "desktop/gradviz.desktop"
#: Programs that tell the desktop of the change, with the folder that each looks at.
_UPDATES: Final = (
    ("update-mime-database", "mime"),
    ("update-desktop-database", "applications"),
    ("gtk-update-icon-cache", "icons/hicolor"),
)
#: In an argument of Exec these have a backslash before them.
_ESCAPED: Final = '\\"`$'
_UPDATE_S: Final = 30.0


class DesktopError(GradvizError):
    """The desktop files cannot be installed or removed."""


class DesktopFile(NamedTuple):
    """A file for the desktop: its path, and its content."""

    path: Path
    content: bytes


def desktop_files(folder: Path, command: str) -> Iterator[DesktopFile]:
    """Yield the files beneath `folder`; a menu runs `command`, which Exec takes."""
    source = resources()
    for name, place in _PLACES.items():
        content = (source / name).read_bytes()
        if name == _ENTRY:
            content = content.replace(b"Exec=gradviz", f"Exec={command}".encode())
        yield DesktopFile(folder / place, content)
    yield DesktopFile(folder / _FILE_ICON, (source / "icons/gradviz.svg").read_bytes())


def install_desktop_files() -> tuple[Path, ...]:
    """Write the files for this user, and return their paths.

    Raises:
        DesktopError: the system has no such desktop, or a file cannot be written.
    """
    folder = _data_folder()
    written = []
    try:
        for file in desktop_files(folder, run_command()):
            file.path.parent.mkdir(parents=True, exist_ok=True)
            file.path.write_bytes(file.content)
            written.append(file.path)
    except OSError as error:
        raise _refused(error, folder) from error
    _tell_desktop(folder)
    return tuple(written)


def remove_desktop_files() -> tuple[Path, ...]:
    """Remove the files that `install_desktop_files` has written, and return their paths.

    Raises:
        DesktopError: the system has no such desktop, or a file cannot be removed.
    """
    folder = _data_folder()
    removed = []
    try:
        for place in (*_PLACES.values(), _FILE_ICON):
            path = folder / place
            if path.is_file():
                path.unlink()
                removed.append(path)
    except OSError as error:
        raise _refused(error, folder) from error
    if removed:
        _tell_desktop(folder)
    return tuple(removed)


def run_command() -> str:
    """Return the command that starts this very installation, quoted as Exec wants it."""
    script = Path(sys.executable).parent / "gradviz"
    arguments = [str(script)] if script.is_file() else [sys.executable, "-m", "gradviz"]
    return " ".join(map(exec_argument, arguments))


def exec_argument(text: str) -> str:
    """Return one argument as the key Exec of a desktop entry has it.

    The value of the key is read twice: as a string, in which each backslash is doubled, and then
    as arguments in quotes.
    """
    quoted = "".join(f"\\{letter}" if letter in _ESCAPED else letter for letter in text)
    quoted = quoted.replace("\\", "\\\\").replace("%", "%%")
    plain = quoted == text and not any(
        letter.isspace() or letter in "'<>~|&;*?#()" for letter in text
    )
    return quoted if plain else f'"{quoted}"'


def _data_folder() -> Path:
    if not sys.platform.startswith(("linux", "freebsd")):
        raise DesktopError(
            tr("Desktop files are for the desktops of Linux."),
            tr("Here, keep a link to the command gradviz where you start programs."),
        )
    # By the specification of the folders a relative path counts as none.
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def _refused(error: OSError, folder: Path) -> DesktopError:
    return DesktopError(
        tr(
            "{path} cannot be changed: {reason}.",
            path=error.filename or folder,
            reason=words_of(error),
        ),
        tr("Allow it, or set XDG_DATA_HOME to another folder."),
    )


def _tell_desktop(folder: Path) -> None:
    """Have the desktop's own caches made anew; without them it finds the files later."""
    for program, name in _UPDATES:
        found, part = shutil.which(program), folder / name
        if found is None or not part.is_dir():
            continue
        try:
            subprocess.run([found, str(part)], capture_output=True, timeout=_UPDATE_S, check=False)
        except (OSError, subprocess.TimeoutExpired):
            continue
