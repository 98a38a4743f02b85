"""The language that the command line speaks: that of the environment."""

import argparse
import os
from pathlib import Path
from typing import Final

from gradviz.cli.terminal import say
from gradviz.core.language.saying import ENGLISH, Translations, use

#: The first of these that is set tells the language.
_VARIABLES: Final = ("GRADVIZ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
#: These have no catalogue, so that none is looked for.
_ENGLISH: Final = frozenset({"", "C", "POSIX", ENGLISH})


def speak_wanted_language() -> None:
    """Speak the language of the environment from here on; English where it cannot be read."""
    use(Translations(ENGLISH))
    wanted = next((found for name in _VARIABLES if (found := os.environ.get(name))), "")
    code = wanted.partition(".")[0].partition("@")[0]
    if code in _ENGLISH or code.startswith((f"{ENGLISH}_", f"{ENGLISH}-")):
        return
    from gradviz.core.language.catalogues import LanguageError, best_language, speak

    try:
        speak(best_language(code))
    except LanguageError as error:
        say(f"gradviz: {error}")


def speak_english_in_data(options: argparse.Namespace) -> None:
    """Speak English from here on where a verb gives JSON: programs read it, in every country."""
    outputs = getattr(options, "outputs", None) or [getattr(options, "output", None)]
    written = any(isinstance(path, Path) and path.suffix.lower() == ".json" for path in outputs)
    asked = getattr(options, "json", False) or getattr(options, "format", None) == "json"
    if asked or written:
        use(Translations(ENGLISH))
