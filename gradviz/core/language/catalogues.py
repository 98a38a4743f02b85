"""Catalogues of translations: files of Qt Linguist (`.ts`), one for each language."""

from __future__ import annotations

import contextlib
import os
import string
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gradviz.core.errors import GradvizError, words_of
from gradviz.core.language.saying import (
    ENGLISH,
    LANGUAGE_VARIABLE,
    Translations,
    key_of,
    listed,
    tr,
    use,
)
from gradviz.core.resource_folder import resources

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class LanguageError(GradvizError):
    """A catalogue is missing, or cannot be read."""


def catalogue_path(code: str) -> Path:
    """Return the file of the translations into the language `code`."""
    return resources() / "translations" / f"{code}.ts"


def languages() -> tuple[str, ...]:
    """Return the languages that the program speaks, English first."""
    found = sorted(path.stem for path in catalogue_path(ENGLISH).parent.glob("*.ts"))
    return (ENGLISH, *found)


def best_language(wanted: str) -> str:
    """Return the language that fits a locale such as `zh_CN` or `zh_CN.UTF-8` best."""
    wanted = wanted.partition(".")[0].replace("-", "_")
    known = languages()
    if wanted in known:
        return wanted
    # Traditional characters are not read by everybody who reads simplified ones.
    if wanted.startswith(("zh_TW", "zh_HK", "zh_MO", "zh_Hant")):
        return ENGLISH
    first = wanted.partition("_")[0]
    return next((each for each in known if each.partition("_")[0] == first), ENGLISH)


def read_catalogue(code: str) -> Translations:
    """Read the catalogue of a language; that of English is empty.

    Raises:
        LanguageError: there is no such language, or its file is damaged.
    """
    if code == ENGLISH:
        return Translations(ENGLISH)
    known = languages()
    if code not in known:
        raise LanguageError(
            tr("There is no language “{code}”.", code=code),
            tr("There are: {languages}.", languages=listed(known)),
        )
    return read_translations(catalogue_path(code))


def speak(code: str) -> Translations:
    """Say everything in the language `code` from now on, and return its catalogue.

    Raises:
        LanguageError: there is no such language, or its file is damaged; nothing changes.
    """
    catalogue = read_catalogue(code)
    use(catalogue)
    return catalogue


def speak_as_told() -> None:
    """Say everything in the language that the process which started this one speaks."""
    told = os.environ.get(LANGUAGE_VARIABLE, ENGLISH)
    if told != ENGLISH:
        # That process has read the catalogue itself, and has told if it is damaged.
        with contextlib.suppress(LanguageError):
            speak(told)


def read_translations(path: Path) -> Translations:
    """Read a file of Qt Linguist; what is unfinished in it stays English.

    Raises:
        LanguageError: the file cannot be read, or is no such file.
    """
    # Most starts of the program are in English and need no parser.
    from xml.etree import ElementTree

    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - a file of the program itself
    except (OSError, ElementTree.ParseError) as error:
        raise LanguageError(
            tr(
                "The translations in {file} cannot be read: {reason}.",
                file=path.name,
                reason=words_of(error),
            ),
            tr("Install gradviz again; English is used meanwhile."),
        ) from error
    texts: dict[str, str] = {}
    faults: list[str] = []
    for source, meaning, translation in _finished(root):
        fault = placeholder_fault(source, translation)
        if fault:
            faults.append(
                tr(
                    "{file}: the translation of “{text}” {fault}.",
                    file=path.name,
                    text=source,
                    fault=fault,
                )
            )
        else:
            texts[key_of(source, meaning)] = translation
    return Translations(path.stem, texts, tuple(faults))


def placeholder_fault(source: str, translation: str) -> str:
    """Return in words how the placeholders of a translation differ from its text's; "" if not."""
    if "{" not in source and "{" not in translation:
        return ""
    try:
        wanted, found = placeholders(source), placeholders(translation)
    except ValueError as error:
        return tr("has a brace that is not closed ({error})", error=words_of(error))
    if missing := sorted(wanted - found):
        return tr("lacks {names}", names=listed(f"{{{name}}}" for name in missing))
    if strange := sorted(found - wanted):
        names = listed(f"{{{name}}}" for name in strange)
        return tr("has {names}, which the text has not", names=names)
    return ""


def placeholders(text: str) -> set[str]:
    """Return the names in braces of a text.

    Raises:
        ValueError: a brace is not closed.
    """
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def _finished(root: Element) -> Iterator[tuple[str, str, str]]:
    for message in root.iter("message"):
        translation = message.find("translation")
        source = message.findtext("source") or ""
        if translation is None or translation.get("type"):
            continue
        form = translation.find("numerusform")
        text = (translation if form is None else form).text
        if source and text:
            # A text with a count has its singular there.
            meaning = "" if message.get("numerus") else message.findtext("comment") or ""
            yield source, meaning, text
