"""The places that a lesson points at: a row for each kind finds the part of a widget."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMenu, QTabBar, QToolButton, QWidget

from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.actions import all_actions
from gradviz.ui.lessons.lesson_window import LessonWindow, node_called
from gradviz.ui.panels import PANELS


class PointedPart(NamedTuple):
    """A part of a widget, in its own coordinates."""

    widget: QWidget
    part: QRect


def _whole(widget: QWidget | None) -> PointedPart | None:
    return None if widget is None else PointedPart(widget, widget.rect())


@dataclass(frozen=True)
class LessonControl:
    """A control by the panel that has it, empty for the bars, and by how it is found there."""

    about: str
    panel: str
    find: Callable[[LessonWindow], QWidget | None]


def _in_bars(about: str, find: Callable[[LessonWindow], QWidget | None]) -> LessonControl:
    return LessonControl(about, "", find)


def _in_panel(about: str, panel: str, name: str) -> LessonControl:
    def find(window: LessonWindow) -> QWidget | None:
        found: QWidget | None = window.panels.widgets[panel].findChild(QWidget, name)
        return found

    return LessonControl(about, panel, find)


#: A new control is one row here; docs/lessons.md lists them.
CONTROLS: Final[Mapping[str, LessonControl]] = {
    "expression": _in_bars("The field of the expression", lambda window: window.top.field),
    "point": _in_bars("The button At a point", lambda window: window.top.modes["point"]),
    "fit": _in_bars("The button Fit", lambda window: window.top.modes["fit"]),
    "x": LessonControl(
        "The box with the value of x", "", lambda window: window.top.points.boxes["x"]
    ),
    "target_text": LessonControl(
        "The target above the graph", "", lambda window: window.top.target
    ),
    "train": _in_bars("The button Train", lambda window: window.top.train),
    "train_step": _in_bars("The button Step", lambda window: window.top.step),
    "reset": _in_bars("The button Reset", lambda window: window.top.reset),
    "graph": _in_bars("The whole graph", lambda window: window.canvas.view),
    "readout": _in_bars("y and its derivatives", lambda window: window.canvas.readout),
    "timeline": _in_bars("The timeline", lambda window: window.timeline.scrubber),
    "trained": _in_bars("The slider Trained", lambda window: window.history.slider),
    "notice": _in_bars("The message above the graph", lambda window: window.notices),
    "optimizer": _in_panel("The list of optimizers", "training", "optimizer"),
    "learning_rate": _in_panel("The learning rate", "training", "learning_rate"),
    "seed": _in_panel("The seed", "training", "seed"),
    "steps": _in_panel("The number of steps", "training", "steps"),
    "models": _in_panel("The list of ready-made models", "models", "models"),
    "result": _in_panel("The result line", "result", "result"),
}


def _control(window: LessonWindow, name: str) -> PointedPart | None:
    control = CONTROLS[name]
    if control.panel and not window.panels.widgets[control.panel].seen:
        return _panel(window, control.panel)
    found = control.find(window)
    return _whole(found) if found is not None and found.isVisible() else None


def _panel(window: LessonWindow, name: str) -> PointedPart | None:
    """Find a panel, else its tab, else the menu that opens it."""
    dock = window.panels.docks[name]
    if window.panels.widgets[name].seen:
        return _whole(dock)
    return _tab(window, dock) or _menu(window, dock.toggleViewAction())


def _tab(window: LessonWindow, dock: QDockWidget) -> PointedPart | None:
    for bar in window.widget.findChildren(QTabBar):
        for place in range(bar.count()) if bar.isVisible() else ():
            # Only the title tells which tab is that of which dock.
            if bar.tabText(place) == dock.windowTitle():
                return PointedPart(bar, bar.tabRect(place).intersected(bar.rect()))
    return None


def _action(window: LessonWindow, identifier: str) -> PointedPart | None:
    """Find a button of an action that is seen, else the menu that has it."""
    made = next(each for each in window.actions_made if each.objectName() == identifier)
    for button in window.widget.findChildren(QToolButton):
        if button.defaultAction() is made and button.isVisible():
            return _whole(button)
    return _menu(window, made)


def _menu(window: LessonWindow, action: QAction) -> PointedPart | None:
    bar = window.widget.menuBar()
    for entry in bar.actions():
        menu = entry.menu()
        if isinstance(menu, QMenu) and action in menu.actions():
            return PointedPart(bar, bar.actionGeometry(entry))
    return None


def _node(window: LessonWindow, name: str) -> PointedPart | None:
    graph, placement, view = window.state.graph, window.canvas.placement, window.canvas.view
    node = node_called(graph, name) if graph is not None else None
    if graph is None or placement is None or node is None:
        return None
    item = window.state.shown.item_of(graph, node.id)
    if item is None or item not in placement.centers:
        return None
    (x, y), (width, height) = placement.centers[item], placement.sizes[item]
    corner = view.mapFromScene(QPointF(x - width / 2, y - height / 2))
    other = view.mapFromScene(QPointF(x + width / 2, y + height / 2))
    size = QSize(other.x() - corner.x(), other.y() - corner.y())
    seen = QRect(corner, size).intersected(view.viewport().rect())
    return PointedPart(view.viewport(), seen) if not seen.isEmpty() else None


@dataclass(frozen=True)
class PlaceKind:
    """A kind of place: the form of its name, and how the place is found."""

    form: Form
    find: Callable[[LessonWindow, str], PointedPart | None]


PLACES: Final[Mapping[str, PlaceKind]] = {
    "control": PlaceKind(Form("text", "A control of the window.", tuple(CONTROLS)), _control),
    "panel": PlaceKind(
        Form("text", "A panel, or the tab that it is behind.", tuple(each.id for each in PANELS)),
        _panel,
    ),
    "action": PlaceKind(
        Form("text", "A button or a menu.", tuple(each.id for each in all_actions())), _action
    ),
    "node": PlaceKind(Form("text", "A leaf, a term such as `4 x`, or an operation."), _node),
}


def spot_of(window: LessonWindow, point: Mapping[str, str]) -> PointedPart | None:
    """Return the place that a step points at; None where it points at nothing that is there."""
    for kind, name in point.items():
        return PLACES[kind].find(window, name)
    return None
