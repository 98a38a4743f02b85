"""The texts of an interactive page, in English and in another language."""

import re
from pathlib import Path

from gradviz.core.language.catalogues import speak
from gradviz.export import interactive
from gradviz.export.interactive.page_texts import page_texts

FOLDER = Path(interactive.__file__).parent


def texts_of_the_page() -> set[str]:
    """Return the texts that stand in the page and are said by its scripts."""
    page = (FOLDER / "page.html").read_text(encoding="utf-8")
    found = set(re.findall(r'(?:title|aria-label|placeholder)="([^"$]+)"', page))
    for script in FOLDER.glob("*.js"):
        for call in re.findall(r"\bsaid\(([^;{]*)", script.read_text(encoding="utf-8")):
            found |= set(re.findall(r'"([^"]*)"', call))
    # Words that are compared are small and alone.
    return {each for each in found if re.search(r"[A-Z]|[a-z] [a-z]", each)}


def test_that_a_page_in_english_carries_no_texts() -> None:
    assert page_texts() == {}


def test_that_every_text_of_the_page_is_translated() -> None:
    speak("zh_CN")
    found = page_texts()
    assert len(texts_of_the_page()) > 40
    assert texts_of_the_page() - set(found) == set()
    assert all(text != each for each, text in found.items())
