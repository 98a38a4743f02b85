"""The button with the direction of the Hessian-vector product, and a menu to choose another."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from gradviz.core.choices.orders import DIRECTIONS, direction_text
from gradviz.core.language.saying import marked, sentences, tr
from gradviz.core.short_names import shortened
from gradviz.ui.actions.orders_actions import CREATE_GRAPH, THIRD_ORDER
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State

#: A longer list of leaves helps nobody; the command line takes any of them.
_MOST_LEAVES = 40
_LONGEST = 14
#: A longer text for a direction is cut.
_LONGEST_TEXT = _LONGEST + len("along ")
_SHORT = {"gradient": marked("along gradient"), "random": marked("along random")}
_TIP = marked(
    "Along what the gradient is differentiated. What has a double outline was computed by a "
    "backward pass; a leaf gets its part of the Hessian-vector product."
)


class DirectionButton(QToolButton):
    """Seen while the graph is that of a gradient."""

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        actions: ActionRegistry,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._actions = actions
        self._narrow = False
        self.setObjectName("direction")
        self.setAccessibleName(tr("Direction of the second order"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        menu = QMenu(self)
        menu.aboutToShow.connect(self.fill)
        self.setMenu(menu)
        for signal in (state.choice_changed, state.model_built, state.language_changed):
            signal.connect(self._show)
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the direction to the tool tip and the menu where there is little room."""
        self._narrow = narrow
        self._show()

    def fill(self) -> None:
        """Offer the directions and the leaves of the current model."""
        menu = self.menu()
        menu.clear()
        for direction in DIRECTIONS:
            self._offer(menu, direction)
        menu.addSeparator()
        for leaf in self._leaves()[:_MOST_LEAVES]:
            self._offer(menu, leaf)
        menu.addSeparator()
        for action in (THIRD_ORDER, CREATE_GRAPH):
            menu.addAction(self._actions[action])

    def _offer(self, menu: QMenu, direction: str) -> None:
        text = direction_text(direction)
        action = QAction(f"{text[0].upper()}{text[1:]}", menu, checkable=True)
        action.setChecked(direction == self._state.model.direction)
        action.triggered.connect(lambda: self._workbench.choose_direction(direction))
        menu.addAction(action)

    def _leaves(self) -> list[str]:
        """Return the names of the leaves: the inputs, the parameters, and the graph's leaves."""
        built, graph = self._state.built, self._state.graph
        names = list(built.inputs) if built is not None else []
        names += list(built.snapshot.parameters) if built is not None else []
        names += [node.op for node in graph.nodes if node.kind == "leaf"] if graph else []
        return list(dict.fromkeys(names))

    def _show(self) -> None:
        model = self._state.model
        text = _short_direction(model.direction)
        whole = tr("order {order} {along}", order=model.order, along=text)
        several = self._state.built is not None and len(self._state.built.inputs) > 1
        self.setText(tr("order {order}", order=model.order) if self._narrow and several else whole)
        self.setAccessibleDescription(whole)
        self.setToolTip(
            sentences([tr("Order {order} {along}.", order=model.order, along=text), tr(_TIP)])
        )
        self.setVisible(model.order > 1)


def _short_direction(direction: str) -> str:
    """Return the words for a direction, fewer where they would be too long."""
    text = direction_text(direction)
    if len(text) <= _LONGEST_TEXT:
        return text
    if direction in _SHORT:
        return tr(_SHORT[direction])
    return tr("along {leaf}", leaf=shortened((direction,), _fits)[direction])


def _fits(text: str) -> bool:
    return len(text) <= _LONGEST
