"""The main window: assembles the parts, and has the commands of actions on the whole."""

import random
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSettings, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QStatusTipEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from gradviz.layout.client import LayoutClient
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.announcer import Announcer
from gradviz.ui.bars.notices import NoticeBar
from gradviz.ui.bars.status import StatusBar
from gradviz.ui.bridge import EngineLink
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.canvas.inner.forward_windows import ForwardWindows
from gradviz.ui.canvas.inner.inner_windows import InnerWindows
from gradviz.ui.canvas.predicting.prediction_card import PredictionCard
from gradviz.ui.controllers.engine_event_handler import EngineEventHandler
from gradviz.ui.controllers.own_models import OwnModels
from gradviz.ui.controllers.sessions.recovery import Recovery
from gradviz.ui.controllers.sessions.session_files import SessionFiles
from gradviz.ui.controllers.undoing.undo_history import UndoHistory
from gradviz.ui.controllers.watchdog import Watchdog
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.exports import Exports
from gradviz.ui.panel_docks import PanelDocks
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.presentation.presentation import Presentation
from gradviz.ui.regions import Regions
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.banner import BannerOver
from gradviz.ui.widgets.fields.undo_keys import UndoKeys
from gradviz.ui.widgets.painting.first_paint import AfterFirstPaint
from gradviz.ui.widgets.painting.paint_turn import PaintTurn
from gradviz.ui.widgets.theme import Theme
from gradviz.ui.window.file_opening import FileOpening
from gradviz.ui.window.focus_watch import FocusWatch
from gradviz.ui.window.help_dialogs import HelpDialogs
from gradviz.ui.window.kept_choices import KeptChoices
from gradviz.ui.window.language_change import LanguageChange
from gradviz.ui.window.main_bars import MainBars
from gradviz.ui.window.main_menus import MainMenus
from gradviz.ui.window.palette import Palette
from gradviz.ui.window.theme_change import ThemeChange
from gradviz.ui.window.window_title import WindowTitle
from gradviz.ui.workspaces.window_places import WindowPlaces

if TYPE_CHECKING:
    from gradviz.ui.lessons.lessons import Lessons

#: The panels that nobody sees at first are made so long after the first paint.
_SETTLED_MS = 200
#: Where the screen has room for it.
_FIRST_SIZE = QSize(1440, 900)


class MainWindow(QMainWindow):
    """The window; when it closes it ends the engine and the layouts."""

    def __init__(
        self, engine: EngineLink, settings: QSettings, layouts: LayoutClient | None = None
    ) -> None:
        super().__init__()
        self._language = LanguageChange(self, settings, engine.speak)
        self.setWindowTitle("gradviz")
        self.setDockNestingEnabled(True)
        # The panels are put where this width has them.
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self._settings = settings
        self._places = WindowPlaces(self, settings)
        self._engine = engine
        self._layouts = layouts
        self.state = State(self, attached=engine.attached, in_file=engine.in_file)
        self.state.engine_said_again.connect(lambda: self._language.catch_up(self._renew))
        self.workbench = Workbench(self.state, engine.send, self)
        self.workbench.choose_language(self._language.chosen)
        self.choices = KeptChoices(settings, self.workbench)
        self.choices.restore()
        self.engine_event_handler = EngineEventHandler(
            self.state, self.workbench, engine.start, engine.kill, self
        )
        self.watchdog = Watchdog(self.state, self)
        self.own_models = OwnModels(
            self.state, self.workbench, self.engine_event_handler.stop_engine, settings, self
        )
        self.session_files = SessionFiles(
            self.state, self.workbench, self.own_models, settings, self
        )
        self.recovery = Recovery(
            self.state, self.workbench, self.session_files.take, settings, self
        )
        self._files = FileOpening(
            self.session_files, self.own_models, attached=engine.attached, parent=self
        )
        self.undoing = UndoHistory(
            self.state, self.workbench, self.choices.choose_pace, self.choices.choose_names, self
        )
        UndoKeys(self)
        PaintTurn(self)
        self.setAcceptDrops(True)
        self._colours = ThemeChange(self, settings)
        self.help = HelpDialogs(self, self.state, self.workbench, settings, self._colours)
        self.icons = self._colours.icons
        self.actions_made = ActionRegistry(self, self.icons, self)
        self._build()
        self._connect()
        self._announcer = Announcer(self.state, self)
        self._colours.follow_system(self._recolour)
        self._restore()

    # Building

    def _build(self) -> None:
        made, theme = self.actions_made, self._colours.theme
        self.canvas = Canvas(self.state, self.workbench, made, theme, self._layouts)
        PredictionCard(self.canvas, self.workbench.predictions, made)
        self.notices = NoticeBar(self.state, self.icons)
        self._bars = MainBars(self, self.state, self.workbench, made, self._colours)
        self.top, self.timeline = self._bars.top, self._bars.timeline
        self.history = self._bars.history
        context = PanelContext(self.state, self.workbench, made, self.icons, theme, self._settings)
        centre = BannerOver(self.notices, self.canvas)
        centre.covered.connect(self.canvas.leave_above)
        centre.setFocusProxy(self.canvas.view)
        self.setCentralWidget(centre)
        self._bars.add()
        self.panels = PanelDocks(self, context)
        self._regions = Regions(self._seen_regions, self.canvas.view)
        AfterFirstPaint(self, self._settle)
        status = StatusBar(self.state, self._frames_drawn)
        self.canvas.placed.connect(status.show_layout)
        self.canvas.placed.connect(self.undoing.look_soon)
        self.setStatusBar(status)
        self.exports = Exports(
            self, self.state, self.workbench, self.canvas, self._plots, self._settings
        )
        self.compiled = InnerWindows(self, self.state, self.workbench, theme.look)
        self.forward = ForwardWindows(self, self.workbench, theme.look)
        self._palette = Palette(self, self.state, self.workbench, made, self.panels)
        self._menus = MainMenus(self, self.state, self.workbench, made)
        self._menus.fill(
            panels=[dock.toggleViewAction() for dock in self.panels.docks.values()],
            files=self.own_models.menu,
            sessions=self.session_files.menu,
        )
        self.presentation = Presentation(self, self.canvas, context)

    @cached_property
    def lessons(self) -> "Lessons":
        """Return the lessons, which nobody sees in the first picture."""
        from gradviz.ui.lessons.lessons import Lessons

        return Lessons(self, self._colours.theme)

    @property
    def widget(self) -> QMainWindow:
        """Return the window itself, for those that know a part of it by a protocol."""
        return self

    @property
    def settings(self) -> QSettings:
        """Return where the user's choices about the window are kept."""
        return self._settings

    def _settle(self) -> None:
        """Do all that the first paint did not have to wait for."""
        # On two cores three processes that start at once would keep the window waiting.
        self.canvas.layouter.warm_up()
        self._language.tell_faults(self.state)
        if not self.state.attached:
            # The other program keeps its own work.
            self.recovery.begin()
            self.help.show_changes_of_update()
        if self.state.attached:
            # The graph is there already, and comes before the panels that nobody sees.
            once = Qt.ConnectionType.SingleShotConnection
            self.canvas.placed.connect(self._make_the_rest_soon, once)
        else:
            self._make_the_rest_soon()

    def _make_the_rest_soon(self) -> None:
        QTimer.singleShot(_SETTLED_MS, self, self.panels.make_the_rest)

    def _frames_drawn(self) -> int:
        """Return how often the plot that is drawn most has been drawn."""
        return max((plot.frames_drawn for plot in self._plots()), default=0)

    def _connect(self) -> None:
        self._engine.prepare = self.state.shown.prepare
        self._engine.event_received.connect(self.watchdog.hear)
        if not self.state.attached:
            self._engine.event_received.connect(self._on_first_event)
        self._engine.event_received.connect(self.engine_event_handler.on_event)
        self._engine.engine_ended.connect(self.engine_event_handler.on_engine_ended)
        self._engine.engine_replaced.connect(self.engine_event_handler.on_engine_replaced)
        WindowTitle(self, self.state, self.session_files)
        sessions = self.workbench.sessions
        sessions.open_file = self.own_models.open
        sessions.direction = lambda: self.canvas.direction
        sessions.turn = self.canvas.choose_direction
        sessions.lesson = lambda: self.lessons.place
        sessions.resume_lesson = lambda place: self.lessons.resume(place)
        self.own_models.forward_wanted.connect(self.forward.open)
        self.top.field.committed.connect(self._on_committed)
        self.notices.acted.connect(self.actions_made.trigger)
        FocusWatch(self)

    def _on_first_event(self) -> None:
        # No panel misses anything, however soon the engine is there.
        self._engine.event_received.disconnect(self._on_first_event)
        self.panels.make_the_rest()

    def open_expression(self, text: str) -> None:
        """Begin with `text` in the expression field, as if it had been typed, or with a file."""
        if self._files.open_named(text):
            return
        self.top.field.show_text(text)
        self.workbench.type_text(text)
        self.canvas.view.setFocus()

    # The commands of actions

    def stop(self) -> None:
        """Pause a training that answers, or end an engine that does not."""
        comparing = self.state.comparison.running
        workbench = self.workbench
        pause = workbench.comparison.run_or_stop if comparing else workbench.train_or_pause
        self.watchdog.stop(self.engine_event_handler.stop_engine, pause)

    def edit_expression(self) -> None:
        """Focus the expression field and select its text, so that typing replaces it."""
        if self.state.attached:
            self.canvas.view.setFocus()
            return
        self.workbench.present(False)
        self.top.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.field.selectAll()

    def go_to_region(self, by: int) -> None:
        """Take the keyboard to the next region of the window (1), or the one before (-1)."""
        self._regions.go(by)

    def _seen_regions(self) -> list[QWidget]:
        """Return the regions in reading order: panels to the right come after the graph."""
        # One behind a tab has no control that is seen, and is passed by.
        fronts = [each for each in self.panels.docks.values() if each.isVisible()]
        fronts.sort(key=lambda dock: (dock.geometry().x(), dock.geometry().y()))
        edge = self.canvas.mapTo(self, QPoint()).x()
        left = [each for each in fronts if each.geometry().x() < edge]
        right = [each for each in fronts if each not in left]
        return [self.top, *left, self.canvas, *right, self.history, self.timeline]

    def toggle_playing(self) -> None:
        """Play the backward pass, or stop."""
        self.timeline.toggle_playing()

    def quit(self) -> None:
        """End the window, as closing it does: where something would be lost, the user is asked."""
        if self.session_files.may_close(self.close):
            self.close()

    def draw_new_seed(self) -> None:
        """Draw other initial weights."""
        self.workbench.choose_seed(random.randrange(1_000_000))  # noqa: S311 - no secret

    def show_palette(self) -> None:
        """Let the user pick an action by its name."""
        self._palette.show()

    def show_compiled(self) -> None:
        """Show the graphs of the compiled function whose node is inspected."""
        self.compiled.show_inspected()

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front, also one that is closed."""
        self.panels.widgets[name].come_to_front()

    def choose_theme(self, name: str) -> None:
        """Use the theme "light", "dark", or that of the system."""
        self._colours.choose(name, self._recolour)

    def _recolour(self, theme: Theme) -> Iterator[None]:
        """Give all parts the colours of the theme, one after another."""
        self.actions_made.refresh_icons()
        self.timeline.show_play_icon()
        for part in (self.canvas, self.top, self.timeline, self.history):
            yield
            part.use_theme(theme)
        self.presentation.use_theme(theme)
        self.lessons.use_theme(theme)
        self.compiled.use_look(theme.look)
        self.forward.use_look(theme.look)
        for panel in list(self.panels.made.values()):
            yield
            panel.use_theme(theme)

    def choose_language(self, code: str) -> None:
        """Say everything in the language `code`, or in that of the system (""), from now on."""
        self.workbench.choose_language(code)
        self._language.choose(code, self.state, self._renew)

    def _renew(self) -> Iterator[None]:
        """Bring actions, and the panels that are seen, up to date, one after another."""
        yield from self.actions_made.say_again()
        # The title of an action that is going on, such as Pause, is not that of its declaration.
        self.state.language_changed.emit()
        for panel in list(self.panels.made.values()):
            yield
            if panel.seen:
                panel.refresh()

    def _plots(self) -> list[PlotPanel]:
        return [each for each in self.panels.widgets.values() if isinstance(each, PlotPanel)]

    def reset_layout(self) -> None:
        """Put every panel of this workspace back to its first place."""
        self.panels.reset()

    # The window itself

    def _restore(self) -> None:
        self.edit_expression()
        self._places.restore()
        self.panels.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panels.adapt()
        self._bars.adapt()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            # Qt would show it in place of the state of the engine.
            self.statusBar().showMessage(event.tip())
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._files.drag_enter(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._files.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        # The program itself may close the window at any time; of a user nothing is to be lost.
        if event.spontaneous() and not self.session_files.may_close(self.close):
            event.ignore()
            return
        self.workbench.present(False)
        self._places.keep()
        self.panels.keep()
        self.recovery.close()
        self.exports.close()
        self.compiled.close()
        self.forward.close()
        self.canvas.close_layouts()
        self._engine.close()
        super().closeEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Pass by what is behind a tab: a focus there is not seen."""
        passed = {self.focusWidget()}
        while super().focusNextPrevChild(next_):
            focused = self.focusWidget()
            # Where nothing else can be seen, the way is round without the control it began at.
            if focused is None or focused in passed or not self.panels.hides(focused):
                return True
            passed.add(focused)
        return False

    def _on_committed(self) -> None:
        self.workbench.finish_typing()
        self.canvas.view.setFocus()
