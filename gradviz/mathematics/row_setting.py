"""ziamath, with rows whose cost grows with their depth and not with a power of it.

ziamath sets each row twice, first to learn how high brackets in it must be, and so each row within
rows 2, 4, 8, … times: eight fractions within one another took three seconds. Only a row that has
brackets needs to be looked at first, and nothing within that look needs another one.
"""

import warnings
from functools import cache
from typing import Any, Final
from xml.etree.ElementTree import Element

#: The signs that grow with the row that they are in.
_GROWING: Final = frozenset("()[]{}|‖∣⌊⌋⌈⌉⟨⟩/\\")


@cache
def ziamath() -> Any:
    """Return the module, prepared; its import takes longer than a frame."""
    with warnings.catch_warnings():
        # It reads its fonts by a function that Python calls old.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
        from ziamath.config import config
        from ziamath.nodes.mrow import Mrow

    class Row(Mrow, tag="mrow"):
        """A row that is looked at first where it has brackets."""

        def _get_height_nostretch(self, line: list[Element], **kwargs: Any) -> tuple[float, float]:
            if kwargs.get("nostretch") or not any(map(_may_grow, line)):
                return (0.0, 0.0)
            found: tuple[float, float] = super()._get_height_nostretch(line, **kwargs)
            return found

    # Browsers and Qt read the older form, in which a shape stands where it is used.
    config.svg2 = False
    config.precision = 3
    return ziamath


def _may_grow(element: Element) -> bool:
    """Tell whether an element is a bracket, or has one as its base."""
    return any(
        each.tag in ("mo", "mi") and (each.text or "").strip() in _GROWING
        for each in (element, *element)
    )
