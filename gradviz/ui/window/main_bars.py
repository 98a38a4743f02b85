"""The bars around the graph: the expression above it, the walk and the training below it."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QToolBar, QWidget

from gradviz.core.language.saying import tr
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.history_bar import HistoryBar
from gradviz.ui.bars.timeline import Timeline
from gradviz.ui.bars.top_bar import TopBar
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.panel_docks import NARROW
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named
from gradviz.ui.window.theme_change import ThemeChange


class MainBars(QObject):
    """Makes the bars; the one of the training is there once something has been trained.

    Attributes:
        top: The bar with the expression.
        timeline: The bar of the walk.
        history: The bar with the steps of the training.
    """

    def __init__(
        self,
        window: QMainWindow,
        state: State,
        workbench: Workbench,
        made: ActionRegistry,
        colours: ThemeChange,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._state = state
        icons, theme = colours.icons, colours.theme
        self.top = TopBar(state, workbench, made, icons, theme)
        # A bar that is made narrow later has widened the window by then.
        self.adapt()
        self.timeline = Timeline(state, workbench, made, icons, theme)
        self.history = HistoryBar(state, workbench, made, theme)

    def adapt(self) -> None:
        """Take less room in a narrow window."""
        self.top.set_narrow(self._window.width() < NARROW)

    def add(self) -> None:
        """Put the bars into the window."""
        window, bottom = self._window, Qt.ToolBarArea.BottomToolBarArea
        self._add_bar("top", tr("Top"), self.top, Qt.ToolBarArea.TopToolBarArea)
        # Of two bars at the bottom the one that is added first is below.
        self._add_bar("bottom", tr("Bottom"), self.timeline, bottom)
        window.addToolBarBreak(bottom)
        self._trained = self._add_bar("history", tr("History"), self.history, bottom)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            window.setCorner(corner, Qt.DockWidgetArea.LeftDockWidgetArea)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            window.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)
        state = self._state
        for signal in (state.model_built, state.training_changed, state.progressed):
            signal.connect(self._show_trained)
        self._show_trained()

    def _add_bar(self, name: str, title: str, content: QWidget, area: Qt.ToolBarArea) -> QToolBar:
        bar = named(QToolBar(title, movable=False, floatable=False), name)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setEnabled(False)
        bar.addWidget(content)
        self._window.addToolBar(area, bar)
        return bar

    def _show_trained(self) -> None:
        """Show the steps of the training where there are any: else the graph has the room."""
        progress = self._state.progress
        trained = progress.running or progress.last_step > 0
        if trained == self._trained.isHidden():
            self._trained.setVisible(trained)
