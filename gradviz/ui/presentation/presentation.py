"""The presentation: the window's own graph beside one panel, over the whole screen."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QSplitter, QVBoxLayout, QWidget

from gradviz.core.language.saying import sentences, tr
from gradviz.ui.canvas.camera import SeenPart
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.panels import PANELS
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.presentation.large_bar import LargeBar
from gradviz.ui.state.window_state import Notice
from gradviz.ui.widgets.banner import BannerOver
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.theme import FONT_PIXELS, PRESENTED_PIXELS, Theme, presented, text_sheet

#: The panels that can be beside the graph: those that are read, and not filled in.
PRESENTED: Final = ("explain", "inspector", "result", "fit", "loss", "parameters", "gradients")
#: The panel of the last time, in the settings.
_PANEL: Final = "presented_panel"
#: The part of the width that the graph has.
_GRAPH_PARTS, _PANEL_PARTS = 63, 37


class Presentation(QWidget):
    """Borrows the canvas while it is shown; the window beneath it stays as it is.

    Each panel is another one than that of the window, which keeps its place and what is seen of
    it. It is made when it is first wanted.
    """

    def __init__(self, window: QMainWindow, canvas: Canvas, context: PanelContext) -> None:
        super().__init__(window, Qt.WindowType.Window)
        self.setObjectName("presentation")
        self.setWindowTitle("gradviz")
        self._window = window
        self._canvas = canvas
        self._theme = context.theme
        self._context = context
        self._home: QWidget | None = None
        self._kept: SeenPart | None = None
        self._panels: dict[str, PanelWidget] = {}
        self._rows = [row for row in PANELS if row.id in PRESENTED]
        self._made = False
        state = context.state
        state.presenting_changed.connect(self._on_presenting_changed)
        state.language_changed.connect(self._say_again)
        state.noticed.connect(self._tell)
        state.withdrawn.connect(self._withdraw)
        state.model_built.connect(lambda: self._say(""))

    @property
    def panel(self) -> str:
        """Return the id of the panel beside the graph."""
        kept = str(self._context.settings.value(_PANEL, PRESENTED[0]))
        return kept if kept in PRESENTED else PRESENTED[0]

    def choose_panel(self, name: str) -> None:
        """Show another panel beside the graph, also the next time."""
        self._context.settings.setValue(_PANEL, name)
        self._show_panel()

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        if not self._made:
            return
        large = presented(theme)
        self._bar.scrubber.use_theme(large)
        for panel in self._panels.values():
            panel.use_theme(large)
        if self._home is not None:
            self._canvas.present(large, PRESENTED_PIXELS)

    # Coming and going

    def _on_presenting_changed(self) -> None:
        if self._context.state.presenting:
            self._enter()
        elif self._home is not None:
            self._leave()

    def _enter(self) -> None:
        if not self._made:
            self._make()
        canvas = self._canvas
        self._kept = canvas.view.kept()
        self._home = canvas.parentWidget()
        self._split.insertWidget(0, canvas)
        canvas.leave_above(0)
        self._say("")
        screen = self._window.screen().geometry()
        self.setGeometry(screen)
        width = screen.width()
        self._split.setSizes([width * _GRAPH_PARTS // 100, width * _PANEL_PARTS // 100])
        self._bar.show_panels([(row.id, tr(row.title)) for row in self._rows], self.panel)
        self._show_panel()
        self.showFullScreen()
        self.activateWindow()
        self._bar.show_where()
        canvas.show()
        canvas.present(presented(self._theme), PRESENTED_PIXELS)
        canvas.view.fit()
        canvas.show_current()
        canvas.view.setFocus()

    def _leave(self) -> None:
        canvas, home, kept = self._canvas, self._home, self._kept
        self._home = self._kept = None
        for panel in self._panels.values():
            panel.set_seen(False)
        canvas.setParent(home)
        if home is not None:
            canvas.setGeometry(home.rect())
        if isinstance(home, BannerOver):
            home.tell_height()
        canvas.lower()
        canvas.show()
        canvas.present(self._theme, 0)
        if kept is not None:
            canvas.view.take(kept)
        self.hide()
        self._window.activateWindow()
        canvas.view.setFocus()

    def _make(self) -> None:
        self._made = True
        large = presented(self._theme)
        context = self._context
        self.setStyleSheet(text_sheet(large))
        font = self.font()
        font.setPixelSize(large.pixels(FONT_PIXELS))
        self.setFont(font)
        # The menus are in the window beneath, where their keys do not count now.
        self.addActions(list(context.actions))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._beside = QWidget()
        self._beside.setMinimumWidth(300)
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(0, 0, 0, 0)
        self._split.addWidget(self._beside)
        self._told = named(QLabel(wordWrap=True), "error")
        self._told.setMargin(8)
        self._told.hide()
        self._bar = LargeBar(context.state, context.workbench, context.actions, large)
        self._bar.chosen.connect(self.choose_panel)
        self._bar.left.connect(lambda: context.workbench.present(False))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._told)
        whole.addWidget(self._split, 1)
        whole.addWidget(self._bar)

    def _show_panel(self) -> None:
        name = self.panel
        column = self._beside.layout()
        if name not in self._panels and column is not None:
            row = next(row for row in self._rows if row.id == name)
            large = presented(self._theme)
            made = named(row.make(replace(self._context, theme=large)), title=tr(row.title))
            made.use_theme(large)
            self._panels[name] = made
            column.addWidget(made)
        for each, panel in self._panels.items():
            panel.setVisible(each == name)
            panel.set_seen(each == name)

    def _say_again(self) -> None:
        """Bring the panel that is seen up to date in the language that is spoken."""
        for panel in self._panels.values():
            if panel.seen:
                panel.refresh()

    # Notices, which the window shows behind

    def _tell(self, notice: Notice) -> None:
        if notice.serious:
            self._say(sentences([notice.message, notice.hint]))

    def _withdraw(self, _: object) -> None:
        self._say("")

    def _say(self, text: str) -> None:
        if self._made:
            self._told.setText(text)
            self._told.setVisible(bool(text))

    # The window itself

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            # Here it leaves, whatever else it does over the graph.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._context.workbench.present(False)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._context.workbench.present(False)
        super().closeEvent(event)
