"""The regions of the window, which F6 goes through: bars, panels and the graph."""

from collections.abc import Callable, Iterator, Sequence
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class Regions:
    """Takes the keyboard from region to region, in each to where it was last."""

    def __init__(self, seen: Callable[[], Sequence[QWidget]], main: QWidget) -> None:
        """Go through the regions that `seen` returns; that of `main` is entered there at first."""
        self._seen, self._main = seen, main
        self._last: WeakKeyDictionary[QWidget, QWidget] = WeakKeyDictionary()

    def go(self, by: int) -> None:
        """Go to the next region (1) or the one before (-1); after the last comes the first."""
        regions = [each for each in self._seen() if next(_stops(each), None) is not None]
        if not regions:
            return
        focused = QApplication.focusWidget()
        here = [place for place, each in enumerate(regions) if focused in _Within(each)]
        if focused is not None and here:
            self._last[regions[here[0]]] = focused
        start = here[0] if here else (-1 if by > 0 else 0)
        self._enter(regions[(start + by) % len(regions)])

    def _enter(self, region: QWidget) -> None:
        last = self._last.get(region)
        if last is None or not isValid(last) or last not in _Within(region) or not _is_stop(last):
            last = self._main if self._main in _Within(region) else next(_stops(region))
        last.setFocus(Qt.FocusReason.TabFocusReason)


class _Within:
    """All that lies within a region, itself among it."""

    def __init__(self, region: QWidget) -> None:
        self._region = region

    def __contains__(self, widget: QWidget | None) -> bool:
        return widget is not None and (widget is self._region or self._region.isAncestorOf(widget))


def _stops(region: QWidget) -> Iterator[QWidget]:
    """Yield the controls of a region that Tab reaches, in the order in which they were made.

    Qt's own chain of the focus is not asked: PySide takes each widget of it for a child of the one
    before, and with that one's Python object those of menus and actions become void.
    """
    yield from filter(_is_stop, (region, *region.findChildren(QWidget)))


def _is_stop(widget: QWidget) -> bool:
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.visibleRegion().isEmpty()
        and widget.focusProxy() is None
    )
