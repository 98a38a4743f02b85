"""Says that a terminal of a grammar is missing from a text that somebody typed."""

from typing import Final, NamedTuple

from gradviz.core.language.saying import marked, tr

_SHOWN: Final = 40


class Missing(NamedTuple):
    """A terminal that may be missing: what is said before something else, or at the end."""

    before_other: str
    at_end: str
    hint: str
    sign: str = ""

    def said_before(self, found: str) -> str:
        """Return the sentence where `found` stands instead; an empty one is the text's end."""
        shown = found if len(found) <= _SHOWN else f"{found[:_SHOWN]}…"
        return tr(self.before_other if found else self.at_end, sign=self.sign, found=shown)


def missing_sign(sign: str, hint: str) -> Missing:
    """Return what is said where `sign` is missing."""
    return Missing(
        marked("{sign} is expected here, not “{found}”."),
        marked("{sign} is expected here, but the text ends."),
        hint,
        f"“{sign}”",
    )


#: Before something else, and at the end.
MISSING_VALUE: Final = (
    marked("A value is expected here, not “{found}”."),
    marked("A value is expected here, but the text ends."),
)
