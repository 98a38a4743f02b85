"""Puts the docks of a window where an arrangement has them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gradviz.ui.workspaces.workspace import Area, PanelArrangement, Place

Docks = Mapping[str, QDockWidget]
_AREAS: dict[Area, Qt.DockWidgetArea] = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
#: Sizes that differ by less are the same: Qt rounds where it shares out.
_ROUNDED = 3


def put(window: QMainWindow, docks: Docks, places: Sequence[Place]) -> None:
    """Put each panel to its place, in front, behind another one, or closed.

    Panels of one place are never side by side on the way: that would make the window wider for
    good.
    """
    for dock in docks.values():
        window.removeDockWidget(dock)
    for place in places:
        first = docks[place.panels[0]]
        window.addDockWidget(_AREAS[place.area], first, _along(place.area))
        for name in place.panels[1:]:
            window.tabifyDockWidget(first, docks[name])
        for name in place.panels:
            docks[name].setFloating(False)
            docks[name].setVisible(name in place.opened)
    for place in places:
        if place.opened:
            docks[place.opened[0]].raise_()


def size(window: QMainWindow, docks: Docks, arrangement: PanelArrangement) -> None:
    """Give each area its size, and each place its share of the area."""
    for area in arrangement.sizes:
        _size_area(window, docks, arrangement, area)
    for area in _AREAS:
        places = [each for each in arrangement.places if each.area == area and each.opened]
        fronts = [docks[each.opened[0]] for each in places]
        if len(fronts) > 1:
            shares = [10 * each.share for each in places]
            window.resizeDocks(fronts, shares, _along(area))


def resize(
    window: QMainWindow, docks: Docks, before: PanelArrangement, after: PanelArrangement
) -> None:
    """Give each area that has its size of `before` that of `after`; the user's own sizes stay."""
    for area, was in before.sizes.items():
        found = _seen_in(window, docks, area)
        if found is not None and abs(_across(window, found, area) - was) < _ROUNDED:
            _size_area(window, docks, after, area)


def _size_area(
    window: QMainWindow, docks: Docks, arrangement: PanelArrangement, area: Area
) -> None:
    found = _seen_in(window, docks, area)
    if found is not None:
        across = Qt.Orientation.Vertical if area == "bottom" else Qt.Orientation.Horizontal
        window.resizeDocks([found], [arrangement.sizes[area]], across)


def _seen_in(window: QMainWindow, docks: Docks, area: Area) -> QDockWidget | None:
    """Return a panel that stands in an area, None where it is empty."""
    for dock in docks.values():
        if dock.isHidden() or dock.isFloating() or window.dockWidgetArea(dock) != _AREAS[area]:
            continue
        # Of the panels that share a place only that in front has a size.
        if dock.geometry().right() > 0:
            return dock
    return None


def _across(window: QMainWindow, dock: QDockWidget, area: Area) -> int:
    if area != "bottom":
        return dock.width()
    # With the tabs above the panel, and without the line above these.
    centre = window.centralWidget()
    return dock.geometry().bottom() - (centre.geometry().bottom() if centre else 0) - 1


def _along(area: Area) -> Qt.Orientation:
    return Qt.Orientation.Horizontal if area == "bottom" else Qt.Orientation.Vertical
