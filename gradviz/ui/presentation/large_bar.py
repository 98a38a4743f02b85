"""The bar of the presentation: the walk, the panel beside the graph, and the way out."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.actions import step_menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.timeline import Scrubber
from gradviz.ui.bars.where_text import where_parts
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import Theme

_ICON = QSize(24, 24)


class LargeBar(QWidget):
    """Steps through the pass, and says in large letters how far it is."""

    #: Another panel is wanted, by its id.
    chosen = Signal(str)
    left = Signal()

    def __init__(
        self, state: State, workbench: Workbench, actions: ActionRegistry, theme: Theme
    ) -> None:
        super().__init__()
        self._state = state
        self.scrubber = Scrubber(theme)
        self.where = named(QLabel(textFormat=Qt.TextFormat.RichText), "presented_where")
        self.panel = named(
            QComboBox(),
            "presented_panel",
            title=tr("Panel"),
            tip=tr("The panel beside the graph"),
        )
        self.leave = named(
            QPushButton(tr("Leave")),
            title=tr("Leave the presentation"),
            tip=tr("The whole window again (Esc)"),
        )
        self.leave.clicked.connect(self.left)
        self.panel.activated.connect(lambda: self.chosen.emit(self.panel.currentData()))
        self.scrubber.valueChanged.connect(workbench.move_cursor)
        for signal in (state.recorded, state.model_built):
            signal.connect(self._on_recorded)
        for signal in (state.cursor_moved, state.training_changed, state.language_changed):
            signal.connect(self._on_cursor_moved)
        self._lay_out(actions)
        self._on_recorded()

    def show_panels(self, rows: Iterable[tuple[str, str]], chosen: str) -> None:
        """Offer panels by their ids and titles."""
        self.panel.clear()
        for name, title in rows:
            self.panel.addItem(title, name)
        self.panel.setCurrentIndex(self.panel.findData(chosen))

    def _lay_out(self, actions: ActionRegistry) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(6)
        for action in step_menu.WALK:
            button = QToolButton()
            button.setDefaultAction(actions[action])
            button.setAccessibleName(tr(action.title))
            button.setIconSize(_ICON)
            if action is step_menu.PLAY:
                button.setProperty("primary", True)
            row.addWidget(button)
        row.addWidget(self.scrubber, 1)
        row.addWidget(self.where)
        row.addWidget(self.panel)
        row.addWidget(self.leave)

    def _on_recorded(self) -> None:
        state = self._state
        forward = state.trace.forward if state.trace is not None else ()
        blocked = self.scrubber.blockSignals(True)
        self.scrubber.show_steps(forward, state.steps, state.graph.node if state.graph else {})
        self.scrubber.blockSignals(blocked)
        self._on_cursor_moved()

    def _on_cursor_moved(self) -> None:
        blocked = self.scrubber.blockSignals(True)
        self.scrubber.setValue(self._state.cursor)
        self.scrubber.blockSignals(blocked)
        if self.isVisible():
            self.show_where()

    def show_where(self) -> None:
        """Say where the walk is."""
        text, name = where_parts(self._state)
        self.where.setText(f"{text}{escape(name)}")
