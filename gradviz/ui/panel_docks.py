"""The docks of the panels: their first places, and their folding in a narrow window."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QWidget,
)

from gradviz.ui import panels
from gradviz.ui.panels.panel import Area, Panel, PanelContext, PanelWidget
from gradviz.ui.widgets.naming import named

_AREAS: dict[Area, Qt.DockWidgetArea] = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
#: Widths of the areas at the side and the height beneath, in pixels, at first.
_SIDE_WIDTHS: dict[Area, int] = {"left": 272, "right": 320}
_LEFT_HEIGHTS = {"models": 290, "training": 222, "result": 210}
_NARROW_WIDTH = 300
_BOTTOM_HEIGHT, _NARROW_BOTTOM_HEIGHT = 250, 165
#: In a narrower window the inspector folds to a tab beside the panels on the left.
NARROW = 1200


class PanelDocks:
    """Makes one dock for each row of PANELS and puts them where they belong.

    Attributes:
        made: The panels made so far.
    """

    def __init__(self, window: QMainWindow, context: PanelContext) -> None:
        self._window = window
        self._context = context
        self._folded: bool | None = None
        #: Soon: Qt tells each dock on its own, before all are where they will be.
        self._titles = QTimer(window, singleShot=True, interval=0)
        self._titles.timeout.connect(self._show_titles)
        self._panels = tuple(panels.PANELS)
        self.made: dict[str, PanelWidget] = {}
        self.docks: dict[str, QDockWidget] = {}
        for panel in self._panels:
            dock = QDockWidget(panel.title.upper(), window)
            # By these names Qt remembers the places of the docks.
            dock.setObjectName(f"gradviz.panel.{panel.id}")
            dock.toggleViewAction().setText(panel.title)
            self.docks[panel.id] = dock
            for moved in (dock.topLevelChanged, dock.dockLocationChanged, dock.visibilityChanged):
                moved.connect(self._titles.start)
            if panel.opened and not panel.behind:
                self._make(panel)
        for area in ("left", "bottom"):
            window.setTabPosition(_AREAS[area], QTabWidget.TabPosition.North)
        self.arrange(narrow=window.width() < NARROW)

    @property
    def widgets(self) -> dict[str, PanelWidget]:
        """Return the panels by their ids, all of them."""
        self.make_the_rest()
        return self.made

    def hides(self, control: QWidget) -> bool:
        """Tell whether a control is in a panel that is behind another tab."""
        return any(
            dock.isAncestorOf(control) and not _is_in_front(dock) for dock in self.docks.values()
        )

    def make_the_rest(self) -> None:
        """Make the panels that nobody sees at first: the window does not wait for them."""
        for panel in self._panels:
            if panel.id not in self.made:
                self._make(panel)

    def _make(self, panel: Panel) -> None:
        widget = self.made[panel.id] = named(panel.make(self._context), title=panel.title)
        dock = self.docks[panel.id]
        dock.setWidget(_scrolling(widget, panel.title) if panel.area == "left" else widget)
        dock.visibilityChanged.connect(widget.set_seen)
        widget.set_seen(_is_in_front(dock))

    def arrange(self, *, narrow: bool) -> None:
        """Put every panel to its first place, folded to tabs at the side if `narrow`."""
        self._folded = narrow
        for panel in self._panels:
            dock = self.docks[panel.id]
            self._window.removeDockWidget(dock)
            if panel.behind:
                continue
            left = narrow and panel.area == "right"
            self._window.addDockWidget(_AREAS["left" if left else panel.area], dock)
            dock.setFloating(False)
            dock.show()
        self._window.splitDockWidget(
            self.docks["fit"], self.docks["loss"], Qt.Orientation.Horizontal
        )
        self._put_behind()
        if narrow:
            self._fold_sides()
        # Qt makes the bars of the tabs itself.
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for bar in self._window.findChildren(QTabBar, options=direct):
            bar.setAccessibleName("Panels")
            if bar.contextMenuPolicy() != Qt.ContextMenuPolicy.CustomContextMenu:
                bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                bar.customContextMenuRequested.connect(partial(self._open_tab_menu, bar))
            # Where there is no room for all, the bar scrolls rather than cutting their names.
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)
        self._show_titles()
        self._size(narrow=narrow)

    def _show_titles(self) -> None:
        """Show the title of each panel once: in its tab, or above it where it has none."""
        for dock in self.docks.values():
            beside = self._window.tabifiedDockWidgets(dock)
            tabbed = not dock.isFloating() and any(not each.isHidden() for each in beside)
            if tabbed and dock.titleBarWidget() is None:
                dock.setTitleBarWidget(QWidget(dock))
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
            menu.addAction("Float", lambda: dock.setFloating(True))
            menu.addAction("Close", dock.close)
            menu.popup(bar.mapToGlobal(at))

    def adapt(self, width: int) -> None:
        """Fold the side panels when the window becomes narrow, unfold them when it is wide.

        Docks that the user has closed stay closed, and floating ones go on floating.
        """
        narrow = width < NARROW
        if self._folded == narrow:
            return
        shown = {dock: not dock.isHidden() for dock in self.docks.values()}
        floating = [(dock, dock.geometry()) for dock in self.docks.values() if dock.isFloating()]
        self.arrange(narrow=narrow)
        for dock, geometry in floating:
            dock.setFloating(True)
            dock.setGeometry(geometry)
        for dock, was_shown in shown.items():
            dock.setVisible(was_shown)

    def remember_folded(self, *, narrow: bool) -> None:
        """Take the present docks for the arrangement of this width."""
        self._folded = narrow

    def _put_behind(self) -> None:
        """Make tabs of the panels that share a place, with the first panel of it in front.

        They are never side by side on the way: that would make the window wider for good.
        """
        sharing = [panel for panel in self._panels if panel.behind]
        for panel in sharing:
            dock = self.docks[panel.id]
            self._window.tabifyDockWidget(self.docks[panel.behind], dock)
            dock.setFloating(False)
            dock.show()
        for panel in sharing:
            self.docks[panel.behind].raise_()
            self.docks[panel.id].setVisible(panel.opened)

    def _fold_sides(self) -> None:
        sides = [self.docks[panel.id] for panel in self._panels if panel.area != "bottom"]
        for dock in sides[1:]:
            hidden = dock.isHidden()
            self._window.tabifyDockWidget(sides[0], dock)
            dock.setVisible(not hidden)
        sides[0].raise_()

    def _size(self, *, narrow: bool) -> None:
        sides = [(self.docks["models"], _NARROW_WIDTH if narrow else _SIDE_WIDTHS["left"])]
        if not narrow:
            sides.append((self.docks["inspector"], _SIDE_WIDTHS["right"]))
        self._window.resizeDocks(
            [dock for dock, _ in sides], [width for _, width in sides], Qt.Orientation.Horizontal
        )
        if not narrow:
            self._window.resizeDocks(
                [self.docks[name] for name in _LEFT_HEIGHTS],
                list(_LEFT_HEIGHTS.values()),
                Qt.Orientation.Vertical,
            )
        plots = [self.docks["fit"], self.docks["loss"]]
        self._window.resizeDocks(plots, [1, 1], Qt.Orientation.Horizontal)
        height = _NARROW_BOTTOM_HEIGHT if narrow else _BOTTOM_HEIGHT
        self._window.resizeDocks(plots[:1], [height], Qt.Orientation.Vertical)


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
