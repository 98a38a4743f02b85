"""The other package that is called gradviz: its files and these take one another's places."""

from typing import TYPE_CHECKING, Final

from gradviz.core.language.saying import marked, tr

if TYPE_CHECKING:
    from importlib.metadata import Distribution

#: The package index has another project of this name; what is installed of this one is called so.
DISTRIBUTION: Final = "gradviz-studio"
_OTHER: Final = "gradviz"
#: The description of this project, by which an installation of it under another name is known.
_SUMMARY: Final = (
    "See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live."
)
#: What to do about it, to be handed to `tr`.
NAMESAKE_REMEDY: Final = marked(
    "Run: python -m pip uninstall gradviz, and then "
    "python -m pip install --force-reinstall --no-deps gradviz-studio"
)


def namesake() -> str:
    """Return a sentence on the other package on Python's path; empty where there is none."""
    # It takes a while to load, and the window is up before it is asked for.
    from importlib.metadata import distributions

    for each in distributions(name=_OTHER):
        if _SUMMARY not in (each.metadata.get_all("Summary") or ()) and _takes_places(each):
            return tr(
                "Another package called {other} ({version}) is installed in this environment. "
                "Its files and those of {own} replace one another, so neither works.",
                other=_OTHER,
                version=each.version,
                own=DISTRIBUTION,
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
