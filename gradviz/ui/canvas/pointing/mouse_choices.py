"""The mouse on the graph: a node is chosen, marked, opened, told about, or has its menu opened."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QToolTip

from gradviz.ui.canvas.pointing.graph_menus import GraphMenus
from gradviz.ui.canvas.pointing.node_texts import NodeTexts
from gradviz.ui.canvas.view import GraphView
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State


class MouseChoices(QObject):
    """Answers a click, a rectangle or a pause of the mouse on `view`."""

    def __init__(
        self,
        view: GraphView,
        state: State,
        workbench: Workbench,
        menus: GraphMenus,
        texts: NodeTexts,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._state = state
        self._workbench = workbench
        self._menus = menus
        self._texts = texts
        view.node_clicked.connect(self._choose)
        view.banded.connect(self._mark_items)
        view.way_wanted.connect(self._show_way_to)
        view.node_activated.connect(workbench.showing.toggle)
        view.node_hovered.connect(self._tell)
        view.menu_wanted.connect(self._open_menu)

    def _choose(self, item: str | None) -> None:
        """Choose what was clicked; a click on the ground takes the marks away too."""
        self._workbench.showing.select(item)
        if item is None:
            self._workbench.pick(frozenset())

    def _mark_items(self, items: frozenset[str]) -> None:
        """Mark all nodes behind the boxes in a rectangle."""
        graph, shown = self._state.graph, self._state.shown
        if graph is not None:
            nodes = (shown.nodes_of(graph, item) for item in items)
            self._workbench.pick(frozenset().union(*nodes))

    def _show_way_to(self, item: str) -> None:
        """Show the way from what is chosen to another node or group; the first one is chosen."""
        if not self._workbench.isolation.way_to(item):
            self._workbench.showing.select(item)

    def _tell(self, item: str | None) -> None:
        """Tell the essentials of the item beneath the mouse."""
        text = self._texts.tip(item) if item is not None else ""
        if text:
            QToolTip.showText(QCursor.pos(), text, self._view)
        else:
            QToolTip.hideText()

    def _open_menu(self, item: str | None, at: QPoint) -> None:
        """Open the menu of a node, which is selected by that, or of the graph."""
        if self._state.graph is None:
            return
        if item is not None:
            self._workbench.showing.select(item)
        menu = self._menus.menu_of(item)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)
