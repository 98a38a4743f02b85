"""`gradviz lesson`: the window on a lesson, the list of lessons, and the faults of a file."""

import argparse
from pathlib import Path
from typing import Final

from gradviz.cli.options.arguments import Parsers, new_verb
from gradviz.cli.terminal import DONE, print_lines, say_error
from gradviz.core.language.saying import spoken_language, tr

_EXAMPLES: Final = (
    "gradviz lesson --list",
    "gradviz lesson gradient_at_a_point",
    "gradviz lesson my_lesson.toml",
    "gradviz lesson --check my_lesson.toml",
)
_REFUSED: Final = 2


def add(verbs: Parsers) -> None:
    """Add the verb."""
    purpose = tr("open the window on a lesson, list the lessons, or check one of your own")
    parser = new_verb(verbs, "lesson", purpose, _EXAMPLES)
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument(
        "name", nargs="?", metavar="NAME|FILE.toml", help=tr("the lesson to open the window on")
    )
    wanted.add_argument("--list", action="store_true", help=tr("list the lessons"))
    wanted.add_argument(
        "--check",
        type=Path,
        metavar="FILE.toml",
        help=tr("tell the faults of a lesson of your own"),
    )
    parser.add_argument(
        "--language",
        default="",
        metavar="CODE",
        help=tr("list the lessons in this language: zh_CN"),
    )
    parser.set_defaults(verb=_lesson)


def _lesson(options: argparse.Namespace) -> int:
    if options.list:
        return _list(options.language)
    if options.check is not None:
        return _check(options.check)
    return _open(options.name.strip())


def _list(language: str) -> int:
    from gradviz.core.lessons.lesson_files import language_for, languages_in, lessons_in
    from gradviz.ui.lessons.known_names import vocabulary
    from gradviz.ui.lessons.lessons import lessons_folder

    folder = lessons_folder()
    used = language_for(language or spoken_language(), languages_in(folder))
    lessons = lessons_in(folder, vocabulary(), used)
    width = max(len(lesson.name) for lesson in lessons)
    print_lines(*(f"{lesson.name:{width}}  {lesson.title}" for lesson in lessons))
    return DONE


def _check(path: Path) -> int:
    from gradviz.core.lessons.lesson_files import faults_in
    from gradviz.engine.catalogue import catalogue
    from gradviz.ui.lessons.known_names import vocabulary

    offered = catalogue()
    models = [entry.name for entry in offered.models]
    known = vocabulary(models, [entry.name for entry in offered.optimizers])
    faults = faults_in(path.expanduser().absolute(), known)
    for fault in faults:
        say_error(tr("{file}, {fault}", file=path.name, fault=fault))
    if faults:
        return _REFUSED
    print_lines(tr("{file} has no faults.", file=path.name))
    return DONE


def _open(name: str) -> int:
    from gradviz.app import run
    from gradviz.core.display import require_display
    from gradviz.core.lessons.lesson_files import (
        FIRST_LANGUAGE,
        lesson_path,
        names_lesson_file,
        read_lesson,
    )
    from gradviz.ui.lessons.known_names import vocabulary
    from gradviz.ui.lessons.lessons import lessons_folder

    # A fault is told where the command was typed, before a window opens.
    if names_lesson_file(name):
        path = Path(name).expanduser().absolute()
    else:
        path = lesson_path(lessons_folder(), name, FIRST_LANGUAGE)
    read_lesson(path, vocabulary())
    require_display(tr("Without a window, `gradviz lesson --check FILE` works."))
    return run(lesson=name)
