"""The files of translations, as they are and as they may be damaged."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import PySide6
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.language import catalogues
from gradviz.core.language.catalogues import (
    LanguageError,
    best_language,
    catalogue_path,
    languages,
    placeholder_fault,
    read_catalogue,
    read_translations,
    speak,
)
from gradviz.core.language.saying import spoken_language, tr

ROOT = Path(__file__).parents[4]
TRANSLATED = [code for code in languages() if code != "en"]


def written(folder: Path, messages: str) -> Path:
    path = folder / "zh_CN.ts"
    path.write_text(
        f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS><TS version="2.1">'
        f"<context><name></name>{messages}</context></TS>",
        encoding="utf-8",
    )
    return path


def message(source: str, translation: str, state: str = "") -> str:
    kind = f' type="{state}"' if state else ""
    translated = f"<translation{kind}>{translation}</translation>"
    return f"<message><source>{source}</source>{translated}</message>"


@pytest.mark.parametrize("code", TRANSLATED)
def test_that_every_text_of_the_sources_is_translated(code: str, tmp_path: Path) -> None:
    fresh = tmp_path / f"{code}.ts"
    shutil.copy(catalogue_path(code), fresh)
    lupdate = Path(PySide6.__file__).parent / "lupdate"
    options = ["-silent", "-no-obsolete", "-locations", "none", "-extensions", "py"]
    options += ["-tr-function-alias", "tr+=marked,tr+=tr_n"]
    subprocess.run(
        [lupdate, *options, ROOT / "gradviz", "-ts", fresh],
        check=True,
    )
    found = {
        each.findtext("source"): each.find("translation")
        for each in ElementTree.parse(fresh).getroot().iter("message")  # noqa: S314 - made here
    }
    assert len(found) > 1
    unfinished = [
        source
        for source, translation in found.items()
        if translation is None or translation.get("type")
    ]
    assert unfinished == [], "make translations, then finish them"
    gone = {key.rpartition("\x04")[2] for key in read_catalogue(code).texts} - set(found)
    assert gone == set(), "make translations"


@pytest.mark.parametrize("code", TRANSLATED)
def test_that_no_translation_has_a_fault(code: str) -> None:
    assert read_catalogue(code).faults == ()


def test_that_a_translation_without_a_placeholder_is_told_and_stays_english(tmp_path: Path) -> None:
    path = written(tmp_path, message("Opened {name}.", "已打开。") + message("Fit", "适应"))
    read = read_translations(path)
    assert read.texts == {"Fit": "适应"}
    assert read.faults == ("zh_CN.ts: the translation of “Opened {name}.” lacks {name}.",)


def test_that_an_unfinished_translation_stays_english(tmp_path: Path) -> None:
    path = written(tmp_path, message("Fit", "适", "unfinished") + message("Open", "", ""))
    assert read_translations(path).texts == {}


@pytest.mark.parametrize("damage", ["", "<TS>", "no file of Qt Linguist", None])
def test_that_a_damaged_catalogue_is_one_error_and_english_goes_on(
    damage: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "zh_CN.ts"
    if damage is not None:
        path.write_text(damage)
    monkeypatch.setattr(catalogues, "catalogue_path", lambda code: tmp_path / f"{code}.ts")
    with pytest.raises(LanguageError, match=r"zh_CN"):
        speak("zh_CN")
    assert spoken_language() == "en"
    assert tr("Fit") == "Fit"


def test_that_an_unknown_language_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(LanguageError, match=r"There is no language “xx”\. There are: en, zh_CN"):
        speak("xx")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ("zh_CN", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh-CN", "zh_CN"),
        ("zh_SG", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh_TW", "en"),
        ("en_GB", "en"),
        ("C", "en"),
        ("POSIX", "en"),
        ("de_DE", "en"),
        ("", "en"),
    ],
)
def test_that_a_locale_finds_its_language(wanted: str, code: str) -> None:
    assert best_language(wanted) == code


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("{a} of {b}", "{b}{a}", ""),
        ("{a:.3g}", "{a}", ""),
        ("{a}", "a", "lacks {a}"),
        ("a", "{a}", "has {a}, which the text has not"),
        ("{a}", "{a", "has a brace that is not closed"),
    ],
)
def test_that_placeholders_are_compared(source: str, translation: str, fault: str) -> None:
    assert placeholder_fault(source, translation).startswith(fault)
    assert bool(placeholder_fault(source, translation)) is bool(fault)


@given(st.text(), st.text())
def test_that_any_two_texts_can_be_compared(source: str, translation: str) -> None:
    placeholder_fault(source, translation)
    fault = placeholder_fault(source, source)
    assert not fault or fault.startswith("has a brace that is not closed")
