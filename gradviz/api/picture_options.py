"""The part of a captured graph that its pictures show, refused where there is none such."""

from typing import Final, Literal, get_args

import msgspec

from gradviz.core.errors import SettingError
from gradviz.core.graphs.placement import Direction
from gradviz.core.language.saying import tr

ThemeName = Literal["light", "dark"]
StyleName = Literal["publication"]
_DIRECTIONS: Final = get_args(Direction)


class PictureOptions(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a graph that a picture shows, and how.

    Attributes:
        depth: How many levels of groups are open; None for as many as can be read at once.
        direction: "TB" from top to bottom, "LR" from left to right; "BT" and "RL" the other way.
        roll: Whether equal groups in a row are one box.
    """

    depth: int | None = None
    direction: Direction = "TB"
    roll: bool = True

    def __post_init__(self) -> None:
        """Raise SettingError where one of them is none that there is."""
        if self.depth is not None and (type(self.depth) is not int or self.depth < 0):
            raise SettingError(
                tr("There is no depth {depth}.", depth=repr(self.depth)),
                tr("Use a whole number from 0."),
            )
        if self.direction not in _DIRECTIONS:
            raise SettingError(
                tr("There is no graph_dir {direction}.", direction=repr(self.direction)),
                tr(
                    'Use "TB" for top to bottom, "LR" for left to right, "BT" or "RL" the other '
                    "way."
                ),
            )
