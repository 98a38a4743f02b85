"""Lessons in files: found by their name and language, and read."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import msgspec

from gradviz.core.errors import words_of
from gradviz.core.language.saying import tr
from gradviz.core.lessons.lesson_data import PARTS, Lesson, LessonError, LessonStep, Vocabulary
from gradviz.core.lessons.lesson_faults import LessonFault, faults_of

SUFFIX: Final = ".toml"
#: The language that every lesson is written in.
FIRST_LANGUAGE: Final = "en"
#: The folder beside those of the languages with the Python files that lessons open.
_MODELS: Final = "models"


def languages_in(folder: Path) -> tuple[str, ...]:
    """Return the languages in which there are lessons, the first language first."""
    found = {each.name for each in folder.iterdir() if each.is_dir()} - {_MODELS}
    return tuple(sorted(found, key=lambda name: (name != FIRST_LANGUAGE, name)))


def language_for(wanted: str, languages: Iterable[str]) -> str:
    """Return the language of lessons that fits a locale such as `zh_CN` best, else English."""
    known = tuple(languages)
    if wanted in known:
        return wanted
    alike = (each for each in known if each.partition("_")[0] == wanted.partition("_")[0])
    return next(alike, FIRST_LANGUAGE)


def names_lesson_file(text: str) -> bool:
    """Tell whether a text is the path of a lesson's file, and not the name of one."""
    return text.endswith(SUFFIX) or "/" in text or "\\" in text


def lesson_path(folder: Path, name: str, language: str) -> Path:
    """Return the file of the lesson `name` in this language, else in English.

    Raises:
        LessonError: there is no lesson of that name.
    """
    for each in (language, FIRST_LANGUAGE):
        path = folder / each / f"{name}{SUFFIX}"
        # No system has a file of a name that is too long for it.
        with suppress(OSError):
            if path.is_file():
                return path
    raise LessonError(
        tr("There is no lesson “{name}”.", name=name),
        tr("`gradviz lesson --list` names them all."),
    )


def faults_in(path: Path, vocabulary: Vocabulary) -> list[LessonFault]:
    """Return the faults of a lesson's file; raises LessonError where it cannot be read."""
    return faults_of(_text_of(path), vocabulary, _folders(path))


def read_lesson(path: Path, vocabulary: Vocabulary, language: str = "") -> Lesson:
    """Read a lesson, whose files become absolute paths.

    Raises:
        LessonError: it cannot be read, or has a fault: the first one, with its line.
    """
    return _lesson(_text_of(path), path.name, _folders(path), vocabulary, language)


def lesson_of_text(text: str, name: str, vocabulary: Vocabulary) -> Lesson:
    """Return the lesson of a text that has come without its file, and so without other files.

    Raises:
        LessonError: it has a fault: the first one, with its line.
    """
    return _lesson(text, f"{name}{SUFFIX}", (), vocabulary, "")


def _lesson(
    text: str, file: str, folders: tuple[Path, ...], vocabulary: Vocabulary, language: str
) -> Lesson:
    faults = faults_of(text, vocabulary, folders)
    if faults:
        first = faults[0]
        told = tr(
            "{file}, line {line}: {problem}", file=file, line=first.line, problem=first.problem
        )
        raise LessonError(told, first.remedy)
    import tomllib

    raw = tomllib.loads(text)
    steps = tuple(
        msgspec.convert(_with_files(step, folders, vocabulary), LessonStep) for step in raw["step"]
    )
    rest = {key: raw[key] for key in ("title", "summary", "part", "place") if key in raw}
    return Lesson(
        name=file.removesuffix(SUFFIX),
        steps=steps,
        language=language,
        start=_with_files({"start": raw.get("start", {})}, folders, vocabulary)["start"],
        source="" if language else text,
        **rest,
    )


def lessons_in(folder: Path, vocabulary: Vocabulary, language: str) -> list[Lesson]:
    """Return all lessons, in the order of the list, each in this language or else in English."""
    paths = (folder / FIRST_LANGUAGE).glob(f"*{SUFFIX}")
    found = []
    for path in paths:
        used = lesson_path(folder, path.stem, language)
        found.append(read_lesson(used, vocabulary, used.parent.name))
    return sorted(found, key=lambda lesson: (PARTS.index(lesson.part), lesson.place, lesson.name))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise LessonError(
            tr(
                "The lesson {name} cannot be read: {problem}.",
                name=path.name,
                problem=words_of(error),
            ),
            tr("Give the path of a file, or a name that `gradviz lesson --list` shows."),
        ) from error
    except UnicodeDecodeError as error:
        raise LessonError(
            tr("The lesson {name} is no text in UTF-8.", name=path.name),
            tr("Save it as UTF-8 in your editor."),
        ) from error


def _folders(path: Path) -> tuple[Path, ...]:
    return (path.parent, path.parent.parent / _MODELS)


def _with_files(
    raw: dict[str, Any], folders: tuple[Path, ...], vocabulary: Vocabulary
) -> dict[str, Any]:
    """Return a table whose conditions name files by their absolute path."""
    changed = dict(raw)
    for key, given in raw.items():
        if not isinstance(given, dict):
            continue
        changed[key] = dict(given)
        for name, value in given.items():
            form = vocabulary.conditions.get(name)
            if key != "point" and form is not None and form.kind == "file":
                found = next(at / value for at in folders if (at / value).is_file())
                changed[key][name] = str(found.absolute())
    return changed
