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
from gradviz.cli.text_columns import padded
from gradviz.core.language.saying import marked, tr, tr_n

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

#: What is told of each file, and where there is none.
_DONE: Final = {
    "written": (marked("written {path}"), marked("nothing is to be written")),
    "removed": (marked("removed {path}"), marked("nothing is to be removed")),
}


def add(verbs: Parsers) -> None:
    """Add the verb."""
    purpose = tr("try out the installation, and tell what mends it")
    parser = new_verb(verbs, "doctor", purpose, _EXAMPLES)
    add_json(parser)
    desktop = parser.add_mutually_exclusive_group()
    desktop.add_argument(
        "--install-desktop",
        action="store_true",
        help=tr("put gradviz into the menus of a Linux desktop, and open .gviz files with it"),
    )
    desktop.add_argument(
        "--remove-desktop", action="store_true", help=tr("take it out of the menus again")
    )
    parser.set_defaults(verb=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    if options.install_desktop:
        return _tell_files(install_desktop_files(), "written", as_json=options.json)
    if options.remove_desktop:
        return _tell_files(remove_desktop_files(), "removed", as_json=options.json)
    found: list[TriedPart] = []
    with ProgressBar(tr("trying the installation")) as progress:
        for part in parts():
            found.append(part)
            progress.show(len(found), text=tr("{name} tried", name=part.name))
            if not options.json:
                _print(part)
    count = Counter(part.state for part in found)
    if options.json:
        print_json({"parts": [dict(part._asdict()) for part in found], "broken": count["broken"]})
    else:
        told = tr(
            "{parts}: {works} work, {absent} absent, {broken} broken",
            parts=tr_n("{count} parts", "{count} part", len(found)),
            works=count["works"],
            absent=count["absent"],
            broken=count["broken"],
        )
        print_lines(told)
    return FAILED if count["broken"] else DONE


def _tell_files(paths: tuple[Path, ...], done: str, *, as_json: bool) -> int:
    if as_json:
        print_json({done: [str(path) for path in paths]})
    else:
        told, none = _DONE[done]
        print_lines(*(tr(told, path=path) for path in paths))
        if not paths:
            print_lines(tr(none))
    return DONE


def _print(part: TriedPart) -> None:
    mark, colour = _MARKS[part.state]
    print_marked(mark, colour, f" {padded(part.name, 20)} {part.told}")
    if part.remedy and part.state != "works":
        print_lines(f"  {'':20} {part.remedy}")
