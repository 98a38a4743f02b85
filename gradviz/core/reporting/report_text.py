"""The text of a report of a problem, without the folders of whoever writes it."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final, NamedTuple

from gradviz.core.language.saying import marked, tr, tr_n

#: A path of a file, or of a folder: two parts at least, so that a fraction is none.
_POSIX: Final = re.compile(
    r"(?<![\w.:/…])~?/(?:[^/\s\"'<>|:;,()\[\]{}]+/)+[^/\s\"'<>|:;,()\[\]{}]*"
)
_WINDOWS: Final = re.compile(r"\b[A-Za-z]:[\\/](?:[^\\/\"'<>|:\n]+[\\/])*[^\\/\"'<>|:\s]*")
#: A path in quotes, as Python has it in a traceback, may have spaces.
_QUOTED: Final = re.compile(r"([\"'])((?:~?/|[A-Za-z]:[\\/])[^\"'\n]+)\1")
#: The folders of installed packages: beneath them a path tells nothing of the user.
_PACKAGES: Final = ("site-packages", "dist-packages", "gradviz")
_TITLE: Final = marked("Report of a problem with gradviz")
_ASKED: Final = marked("What I did, what I expected, and what happened instead:")
_EVENTS: Final = marked("Last events")
_NO_EVENTS: Final = marked("none")


class ReportPart(NamedTuple):
    """One part of the report: its heading and its rows, each a name and a text."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def report_text(sections: Iterable[ReportPart], events: Iterable[str], *, home: str) -> str:
    """Return the whole report; no path in it tells a folder of the user.

    Args:
        sections: The facts, in their order.
        events: The last events of the program, oldest first.
        home: The user's own folder.
    """
    parts = [f"{tr(_TITLE)}\n\n{tr(_ASKED)}\n\n\n"]
    for section in sections:
        width = max((len(name) for name, _ in section.rows), default=0)
        rows = "".join(
            f"{without_paths(name, home).ljust(width)}  {without_paths(text, home)}\n"
            for name, text in section.rows
        )
        parts.append(f"{section.heading}\n{rows}")
    told = "".join(f"{without_paths(event, home)}\n" for event in events)
    parts.append(f"{tr(_EVENTS)}\n{told or tr(_NO_EVENTS)}")
    return "\n".join(parts)


def without_paths(text: str, home: str) -> str:
    """Return a text in which each path is only its name, or that within an installed package."""
    text = _QUOTED.sub(lambda found: f"{found[1]}{_shortened(found[2])}{found[1]}", text)
    if home.strip("/\\"):
        text = text.replace(home, "~")
    text = _WINDOWS.sub(lambda found: _shortened(found[0]), text)
    return _POSIX.sub(lambda found: _shortened(found[0]), text)


def _shortened(path: str) -> str:
    windows = "\\" in path or path[1:2] == ":"
    parts = (PureWindowsPath(path) if windows else PurePosixPath(path)).parts
    places = [place for place, part in enumerate(parts[:-1]) if part in _PACKAGES]
    kept = parts[places[-1] :] if places else parts[-1:]
    return "/".join(("…", *kept))


def settings_rows(settings: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return the settings of the window by name; of lists and of binary ones the length alone."""
    return tuple((name, _setting(value)) for name, value in sorted(settings.items()))


def _setting(value: object) -> str:
    if isinstance(value, (bytes, bytearray)):
        return tr_n("{count} bytes", "{count} byte", len(value))
    if isinstance(value, (list, tuple)):
        return tr_n("{count} entries", "{count} entry", len(value))
    return str(value)
