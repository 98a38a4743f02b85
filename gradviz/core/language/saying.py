"""Sentences for a user, in the language that this process speaks.

A sentence is written in English where it is said, as `tr("The loss is {loss}.", loss=...)`, and is
its key in the catalogues. lupdate finds these calls, so the text is a literal. Names in braces can
stand in another order in another language; a sentence is never put together from parts of one.
Text in a table, which is made before a language is chosen, is `marked`, and goes through `tr` where
it is shown.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

#: The language of the sources, which has no file.
ENGLISH: Final = "en"
#: The variable of the environment that names the language of a process.
LANGUAGE_VARIABLE: Final = "GRADVIZ_LANGUAGE"
#: Between a meaning and its text in a key, as gettext has it.
_BETWEEN: Final = "\x04"
#: So many texts with values are remembered, more than a window shows at a time.
_REMEMBERED: Final = 20_000

#: Says a text again, in the language that is spoken when it is called.
Saying = Callable[[], str]


@dataclass(frozen=True)
class Translations:
    """The translations into one language.

    Attributes:
        code: The language, as a locale has it: `zh_CN`.
        texts: For each English text its translation, by `key_of`. A text with a count has one form
            for all counts here: no language that the project has needs more.
        faults: What is wrong with single translations, in sentences; those texts stay English.
    """

    code: str
    texts: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


class _Meant(str):
    """A text in a table, and which of its meanings it has there."""

    meaning = ""

    @classmethod
    def of(cls, source: str, meaning: str) -> "_Meant":
        made = cls(source)
        made.meaning = meaning
        return made


class _Speech:
    """The translations of this process, and how to say its texts again."""

    def __init__(self) -> None:
        self.catalogue = Translations(ENGLISH)
        self.remembers = False
        #: Texts without values: as many as the sources have.
        self.fixed: dict[str, Saying] = {}
        #: Texts with values, the latest last.
        self.changing: OrderedDict[str, Saying] = OrderedDict()
        #: What another process has said, and how it says it now.
        self.learned: Mapping[str, str] = {}
        #: A program that shows a window answers it in a thread of its own.
        self.writing = threading.Lock()

    def remember(self, text: str, again: Saying, *, fixed: bool = False) -> None:
        if not self.remembers:
            return
        with self.writing:
            if fixed:
                self.fixed[text] = again
                return
            self.changing[text] = again
            self.changing.move_to_end(text)
            if len(self.changing) > _REMEMBERED:
                self.changing.popitem(last=False)

    def all_of_it(self) -> dict[str, Saying]:
        with self.writing:
            return {**self.fixed, **self.changing}

    def how(self, text: str) -> Saying | None:
        known = self.changing.get(text) or self.fixed.get(text)
        if known is None and text in self.learned:
            return lambda: self.learned.get(text, text)
        return known


_speech = _Speech()


def use(catalogue: Translations) -> None:
    """Say everything in the language of `catalogue` from now on."""
    _speech.catalogue = catalogue
    _speech.learned = {}


def spoken_language() -> str:
    """Return the code of the language that is spoken: `en` or `zh_CN`."""
    return _speech.catalogue.code


def remember_what_is_said() -> None:
    """Have `said_again` know all that is said from now on, as a window needs it."""
    _speech.remembers = True


def tr(source: str, meaning: str = "", /, **values: object) -> str:
    """Return the English text `source` in the language that is spoken, with its values put in.

    `meaning` tells apart what is one word in English: `tr("Fit", "of a curve")`. It is a literal.
    A text with a meaning is not remembered: whatever shows it says it again by itself.
    """
    if isinstance(source, _Meant):
        meaning = source.meaning
    text = _speech.catalogue.texts.get(key_of(source, meaning), source)
    if values:
        text = text.format_map(values)
    if not meaning:
        _remember(text, source, values)
    return text


def _remember(text: str, source: str, values: dict[str, object]) -> None:
    # Remembered as it was said first is what is handed to `tr` a second time, in another language,
    # and a value that is the whole text.
    parts = (source, *(each for each in values.values() if isinstance(each, str)))
    if text not in parts or _speech.how(text) is None:
        _speech.remember(text, lambda: tr(source, **_again(values)), fixed=not values)


def tr_n(many: str, one: str, count: int, /, **values: object) -> str:
    """Return a text for a count: `tr_n("{count} nodes", "{count} node", len(nodes))`.

    `many` is the key. `{count}` is the count itself where no other value has this name.
    """
    values.setdefault("count", count)
    english = one if count == 1 else many
    text = _speech.catalogue.texts.get(many, english).format_map(values)
    _speech.remember(text, lambda: tr_n(many, one, count, **_again(values)))
    return text


def marked(source: str, meaning: str = "", /) -> str:
    """Return the text itself, with its meaning: `tr` translates it later, where it is shown."""
    return _Meant.of(source, meaning) if meaning else source


def key_of(source: str, meaning: str) -> str:
    """Return the key of a text in a catalogue."""
    return f"{meaning}{_BETWEEN}{source}" if meaning else source


def sentences(parts: Iterable[str]) -> str:
    """Return sentences one after another; empty ones are left out."""
    return _joined([part for part in parts if part], " ", "")


def listed(parts: Iterable[str]) -> str:
    """Return the members of a list, one after another: `a, b, c`."""
    return _joined(list(parts), ", ", "、")


def remember(text: str, again: Saying) -> None:
    """Have a text that somebody else has made said again by `again`, unless it is known."""
    if _speech.how(text) is None:
        _speech.remember(text, again, fixed=True)


def changed_texts() -> dict[str, str]:
    """Return each text that was said in another language, with how it is said now."""
    again = {text: how() for text, how in _speech.all_of_it().items()}
    return {text: now for text, now in again.items() if now != text}


def learn(texts: Mapping[str, str]) -> None:
    """Take how another process says its earlier texts now, until the language changes.

    `texts` are its `changed_texts`.
    """
    _speech.learned = texts


def how_said(text: str) -> Saying | None:
    """Return how to say a text again that was said earlier; None where that is not remembered.

    Of several lines each is looked up.
    """
    how = _speech.how(text)
    if how is None and "\n" in text and _speech.remembers:
        return lambda: "\n".join(map(said_again, text.split("\n")))
    return how


def said_again(text: str) -> str:
    """Return a text that was said earlier in the language that is spoken now.

    One that is not remembered is returned as it is.
    """
    how = how_said(text)
    return text if how is None else how()


def _joined(said: list[str], english: str, chinese: str) -> str:
    # What comes of another process, or was kept, may be in the language before.
    text = (chinese if _speech.catalogue.code.startswith("zh") else english).join(
        map(said_again, said)
    )
    # A single part is remembered already, by how it was said itself.
    if len(said) > 1:
        _speech.remember(
            text, lambda: _joined([said_again(each) for each in said], english, chinese)
        )
    return text


def _again(values: dict[str, object]) -> dict[str, object]:
    return {
        name: said_again(value) if isinstance(value, str) else value
        for name, value in values.items()
    }
