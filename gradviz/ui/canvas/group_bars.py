"""Over a graph with groups: the path to the group that is seen, and how deep all are open."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from gradviz.core.graphs.groups import Group
from gradviz.core.language.saying import tr
from gradviz.ui.controllers.groups.showing_controller import ShowingController
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named

_SLIDER_WIDTH = 84
#: A longer path leaves out its middle.
_MOST_CRUMBS = 6


class Breadcrumbs(QWidget):
    """The groups around that which takes the whole canvas; a click leads back to one."""

    def __init__(self, state: State, showing: ShowingController, canvas: QWidget) -> None:
        super().__init__(canvas)
        named(self, "breadcrumbs", title=tr("Path to the shown group"))
        self._state = state
        self._showing = showing
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._parts: list[QWidget] = []

    def show_path(self) -> None:
        """Show the path as it is; nothing for a graph without groups."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        graph = self._state.graph
        path = self._showing.root_path()
        self.setVisible(graph is not None and bool(graph.groups) and bool(path))
        if not path:
            return
        self._add_crumb(tr("All"), tr("Show the whole graph"), "")
        left_out = max(0, len(path) - _MOST_CRUMBS)
        for group in path[:-1][left_out:]:
            self._add_crumb(group.shown_title, tr("Show {name}", name=group.id), group.id)
        self._add_here(path[-1])
        self._row.invalidate()
        self.resize(self._row.sizeHint())

    def _add_crumb(self, text: str, tip: str, root: str) -> None:
        crumb = QToolButton()
        crumb.setText(text)
        crumb.setAutoRaise(True)
        crumb.setToolTip(tip)
        crumb.setAccessibleName(tip)
        crumb.clicked.connect(lambda: self._showing.leave_to(root))
        sign = QLabel("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}")
        for part in (crumb, sign):
            self._add(part)

    def _add_here(self, group: Group) -> None:
        here = named(QLabel(group.shown_title), "here")
        here.setTextFormat(Qt.TextFormat.PlainText)
        here.setToolTip(group.id)
        self._add(here)

    def _add(self, part: QWidget) -> None:
        self._parts.append(part)
        self._row.addWidget(part)
        # A part that is hidden until the next round of events has no size.
        part.show()


class _Slider(QSlider):
    """A slider that keeps its own keys, which elsewhere are those of the walk."""

    _KEYS = frozenset(
        {
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
        }
    )

    def event(self, event: QEvent) -> bool:
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() in self._KEYS:
            event.accept()
            return True
        return super().event(event)


class DepthSlider(QWidget):
    """How many levels of groups are open; hidden where the graph has none."""

    def __init__(self, state: State, showing: ShowingController) -> None:
        super().__init__()
        self._state = state
        self._showing = showing
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        # A subclass of QWidget paints the background of a style sheet only if it is told to.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("depth_box")
        label = QLabel(tr("depth"))
        row.addWidget(label)
        self.slider = named(
            _Slider(Qt.Orientation.Horizontal),
            "depth",
            title=tr("Depth"),
            tip=tr("Open the groups of so many levels, and close all others"),
        )
        self.slider.setFixedWidth(_SLIDER_WIDTH)
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(showing.show_depth)
        label.setBuddy(self.slider)
        row.addWidget(self.slider)
        self.hide()

    def show_depth(self) -> None:
        """Stand where the groups are."""
        graph = self._state.graph
        self.setVisible(graph is not None and bool(graph.groups))
        self.slider.blockSignals(True)
        self.slider.setRange(0, self._showing.deepest)
        self.slider.setValue(self._showing.level)
        self.slider.setAccessibleDescription(
            tr("{part} of {total}", part=self.slider.value(), total=self.slider.maximum())
        )
        self.slider.blockSignals(False)
