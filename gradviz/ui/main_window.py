"""The main window: assembles the parts, and has the commands of actions on the whole."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QResizeEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QMainWindow,
    QMenu,
    QToolBar,
    QTreeView,
    QWidget,
)

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.own.source import FILE_SUFFIX, names_file
from gradviz.ui import actions
from gradviz.ui.actions import all_actions, model_menu
from gradviz.ui.actions.found_actions import found_actions, found_models, model_of, state_of
from gradviz.ui.actions.pace_actions import PACES
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.history_bar import HistoryBar
from gradviz.ui.bars.notices import NoticeBar
from gradviz.ui.bars.status import StatusBar
from gradviz.ui.bars.timeline import Timeline
from gradviz.ui.bars.top_bar import TopBar
from gradviz.ui.bridge import EngineLink
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.controllers.engine_event_handler import EngineEventHandler
from gradviz.ui.controllers.own_models import OwnModels
from gradviz.ui.controllers.recovery import Recovery
from gradviz.ui.controllers.watchdog import Watchdog
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.dialogs import about, signs
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.dialogs.search_order import Entry
from gradviz.ui.exports import Exports
from gradviz.ui.panel_docks import NARROW, PanelDocks
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Piecemeal
from gradviz.ui.widgets.banner import BannerOver
from gradviz.ui.widgets.focus_ring import FocusRing
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.painting.first_paint import AfterFirstPaint
from gradviz.ui.widgets.painting.paint_turn import PaintTurn
from gradviz.ui.widgets.theme import styling, theme_named, use_style
from gradviz.ui.workspaces.workspace_tabs import WorkspaceTabs

#: The panels that nobody sees at first are made so long after the first paint.
_SETTLED_MS = 200
#: Where the walk begins, in the settings: "inputs" or "turn".
_BEGINS = "walk_begins"
#: The most steps a second of a training, in the settings.
_PACE = "pace"
#: Whether there is a minimap, in the settings: "on" or "off".
_MINIMAP = "minimap"
#: By which names nodes are shown, in the settings: "forward" or "backward".
_NAMES = "node_names"
#: Where the screen has room for it.
_FIRST_SIZE = QSize(1440, 900)
#: Keys without a modifier that controls need for themselves while they have the focus.
_PLAIN_KEYS = frozenset(
    {
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Space,
        Qt.Key.Key_P,
    }
)
_CONTROLS = (QComboBox, QAbstractItemView, QAbstractSpinBox)


class MainWindow(QMainWindow):
    """The window; when it closes it ends the engine and the layouts."""

    def __init__(self, engine: EngineLink, settings: QSettings) -> None:
        super().__init__()
        self.setWindowTitle("gradviz")
        self.setDockNestingEnabled(True)
        # The panels are put where this width has them.
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self._settings = settings
        self._theme = theme_named(str(settings.value("theme", "light")))
        self._engine = engine
        self.state = State(self)
        self.workbench = Workbench(self.state, engine.send, self)
        self.workbench.choose_beginning(at_inputs=settings.value(_BEGINS, "turn") == "inputs")
        self.workbench.choose_pace(_pace_of(settings))
        self.workbench.choose_minimap(settings.value(_MINIMAP, "on") == "on")
        backward = settings.value(_NAMES, "forward") == "backward"
        self.workbench.showing.choose_names("backward" if backward else "forward")
        self.engine_event_handler = EngineEventHandler(
            self.state, self.workbench, engine.start, engine.kill, self
        )
        self.watchdog = Watchdog(self.state, self)
        self.own_models = OwnModels(
            self.state, self.workbench, self.engine_event_handler.stop_engine, settings, self
        )
        self.recovery = Recovery(self.state, self.workbench, self.own_models.open, settings, self)
        self._focus_ring = FocusRing()
        self._restyling = Piecemeal(self)
        PaintTurn(self)
        self.setAcceptDrops(True)
        self.icons = Icons(self._theme.look.secondary, self._theme.disabled)
        self._apply_style()
        self.actions_made = ActionRegistry(self, self.icons, self)
        self._build()
        self._connect()
        self._restore()

    # Building

    def _build(self) -> None:
        made, theme = self.actions_made, self._theme
        self.canvas = Canvas(self.state, self.workbench, made, theme)
        self.notices = NoticeBar(self.state, self.icons)
        self.top = TopBar(self.state, self.workbench, made, self.icons, theme)
        # A bar that is made narrow later has widened the window by then.
        self.top.set_narrow(self.width() < NARROW)
        self.timeline = Timeline(self.state, self.workbench, made, self.icons, theme)
        self.history = HistoryBar(self.state, self.workbench, made, theme)
        context = PanelContext(self.state, self.workbench, made, self.icons, theme, self._settings)
        centre = BannerOver(self.notices, self.canvas)
        centre.covered.connect(self.canvas.leave_above)
        centre.setFocusProxy(self.canvas.view)
        self.setCentralWidget(centre)
        self._add_bar("top", self.top, Qt.ToolBarArea.TopToolBarArea)
        # Of two bars at the bottom the one that is added first is below.
        self._add_bar("bottom", self.timeline, Qt.ToolBarArea.BottomToolBarArea)
        self.addToolBarBreak(Qt.ToolBarArea.BottomToolBarArea)
        self._trained = self._add_bar("history", self.history, Qt.ToolBarArea.BottomToolBarArea)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, Qt.DockWidgetArea.LeftDockWidgetArea)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.panels = PanelDocks(self, context)
        AfterFirstPaint(self, self._settle)
        status = StatusBar(self.state, self._frames_drawn)
        self.canvas.placed.connect(status.show_layout)
        self.setStatusBar(status)
        self.exports = Exports(
            self, self.state, self.workbench, self.canvas, self._plots, self._settings
        )
        self._build_menus()

    def _settle(self) -> None:
        """Do all that the first paint did not have to wait for."""
        # On two cores three processes that start at once would keep the window waiting.
        self.canvas.layouter.warm_up()
        self.recovery.begin()
        QTimer.singleShot(_SETTLED_MS, self, self.panels.make_the_rest)

    def _frames_drawn(self) -> int:
        """Return how often the plot that is drawn most has been drawn."""
        return max((plot.frames_drawn for plot in self._plots()), default=0)

    def _add_bar(self, name: str, content: QWidget, area: Qt.ToolBarArea) -> QToolBar:
        bar = named(QToolBar(name.title(), movable=False, floatable=False), name)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.toggleViewAction().setEnabled(False)
        bar.addWidget(content)
        self.addToolBar(area, bar)
        return bar

    def _build_menus(self) -> None:
        for title, entries in actions.MENUS:
            menu = self.menuBar().addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            for action in entries:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self.actions_made[action])
            if title == "View":
                menu.addSeparator()
                for dock in self.panels.docks.values():
                    menu.addAction(dock.toggleViewAction())
            if entries is model_menu.ACTIONS:
                self._models_menu = QMenu("Ready-made models", menu)
                menu.insertMenu(menu.actions()[0], self._models_menu)
                menu.insertMenu(menu.actions()[2], self.own_models.menu)
        self._show_tabs()

    def _show_tabs(self) -> None:
        """Show the tabs of the workspaces at the end of the menus."""
        tabs, state = WorkspaceTabs(), self.state
        tabs.show_chosen(state.workspace)
        tabs.chosen.connect(self.workbench.choose_workspace)
        state.workspace_changed.connect(lambda: tabs.show_chosen(state.workspace))
        if self.menuBar().isNativeMenuBar():
            # The menus are not in the window.
            self.statusBar().addPermanentWidget(tabs)
        else:
            self.menuBar().setCornerWidget(tabs, Qt.Corner.TopRightCorner)

    def _connect(self) -> None:
        self._engine.prepare = self.state.shown.prepare
        self._engine.event_received.connect(self.watchdog.hear)
        self._engine.event_received.connect(self._on_first_event)
        self._engine.event_received.connect(self.engine_event_handler.on_event)
        self._engine.engine_ended.connect(self.engine_event_handler.on_engine_ended)
        self._engine.engine_replaced.connect(self.engine_event_handler.on_engine_replaced)
        self.state.catalogue_changed.connect(self._fill_models_menu)
        self.state.model_built.connect(self._show_title)
        for signal in (self.state.model_built, self.state.training_changed, self.state.progressed):
            signal.connect(self._show_trained)
        self._show_trained()
        self.top.field.committed.connect(self._on_committed)
        self.notices.acted.connect(self._act)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_first_event(self) -> None:
        # No panel misses anything, however soon the engine is there.
        self._engine.event_received.disconnect(self._on_first_event)
        self.panels.make_the_rest()

    def _fill_models_menu(self) -> None:
        self._models_menu.clear()
        for entry in self.state.catalogue.models if self.state.catalogue else ():
            action = self._models_menu.addAction(entry.title)
            action.setToolTip(entry.summary)
            action.triggered.connect(
                lambda _=False, name=entry.name: self.workbench.choose_model(name)
            )

    def _show_title(self) -> None:
        model = self.state.built.model if self.state.built else self.state.model
        file = Path(model.source).name if model.trusted else ""
        text = file or self.state.text.removeprefix("y =").strip()
        self.setWindowTitle(f"{text} — gradviz" if text else "gradviz")

    def _show_trained(self) -> None:
        """Show the steps of the training where there are any: else the graph has the room."""
        progress = self.state.progress
        trained = progress.running or progress.last_step > 0
        if trained == self._trained.isHidden():
            self._trained.setVisible(trained)

    def open_expression(self, text: str) -> None:
        """Begin with `text` in the expression field, as if it had been typed, or with a file."""
        if names_file(text):
            self.own_models.open(Model(source=text))
            return
        self.top.field.show_text(text)
        self.workbench.type_text(text)
        self.canvas.view.setFocus()

    def _act(self, identifier: str) -> None:
        for action in all_actions():
            if action.id == identifier:
                self.actions_made[action].trigger()

    # The commands of actions

    def stop(self) -> None:
        """Pause a training that answers, or end an engine that does not."""
        comparing = self.state.comparison.running
        workbench = self.workbench
        pause = workbench.comparison.run_or_stop if comparing else workbench.train_or_pause
        self.watchdog.stop(self.engine_event_handler.stop_engine, pause)

    def edit_expression(self) -> None:
        """Focus the expression field and select its text, so that typing replaces it."""
        self.top.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.field.selectAll()

    def export_graph(self, suffix: str) -> None:
        """Write the graph to a file that the user names."""
        self.exports.export_graph(suffix)

    def copy_graph(self) -> None:
        """Put the graph into the clipboard."""
        self.exports.copy_graph()

    def export_plots(self) -> None:
        """Write the plots to a file that the user names."""
        self.exports.export_plots()

    def toggle_playing(self) -> None:
        """Play the backward pass, or stop."""
        self.timeline.toggle_playing()

    def choose_beginning(self, *, at_inputs: bool) -> None:
        """Have the walk begin at the inputs or at the turn, also the next time."""
        self._settings.setValue(_BEGINS, "inputs" if at_inputs else "turn")
        self.workbench.choose_beginning(at_inputs=at_inputs)

    def restore_work(self) -> None:
        """Build what was open when the program crashed."""
        self.recovery.restore()

    def choose_pace(self, steps_per_second: float) -> None:
        """Train at most so many steps a second, also the next time; 0 is full speed."""
        self._settings.setValue(_PACE, str(steps_per_second))
        self.workbench.choose_pace(steps_per_second)

    def choose_minimap(self, wanted: bool) -> None:
        """Have a minimap over a graph of which a part alone is in sight, also the next time."""
        self._settings.setValue(_MINIMAP, "on" if wanted else "off")
        self.workbench.choose_minimap(wanted)

    def choose_names(self, names: NodeNames) -> None:
        """Name nodes by the forward or the backward pass, also the next time."""
        self._settings.setValue(_NAMES, names)
        self.workbench.showing.choose_names(names)

    def draw_new_seed(self) -> None:
        """Draw other initial weights."""
        self.workbench.choose_seed(random.randrange(1_000_000))  # noqa: S311 - no secret

    def show_palette(self) -> None:
        """Let the user pick an action by its name."""
        panels = [
            Entry(
                name,
                f"Show {dock.toggleViewAction().text()}",
                "Bring the panel to the front",
                "View",
                state=state_of(dock.toggleViewAction()),
            )
            for name, dock in self.panels.docks.items()
        ]
        entries = found_actions(actions.MENUS, self.actions_made)
        models = found_models(self.state.catalogue)
        chosen = self._found("Find action", [*entries, *panels, *models])
        if chosen in self.panels.widgets:
            self.show_panel(chosen)
        elif chosen is not None and chosen in {model.key for model in models}:
            self.workbench.choose_model(model_of(chosen))
        elif chosen is not None:
            self._act(chosen)

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front, also one that is closed."""
        self.panels.widgets[name].come_to_front()

    def _found(self, title: str, entries: Sequence[Entry]) -> str | None:
        finder = Finder(title, entries, self)
        finder.exec()
        return finder.chosen

    def show_shortcuts(self) -> None:
        """Show every shortcut."""
        about.show_shortcuts(self, actions.MENUS)

    def show_signs(self) -> None:
        """Show the legend of the graph."""
        signs.show_signs(self, self._theme.look)

    def show_about(self) -> None:
        """Show the dialog about the program."""
        about.show_about(self, self.state.catalogue)

    def choose_theme(self, name: str) -> None:
        """Use the theme "light", "dark", or that of the system."""
        self._settings.setValue("theme", name)
        self._theme = theme_named(name)
        # Nothing is painted until all of it has the new colours, in the next rounds of events.
        self.setUpdatesEnabled(False)
        self._restyling.begin(self._change_theme())

    def _change_theme(self) -> Iterator[None]:
        """Give all parts the colours of the theme, one after another."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            yield from styling(app, self._theme)
        self.icons.recolour(self._theme.look.secondary, self._theme.disabled)
        self.actions_made.refresh_icons()
        self.timeline.show_play_icon()
        for part in (self.canvas, self.top, self.timeline, self.history):
            yield
            part.use_theme(self._theme)
        for panel in list(self.panels.made.values()):
            yield
            panel.use_theme(self._theme)
        self.setUpdatesEnabled(True)

    def _plots(self) -> list[PlotPanel]:
        return [each for each in self.panels.widgets.values() if isinstance(each, PlotPanel)]

    def reset_layout(self) -> None:
        """Put every panel of this workspace back to its first place."""
        self.panels.reset()

    # The window itself

    def _apply_style(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            use_style(app, self._theme)

    def _restore(self) -> None:
        self.edit_expression()
        geometry = self._settings.value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.panels.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panels.adapt()
        self.top.set_narrow(self.width() < NARROW)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            # Qt would show it in place of the state of the engine.
            self.statusBar().showMessage(event.tip())
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event.mimeData())
        if path:
            event.acceptProposedAction()
            # The program that the file was dragged from waits until this returns.
            QTimer.singleShot(0, self, lambda: self.own_models.open(Model(source=path)))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.setValue("geometry", self.saveGeometry())
        self.panels.keep()
        self.recovery.close()
        self.exports.close()
        self.canvas.close_layouts()
        self._engine.close()
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and event.key() in _PLAIN_KEYS and _keeps(watched, Qt.Key(event.key())):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Watch the focused control alone: a filter on everything would slow every event."""
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)
        self._focus_ring.move_to(new)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Pass by what is behind a tab: a focus there is not seen."""
        first = self.focusWidget()
        while super().focusNextPrevChild(next_):
            focused = self.focusWidget()
            if focused is None or focused is first or not self.panels.hides(focused):
                return True
        return False

    def _on_committed(self) -> None:
        self.workbench.finish_typing()
        self.canvas.view.setFocus()


def _dropped_file(data: QMimeData) -> str:
    """Return the path of the first file of Python that is dropped; empty if there is none."""
    paths = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    return next((path for path in paths if path.lower().endswith(FILE_SUFFIX)), "")


def _keeps(focused: QObject, key: Qt.Key) -> bool:
    """Tell whether a focused control needs this key for itself; text fields say so themselves."""
    if isinstance(focused, QAbstractButton):
        return key == Qt.Key.Key_Space
    if isinstance(focused, QTreeView):
        # They open and close its rows.
        return True
    return isinstance(focused, _CONTROLS) and key not in (Qt.Key.Key_Left, Qt.Key.Key_Right)


def _pace_of(settings: QSettings) -> float:
    """Return the pace that was chosen last, full speed where it is none that can be chosen."""
    chosen = str(settings.value(_PACE, ""))
    return next((pace for pace in PACES if str(pace) == chosen), 0.0)
