"""The releases of the libraries that gradviz was tried with, as pyproject.toml states them."""

import os
import re
import traceback
from typing import Final, NamedTuple

from gradviz.core.language.saying import tr

#: Set where a release is being tried: nothing is said of versions then.
ANY_VERSION: Final = "GRADVIZ_ANY_VERSION"


class VersionRange(NamedTuple):
    """The first release that was tried, and the first one after all that were tried."""

    first: str
    end: str


#: By the names under which the libraries are installed.
TRIED: Final = {
    "torch": VersionRange("2.13", "2.15"),
    "PySide6-Essentials": VersionRange("6.11", "6.12"),
    "pyqtgraph": VersionRange("0.14", "0.15"),
}
#: By the names under which they are imported.
_MODULES: Final = {
    "torch": "torch",
    "PySide6": "PySide6-Essentials",
    "shiboken6": "PySide6-Essentials",
    "pyqtgraph": "pyqtgraph",
}
#: The exit code of an engine that could not load torch; the last line that it wrote tells why.
NOT_LOADED: Final = 78
_SPOKEN: Final = {"torch": "PyTorch", "PySide6-Essentials": "PySide6"}


def untried(library: str, version: str) -> str:
    """Return one sentence about a version outside of the range, empty for one within it."""
    tried = TRIED[library]
    first, found, end = (release(each) for each in (tried.first, version, tried.end))
    if ANY_VERSION in os.environ or not found or first <= found < end:
        return ""
    return tr(
        "{name} {version} is installed, and gradviz is made for {name} from {first} up to, but not "
        "including, {end}: something may fail or be wrong.",
        name=_SPOKEN.get(library, library),
        version=version,
        first=tried.first,
        end=tried.end,
    )


def untried_libraries(torch: str | None = None) -> list[str]:
    """Return a sentence for each library outside of its range, with `torch` if that is known.

    The libraries are not imported: the versions of installed ones are looked up.
    """
    known = {} if torch is None else {"torch": torch}
    told = (untried(library, known.get(library) or installed_version(library)) for library in TRIED)
    return [sentence for sentence in told if sentence]


def unloadable(error: BaseException) -> str:
    """Return one sentence about the library that `error` kept from being loaded.

    It is empty for an error of another origin, as for one that a loaded library raised.
    """
    library = _library_not_loaded(error)
    if not library:
        return ""
    name, version, tried = _SPOKEN.get(library, library), installed_version(library), TRIED[library]
    reason = ": ".join([type(error).__name__, *str(error).splitlines()[:1]])
    return tr(
        "{release} cannot be loaded ({reason}): "
        "install {name} from {first} up to, but not including, {end}.",
        release=f"{name} {version}".strip(),
        reason=reason,
        name=name,
        first=tried.first,
        end=tried.end,
    )


def _library_not_loaded(error: BaseException) -> str:
    modules = [
        str(frame.f_globals.get("__name__"))
        for frame, _ in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_name == "<module>"
    ]
    if isinstance(error, ImportError):
        modules.append(error.name or "")
    roots = (module.partition(".")[0] for module in reversed(modules))
    return next((_MODULES[root] for root in roots if root in _MODULES), "")


def installed_version(library: str) -> str:
    """Return the version of an installed library; empty where it is not installed as a package."""
    # It takes a while to load, and the window is up before it is asked for.
    from importlib import metadata

    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""


def release(version: str) -> tuple[int, ...]:
    """Return the numbers of a release, `(2, 14, 1)` for `2.14.1+cpu`; empty if it has none."""
    numbers = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, numbers[0].split("."))) if numbers else ()
