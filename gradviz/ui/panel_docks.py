"""The docks of the panels: one for each, where the workspace of the moment has them."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QWidget,
)

from gradviz.core.language.saying import tr
from gradviz.ui import panels
from gradviz.ui.panels.panel import Panel, PanelContext, PanelWidget
from gradviz.ui.panels.plots.plot_panel import PlotPanel
from gradviz.ui.widgets.naming import named
from gradviz.ui.workspaces import workspace_named
from gradviz.ui.workspaces.arranger import Arranger
from gradviz.ui.workspaces.kept_places import PlacesMemory

#: In a narrower window the panels at the sides fold to tabs in one column.
NARROW = 1200
#: These are higher than their place where the window is low.
_SCROLLING = ("models", "training", "result", "checks", "changes")


class PanelDocks:
    """Makes one dock for each row of PANELS, and puts them where the workspace has them.

    Attributes:
        rows: The rows of the panels.
        made: The panels made so far.
    """

    def __init__(self, window: QMainWindow, context: PanelContext) -> None:
        self._window = window
        self._context = context
        self._state = context.state
        self._arranging = False
        self._training = False
        #: Soon: Qt tells each dock on its own, before all are where they will be.
        self._titles = QTimer(window, singleShot=True, interval=0)
        self._titles.timeout.connect(self._show_titles)
        #: The panels that have come into sight, one of which is brought up to date at each turn.
        self._coming: deque[str] = deque()
        self._turn = QTimer(window, singleShot=True, interval=0)
        self._turn.timeout.connect(self._bring_up_to_date)
        #: The workspaces in which a panel that offered itself has come into sight since then.
        self._offered: dict[str, set[str]] = {}
        self.rows = tuple(panels.PANELS)
        self.made: dict[str, PanelWidget] = {}
        self.docks: dict[str, QDockWidget] = {}
        for panel in self.rows:
            self.docks[panel.id] = self._dock_for(panel)
        for side in (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea):
            window.setTabPosition(side, QTabWidget.TabPosition.North)
        beneath = Qt.DockWidgetArea.BottomDockWidgetArea
        window.setTabPosition(beneath, QTabWidget.TabPosition.North)
        memory = PlacesMemory(context.settings, self.docks)
        workspace = workspace_named(memory.chosen)
        self._arranger = Arranger(window, self.docks, self.rows, memory, workspace)
        context.workbench.choose_workspace(workspace.id)
        self._state.workspace_changed.connect(self._enter)
        self._state.training_changed.connect(self._on_training_changed)
        self._state.language_changed.connect(self._say_titles)

    def _dock_for(self, panel: Panel) -> QDockWidget:
        dock = QDockWidget(self._window)
        # By these names Qt remembers the places of the docks.
        dock.setObjectName(f"gradviz.panel.{panel.id}")
        _say_title(dock, panel)
        for moved in (dock.topLevelChanged, dock.dockLocationChanged, dock.visibilityChanged):
            moved.connect(self._titles.start)
        dock.visibilityChanged.connect(partial(self._on_visibility_changed, panel.id))
        return dock

    def _say_titles(self) -> None:
        """Say the titles of the panels in the language that is spoken; those of tabs follow."""
        for panel in self.rows:
            _say_title(self.docks[panel.id], panel)

    @property
    def widgets(self) -> dict[str, PanelWidget]:
        """Return the panels by their ids, all of them."""
        self.make_the_rest()
        return self.made

    def hides(self, control: QWidget) -> bool:
        """Tell whether a control is behind another tab, or is a bar with no tab to choose."""
        if isinstance(control, QTabBar):
            return not self._window.rect().intersects(control.geometry())
        return any(
            dock.isAncestorOf(control) and not _is_in_front(dock) for dock in self.docks.values()
        )

    def make_the_rest(self) -> None:
        """Make the panels that nobody sees at first: the window does not wait for them."""
        for panel in self.rows:
            if panel.id not in self.made:
                self._make(panel)

    def _make(self, panel: Panel) -> None:
        widget = self.made[panel.id] = named(panel.make(self._context), title=tr(panel.title))
        dock = self.docks[panel.id]
        dock.setWidget(_scrolling(widget, tr(panel.title)) if panel.id in _SCROLLING else widget)
        widget.offered.connect(partial(self._on_offered, panel.id))
        widget.withdrawn.connect(partial(self._offered.pop, panel.id, None))
        widget.set_seen(_is_in_front(dock))

    def arrange(self) -> None:
        """Put every panel where the user has left it in this workspace, at first to its place."""
        with self._at_once():
            self._arranger.arrange()
        # The first paint shows these; the others come soon after it.
        for panel in self.rows:
            if panel.id in self._arranger.fronts and panel.id not in self.made:
                self._make(panel)

    def reset(self) -> None:
        """Put every panel of the workspace back to its first place."""
        with self._at_once(one_by_one=True):
            self._arranger.reset()

    def adapt(self) -> None:
        """Arrange the panels anew where the window has become narrow, or wide."""
        if self._arranger.would_adapt():
            with self._at_once(one_by_one=True):
                self._arranger.adapt()

    def keep(self) -> None:
        """Keep where the panels are, for the next start."""
        self._arranger.keep()

    def _enter(self) -> None:
        focused = QApplication.focusWidget()
        with self._at_once(one_by_one=True):
            self._arranger.enter(workspace_named(self._state.workspace))
        for group in self._arranger.workspace.in_training:
            if any(_is_in_front(self.docks[each]) for each in group):
                self._bring_one_of(group)
        for name in self._offered:
            self._offer(name)
        # A panel that goes takes the focus to its neighbour.
        if focused is not None and focused.isVisible() and not self.hides(focused):
            focused.setFocus()
        elif (centre := self._window.centralWidget()) is not None:
            centre.setFocus()

    @contextmanager
    def _at_once(self, *, one_by_one: bool = False) -> Iterator[None]:
        """Paint nothing, and bring no panel up to date, until all are where they will be.

        `one_by_one` is how the panels that have come are brought up to date then: the window
        paints and hears keys between two of them.
        """
        self._arranging = True
        self._window.setUpdatesEnabled(False)
        try:
            yield
            self._show_titles()
            if (layout := self._window.layout()) is not None:
                layout.activate()
            self._name_tab_bars()
        finally:
            self._arranging = False
            self._window.setUpdatesEnabled(True)
        for name, widget in self.made.items():
            if one_by_one and not widget.seen:
                self._coming.append(name)
            else:
                widget.set_seen(_is_in_front(self.docks[name]))
        if self._coming:
            self._turn.start()

    def _bring_up_to_date(self) -> None:
        """Bring the next panel in sight up to date, and leave the others to later turns."""
        while self._coming:
            name = self._coming.popleft()
            widget, seen = self.made[name], _is_in_front(self.docks[name])
            if seen != widget.seen:
                widget.set_seen(seen)
                self._turn.start()
                return

    def _on_visibility_changed(self, name: str, seen: bool) -> None:
        if not self._arranging and name in self.made:
            self.made[name].set_seen(seen)

    def _on_training_changed(self) -> None:
        """Bring the curves into sight when training begins, where the workspace has them."""
        begins = self._state.progress.running and not self._training
        self._training = self._state.progress.running
        for group in self._arranger.workspace.in_training if begins else ():
            self._bring_one_of(group)

    def _on_offered(self, name: str) -> None:
        self._offered[name] = set()
        self._offer(name)

    def _offer(self, name: str) -> None:
        """Bring a panel into sight once in each workspace that follows the training."""
        workspace, brought = self._arranger.workspace, self._offered[name]
        follows = any(name in group for group in workspace.in_training)
        if follows and workspace.id not in brought:
            brought.add(workspace.id)
            self.made[name].come_to_front()

    def _bring_one_of(self, group: Sequence[str]) -> None:
        """Bring the first plot of a group that has something to show into sight.

        Where one that has is seen, or the user has closed all of them, nothing changes.
        """
        full = [each for each in group if _has_something(self.widgets[each])]
        closed = all(self.docks[each].isHidden() for each in group)
        curves = [each for each in full if self._may_come(each)]
        seen = any(_is_in_front(self.docks[each]) for each in full)
        if curves and not closed and not seen:
            self.widgets[curves[0]].come_to_front()

    def _may_come(self, name: str) -> bool:
        """Tell whether a plot that is not closed comes into sight by itself."""
        widget = self.widgets[name]
        comes = isinstance(widget, PlotPanel) and widget.comes_in_training
        return comes and not self.docks[name].isHidden()

    def _name_tab_bars(self) -> None:
        """Name the bars of the tabs, which Qt makes and discards itself."""
        for bar in self._tab_bars():
            # Those that it has discarded would be seen until later.
            QCoreApplication.sendPostedEvents(bar, QEvent.Type.DeferredDelete.value)
        for bar in self._tab_bars():
            bar.setAccessibleName(tr("Panels"))
            if bar.contextMenuPolicy() != Qt.ContextMenuPolicy.CustomContextMenu:
                bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                bar.customContextMenuRequested.connect(partial(self._open_tab_menu, bar))
            # Where there is no room for all, the bar scrolls rather than cutting their names.
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)

    def _tab_bars(self) -> list[QTabBar]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return self._window.findChildren(QTabBar, options=direct)

    def _show_titles(self) -> None:
        """Show the title of each panel once: in its tab, or above it where it has none."""
        for dock in self.docks.values():
            beside = self._window.tabifiedDockWidgets(dock)
            tabbed = not dock.isFloating() and any(not each.isHidden() for each in beside)
            if tabbed and dock.titleBarWidget() is None:
                dock.setTitleBarWidget(_NoTitle(dock))
            elif not tabbed and (empty := dock.titleBarWidget()) is not None:
                dock.setTitleBarWidget(None)  # type: ignore[arg-type]
                empty.deleteLater()

    def _open_tab_menu(self, bar: QTabBar, at: QPoint) -> None:
        """Offer to float or close the panel of a tab: it has no title bar with buttons for that."""
        title = bar.tabText(bar.tabAt(at))
        dock = next((each for each in self.docks.values() if each.windowTitle() == title), None)
        if dock is not None:
            menu = QMenu(bar)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(tr("Float"), lambda: dock.setFloating(True))
            menu.addAction(tr("Close"), dock.close)
            menu.popup(bar.mapToGlobal(at))


class _NoTitle(QWidget):
    """In the place of a title bar: without a layout it would want a height of -1 in Qt 6.8."""

    def sizeHint(self) -> QSize:
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def _say_title(dock: QDockWidget, panel: Panel) -> None:
    title = tr(panel.title)
    dock.setWindowTitle(title.upper())
    # Qt gives it the title of the dock.
    dock.toggleViewAction().setText(title)


def _has_something(widget: PanelWidget) -> bool:
    return not isinstance(widget, PlotPanel) or widget.has_something()


def _is_in_front(dock: QDockWidget) -> bool:
    """Tell whether a dock is seen: Qt moves those behind a tab out of the window."""
    floating = dock.isFloating()
    return dock.isVisible() and (floating or dock.window().rect().intersects(dock.geometry()))


def _scrolling(content: PanelWidget, title: str) -> QScrollArea:
    """Return `content` in an area that scrolls where the window is too low for it."""
    area = named(QScrollArea(), title=title)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area
