"""Movement that explains a change: from one placement to the next, and of the camera."""

import sys
from collections.abc import Callable
from functools import cache

import msgspec
from PySide6.QtCore import QEasingCurve, QObject, Qt, QVariantAnimation
from PySide6.QtWidgets import QApplication

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.placement import Placement, Point
from gradviz.ui.canvas.reduced_motion import ReducedMotion

_MOVING_MS = 200
#: More boxes than this are painted over several frames, and come at once.
_MOST_MOVED = 90
#: Platforms that nobody looks at.
_UNSEEN = frozenset({"offscreen", "minimal"})


def movement_is_wanted() -> bool:
    """Tell whether somebody sees the screen, and has not switched animations off."""
    if QApplication.platformName() in _UNSEEN or _desktop().wanted:
        return False
    # Windows says it by its effects, which are off by default elsewhere; styles by a duration.
    if sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
        return False
    # The namespace of styles takes long to load, and nothing moves in the first picture.
    from PySide6.QtWidgets import QStyle

    return QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0


@cache
def _desktop() -> ReducedMotion:
    """Return what the desktop wants, which is asked with the first window."""
    return ReducedMotion()


class Motion(QObject):
    """One movement at a time; a new one takes the place of that which runs."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(_MOVING_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._animation.valueChanged.connect(self._show)
        self._step: Callable[[float], None] | None = None
        if QApplication.platformName() not in _UNSEEN:
            _desktop()

    @property
    def running(self) -> bool:
        """Tell whether something is moving."""
        return self._step is not None

    def begin(self, step: Callable[[float], None]) -> None:
        """Call `step` with the part of the way, from 0 to 1."""
        self.stop()
        self._step = step
        self._animation.start()

    def stop(self) -> None:
        """Move no further; nothing is called any more."""
        self._step = None
        self._animation.stop()

    def _show(self, part: float) -> None:
        step = self._step
        if step is not None:
            if part >= 1.0:
                self._step = None
            step(part)


def can_move(before: Placement | None, after: Placement) -> bool:
    """Tell whether the way from one placement to the other can be shown."""
    return before is not None and max(len(before.centers), len(after.centers)) <= _MOST_MOVED


#: How far a box lies from its last place, across and down, and how much wider and higher it is.
_Moved = tuple[float, float, float, float]
_STILL: _Moved = (0.0, 0.0, 0.0, 0.0)


class Way:
    """The way from one placement to another, in the coordinates of the latter."""

    def __init__(
        self, before: Placement, after: Placement, graph: Graph, anchor: str, shift: Point
    ) -> None:
        """Take both placements of a graph; new boxes come out of the box `anchor`.

        Args:
            before: The placement that is left.
            after: The placement that is reached.
            graph: The graph that has been placed.
            anchor: A box or frame of the placement that is left.
            shift: How far the coordinates of `before` lie from those of `after`.
        """
        self._after = after
        self._ends = {edge.id: (edge.source, edge.target) for edge in graph.edges}
        old, (across, down) = _boxes(before), shift
        origin = old.get(anchor)
        self._moved: dict[str, _Moved] = {}
        for key, (x, y, width, height) in _boxes(after).items():
            if key in old:
                left, top, before_width, before_height = old[key]
                wider, higher = before_width - width, before_height - height
                self._moved[key] = (left + across - x, top + down - y, wider, higher)
            elif origin is not None:
                self._moved[key] = (origin[0] + across - x, origin[1] + down - y, 0.0, 0.0)

    def at(self, part: float) -> Placement:
        """Return the placement after a part of the way, from 0 to 1."""
        after, left = self._after, 1.0 - part
        if left <= 0.0:
            return after
        return msgspec.structs.replace(
            after,
            centers={key: self._center(key, at, left) for key, at in after.centers.items()},
            sizes={key: self._size(key, size, left) for key, size in after.sizes.items()},
            frames={key: self._frame(key, rect, left) for key, rect in after.frames.items()},
            curves={key: self._curve(key, curve, left) for key, curve in after.curves.items()},
        )

    def _center(self, key: str, at: Point, left: float) -> Point:
        across, down, _, _ = self._moved.get(key, _STILL)
        return at[0] + left * across, at[1] + left * down

    def _size(self, key: str, size: Point, left: float) -> Point:
        _, _, wider, higher = self._moved.get(key, _STILL)
        return size[0] + left * wider, size[1] + left * higher

    def _frame(
        self, key: str, rect: tuple[float, float, float, float], left: float
    ) -> tuple[float, float, float, float]:
        x, y, width, height = rect
        center = self._center(key, (x + width / 2, y + height / 2), left)
        width, height = self._size(key, (width, height), left)
        return center[0] - width / 2, center[1] - height / 2, width, height

    def _curve(self, key: str, curve: tuple[Point, ...], left: float) -> tuple[Point, ...]:
        """Return a curve whose ends move with their boxes, and the rest of it between these."""
        source, target = (self._moved.get(end, _STILL) for end in self._ends.get(key, ("", "")))
        if source is _STILL and target is _STILL:
            return curve
        last = max(1, len(curve) - 1)
        return tuple(
            (
                x + left * (source[0] + (target[0] - source[0]) * place / last),
                y + left * (source[1] + (target[1] - source[1]) * place / last),
            )
            for place, (x, y) in enumerate(curve)
        )


def _boxes(placement: Placement) -> dict[str, tuple[float, float, float, float]]:
    """Return the centre, width and height of each box and frame."""
    found = {key: (*at, *placement.sizes[key]) for key, at in placement.centers.items()}
    for key, (left, top, width, height) in placement.frames.items():
        found[key] = (left + width / 2, top + height / 2, width, height)
    return found
