"""`gradviz doctor`: whether all that gradviz needs is installed and works, and what mends it."""

import argparse
from collections import Counter
from pathlib import Path
from typing import Final

from gradviz.cli.desktop_files import install_desktop_files, remove_desktop_files
from gradviz.cli.installation import Condition, TriedPart, parts
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.progress import ProgressBar
from gradviz.cli.terminal import DONE, FAILED, Colour, print_json, print_lines, print_marked

_EXAMPLES: Final = (
    "gradviz doctor",
    "gradviz doctor --json",
    "gradviz doctor --install-desktop",
)
_MARKS: Final[dict[Condition, tuple[str, Colour]]] = {
    "works": ("✓", "green"),
    "absent": ("–", "yellow"),
    "broken": ("✗", "red"),
}


def add(verbs: Parsers) -> None:
    """Add the verb."""
    purpose = "try out the installation, and tell what mends it"
    parser = new_verb(verbs, "doctor", purpose, _EXAMPLES)
    add_json(parser)
    desktop = parser.add_mutually_exclusive_group()
    desktop.add_argument(
        "--install-desktop",
        action="store_true",
        help="put gradviz into the menus of a Linux desktop, and open .gviz files with it",
    )
    desktop.add_argument(
        "--remove-desktop", action="store_true", help="take it out of the menus again"
    )
    parser.set_defaults(verb=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    if options.install_desktop:
        return _tell_files(install_desktop_files(), "written", as_json=options.json)
    if options.remove_desktop:
        return _tell_files(remove_desktop_files(), "removed", as_json=options.json)
    found: list[TriedPart] = []
    with ProgressBar("trying the installation") as progress:
        for part in parts():
            found.append(part)
            progress.show(len(found), text=f"{part.name} tried")
            if not options.json:
                _print(part)
    count = Counter(part.state for part in found)
    if options.json:
        print_json({"parts": [dict(part._asdict()) for part in found], "broken": count["broken"]})
    else:
        told = f"{count['works']} work, {count['absent']} absent, {count['broken']} broken"
        print_lines(f"{len(found)} parts: {told}")
    return FAILED if count["broken"] else DONE


def _tell_files(paths: tuple[Path, ...], done: str, *, as_json: bool) -> int:
    if as_json:
        print_json({done: [str(path) for path in paths]})
    else:
        print_lines(*(f"{done} {path}" for path in paths))
        if not paths:
            print_lines(f"nothing is to be {done}")
    return DONE


def _print(part: TriedPart) -> None:
    mark, colour = _MARKS[part.state]
    print_marked(mark, colour, f" {part.name:20} {part.told}")
    if part.remedy and part.state != "works":
        print_lines(f"  {'':20} {part.remedy}")
