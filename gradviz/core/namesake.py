"""The other package that is called gradviz: its files and these take one another's places."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from importlib.metadata import Distribution

#: The package index has another project of this name; what is installed of this one is called so.
DISTRIBUTION: Final = "gradviz-studio"
_OTHER: Final = "gradviz"
#: The description of this project, by which an installation of it under another name is known.
_SUMMARY: Final = (
    "See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live."
)
NAMESAKE_REMEDY: Final = (
    f"Run: python -m pip uninstall {_OTHER}, and then "
    f"python -m pip install --force-reinstall --no-deps {DISTRIBUTION}"
)


def namesake() -> str:
    """Return a sentence on the other package on Python's path; empty where there is none."""
    # It takes a while to load, and the window is up before it is asked for.
    from importlib.metadata import distributions

    for each in distributions(name=_OTHER):
        if _SUMMARY not in (each.metadata.get_all("Summary") or ()) and _takes_places(each):
            return (
                f"Another package called {_OTHER} ({each.version}) is installed in this "
                f"environment. Its files and those of {DISTRIBUTION} replace one another, so "
                "neither works."
            )
    return ""


def _takes_places(other: "Distribution") -> bool:
    """Tell whether it owns the folder of the package or the command, or does not say."""
    if other.files is None:
        return True
    places = (path.as_posix() for path in other.files)
    return any(
        place.startswith(f"{_OTHER}/") or place.endswith((f"/bin/{_OTHER}", f"/{_OTHER}.exe"))
        for place in places
    )
