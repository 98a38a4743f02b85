"""Panels as rows, from which the window makes docks, their menu entries and their places."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.theme import Theme
from gradviz.ui.workspaces.workspace import Area as Area

#: A panel that comes to the front makes itself at most so high, as a part of the window.
_LARGEST_SHARE = 0.36


@dataclass(frozen=True)
class PanelContext:
    """The objects that a panel is made from."""

    state: State
    workbench: Workbench
    actions: ActionRegistry
    icons: Icons
    theme: Theme
    settings: QSettings


class PanelWidget(QWidget):
    """The content of a dock.

    Attributes:
        seen: Whether any of it can be seen: it is neither closed nor behind another tab.
        room: The height in pixels, tabs included, that it takes when it comes to the front.
    """

    #: It has something new: it comes to the front in a workspace that shows the training.
    offered = Signal()
    #: It has that no longer.
    withdrawn = Signal()
    seen = False
    room = 0

    def __init__(self) -> None:
        super().__init__()
        # A change in it is painted without the dock behind it, which would take longer.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self.palette().window())

    def set_seen(self, seen: bool) -> None:
        """Take whether the panel can be seen, as its dock says."""
        if seen != self.seen:
            self.seen = seen
            if seen:
                self.refresh()

    def refresh(self) -> None:
        """Bring the panel up to date after changes that it has missed while it was not seen."""

    def come_to_front(self) -> None:
        """Be seen, also where the panel was closed or behind another tab."""
        dock = self._dock()
        if dock is None:
            return
        dock.show()
        dock.raise_()
        # Only once it has been laid out, its height is known.
        QTimer.singleShot(0, dock, partial(_make_room, dock, self.room))

    def give_way(self) -> None:
        """Let the first of the panels behind the same row of tabs be seen in its place."""
        self.withdrawn.emit()
        dock = self._dock()
        window = dock.parent() if dock is not None else None
        if self.seen and dock is not None and isinstance(window, QMainWindow):
            for other in window.tabifiedDockWidgets(dock)[:1]:
                other.raise_()

    def _dock(self) -> QDockWidget | None:
        dock: QObject | None = self
        while dock is not None and not isinstance(dock, QDockWidget):
            dock = dock.parent()
        return dock

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`; style sheets follow by themselves."""


def _make_room(dock: QDockWidget, height: int) -> None:
    window = dock.parent()
    if not isinstance(window, QMainWindow):
        return
    # The graph keeps the larger part.
    height = min(height, round(_LARGEST_SHARE * window.height()))
    if not dock.isFloating() and dock.height() < height:
        window.resizeDocks([dock], [height], Qt.Orientation.Vertical)


def later(place: str) -> Callable[[PanelContext], PanelWidget]:
    """Return a function that loads the panel at `module.Class` of this package and makes it.

    The window does not wait for panels that nobody sees at first.
    """
    module, _, name = place.rpartition(".")

    def make(context: PanelContext) -> PanelWidget:
        kind: type[Any] = getattr(import_module(f"{__package__}.{module}"), name)
        made = kind(context)
        if not isinstance(made, PanelWidget):
            raise TypeError(f"{place} is no panel.")
        return made

    return make


@dataclass(frozen=True)
class Panel:
    """One row of the list of panels.

    The table of workspaces says where each panel is. In a workspace that does not name it, it is
    in its `area`, or `behind` the panel with this id, as a tab. A panel that is not `opened` at
    first opens on request: too many tabs have no room beside one another.
    """

    id: str
    title: str
    area: Area
    make: Callable[[PanelContext], PanelWidget]
    behind: str = ""
    opened: bool = True
