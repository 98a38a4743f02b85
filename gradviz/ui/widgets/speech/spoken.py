"""The words of a widget that paints itself: its kind, its value, and the parts that it draws."""

from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from PySide6.QtCore import QPoint, QRect

SpokenKind = Literal["slider", "picture", "list", "group"]
PartKind = Literal["item", "group", "text", "picture"]


class SpokenPart(NamedTuple):
    """One thing that a widget draws, as it is read aloud.

    Attributes:
        name, value: Its name, and the state and numbers that are shown with it.
        kind: Its role: an item of a list, an open group, a text or a picture.
        place: Its rectangle in pixels of the widget.
        chosen: Whether it is the chosen one.
    """

    name: str
    value: str = ""
    kind: PartKind = "item"
    place: QRect = QRect()
    chosen: bool = False


class SpokenParts:
    """The parts that a widget draws, each known by a key; they are made when they are asked for."""

    def keys(self) -> Sequence[str]:
        """Return the keys in reading order: an equal object as long as nothing has changed."""
        return ()

    def part(self, key: str) -> SpokenPart | None:
        """Return the part with this key, None where it is not drawn any more."""
        raise NotImplementedError

    def current(self) -> str | None:
        """Return the key of the chosen part, None where there is none."""
        return None

    def at(self, place: QPoint) -> str | None:
        """Return the key of the part at a place, in pixels of the widget."""
        return next((key for key in self.keys() if self._covers(key, place)), None)

    def choose(self, key: str) -> None:
        """Choose the part with this key, as a click on it does."""

    def after(self, key: str) -> Sequence[str]:
        """Return the keys of the parts that a drawn line leads to."""
        return ()

    def before(self, key: str) -> Sequence[str]:
        """Return the keys of the parts that a drawn line comes from."""
        return ()

    def _covers(self, key: str, place: QPoint) -> bool:
        part = self.part(key)
        return part is not None and part.place.contains(place)


class Spoken:
    """Mixed into a widget that paints itself, for screen readers.

    Its name is the widget's accessible name.
    """

    spoken_kind: ClassVar[SpokenKind] = "picture"

    def spoken_value(self) -> str:
        """Return the shown value in words, empty where the name tells all."""
        return ""

    def spoken_parts(self) -> SpokenParts | None:
        """Return the parts that are drawn, None for a widget without any."""
        return None
