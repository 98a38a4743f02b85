"""The widgets over the graph: its small bar, the readout, hints and Cancel."""

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from gradviz.core.language.saying import tr
from gradviz.render.shades import Legend
from gradviz.render.style import Theme as Look
from gradviz.ui.actions import edit_menu, inspect_menu, isolation_actions, view_menu
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.canvas.dragging.drag_handle import DragHandle
from gradviz.ui.canvas.find_bar import FindBar
from gradviz.ui.canvas.group_bars import Breadcrumbs, DepthSlider
from gradviz.ui.canvas.legend import LegendView
from gradviz.ui.canvas.minimap import Minimap
from gradviz.ui.controllers.groups.showing_controller import ShowingController
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named

_MARGIN = 12
#: The bar may take so much of the width: beneath it there is no room for the graph.
_BAR_SHARE = 0.6
_HINT_SIZE = QSize(420, 60)
#: The readout is as wide as a multiple of this, so that a number in it does not move the graph.
_READOUT_STEP = 40


class Overlays(QObject):
    """Widgets of the canvas, each in its corner; `cancelled` when a layout is given up."""

    cancelled = Signal()

    def __init__(
        self,
        actions: ActionRegistry,
        canvas: QWidget,
        look: Look,
        state: State,
        showing: ShowingController,
        find: FindBar,
        minimap: Minimap,
    ) -> None:
        super().__init__(canvas)
        self._minimap = minimap
        self._canvas = canvas
        self._find = find
        self.depth = DepthSlider(state, showing)
        self._bar = CanvasBar(actions, canvas, self.depth)
        self.breadcrumbs = Breadcrumbs(state, showing, canvas)
        self.readout = named(QLabel(canvas, textFormat=Qt.TextFormat.RichText), "readout")
        self.changes = named(QLabel(canvas, textFormat=Qt.TextFormat.RichText), "changes")
        self.legend = LegendView(look, canvas)
        self.hint = named(QLabel(canvas, wordWrap=True), "canvas_hint")
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.cancel = QPushButton(tr("Cancel"), canvas)
        self.cancel.setToolTip(tr("Give up this layout; the last picture stays"))
        self.cancel.clicked.connect(self.cancelled)
        self._lasting = False
        self._above = 0
        for part in (self.readout, self.changes, self.hint, self.cancel):
            part.hide()

    @property
    def drag(self) -> DragHandle:
        """Return the button by which the picture is dragged out."""
        return self._bar.drag

    def show_hint(self, text: str, *, cancellable: bool = False) -> None:
        """Show a text in the middle, in place of the graph, with Cancel if wished."""
        self.hint.setText(text)
        self.hint.show()
        self.cancel.setVisible(cancellable)
        self.place()

    def hide_hint(self) -> None:
        """Leave the middle to the graph."""
        self.hint.hide()
        self.cancel.hide()

    def show_readout(self, text: str) -> None:
        """Show rich text in the corner, nothing if it is empty."""
        if text != self.readout.text():
            self.readout.setText(text)
            self.readout.setVisible(bool(text))
            self.place()

    def show_changes(self, text: str, *, lasting: bool = False) -> None:
        """Show rich text about the changes of the graph, nothing if it is empty.

        The graph makes room for a `lasting` text.
        """
        self._lasting = lasting
        self.changes.setText(text)
        self.changes.setVisible(bool(text))
        self.place()

    def show_bar(self, wanted: bool) -> None:
        """Have the small bar of the canvas, or leave its room to the graph."""
        self._bar.setVisible(wanted)
        self.place()

    def show_isolated(self, isolated: bool) -> None:
        """Offer to show all nodes in full again while a part is isolated."""
        self._bar.show_isolated(isolated)
        self.place()

    def show_groups(self) -> None:
        """Show how deep the groups are open, and which of them takes the whole canvas."""
        self.depth.show_depth()
        self.breadcrumbs.show_path()
        self.place()

    def show_legend(self, legend: Legend | None) -> None:
        """Show the legend of the graph's colours, nothing if there is none."""
        self.legend.show_legend(legend)
        self.place()

    def leave_above(self, height: int) -> None:
        """Leave the upper edge to something else, without a word to the graph."""
        self._above = height
        self.place()

    def place(self) -> None:
        """Put everything where it belongs in a canvas of this size."""
        canvas = self._canvas.rect()
        self._bar.fit_into(round(canvas.width() * _BAR_SHARE))
        top = _MARGIN + self._above
        self._bar.move(canvas.width() - self._bar.width() - _MARGIN, top)
        self._find.fit_into(canvas.width() - 2 * _MARGIN)
        bar = self._bar.geometry()
        if self._bar.isHidden():
            # Its room is free, from the corner on.
            bar = QRect(canvas.width(), top, 0, 0)
        below = bar.bottom() + _MARGIN // 2
        self._find.move(canvas.width() - self._find.width() - _MARGIN, below)
        right = below if self._find.isHidden() else self._find.geometry().bottom() + _MARGIN // 2
        self.readout.adjustSize()
        wide = -(-self.readout.width() // _READOUT_STEP) * _READOUT_STEP
        self.readout.resize(wide, self.readout.height())
        left = _MARGIN
        self.breadcrumbs.move(left, top)
        if not self.breadcrumbs.isHidden():
            left += self.breadcrumbs.width() + _MARGIN
        beside = left + _MARGIN + self.readout.width() <= bar.x()
        below = _MARGIN + bar.bottom()
        self.readout.move(*((left, top) if beside else (_MARGIN, below)))
        self._place_minimap(right)
        room = canvas.width() - 2 * _MARGIN
        self.changes.setWordWrap(False)
        width = self.changes.sizeHint().width()
        self.changes.setWordWrap(width > room)
        width = max(1, min(width, room))
        self.changes.resize(width, self._height_of_changes(width))
        self.changes.move(_MARGIN, canvas.height() - self.changes.height() - _MARGIN)
        size = self.legend.size()
        self.legend.move(
            canvas.width() - size.width() - _MARGIN, canvas.height() - size.height() - _MARGIN
        )
        hint = QRect(0, 0, min(_HINT_SIZE.width(), canvas.width()), _HINT_SIZE.height())
        hint.moveCenter(canvas.center())
        self.hint.setGeometry(hint)
        self.cancel.adjustSize()
        self.cancel.move(canvas.center().x() - self.cancel.width() // 2, hint.bottom() + 8)

    def _place_minimap(self, top: int) -> None:
        """Put the minimap at the right, or beneath all that is above at the left."""
        above = [each for each in (self.breadcrumbs, self.readout) if not each.isHidden()]
        left = max((each.geometry().bottom() + _MARGIN // 2 for each in above), default=top)
        self._minimap.put(QPoint(self._canvas.width() - _MARGIN, top), QPoint(_MARGIN, left))

    def keep_clear(self, item: str | None) -> None:
        """Leave the node or box of the current step in sight."""
        self._minimap.keep_clear_of(item)

    def _height_of_changes(self, width: int) -> int:
        """Return the height of the text; a label without wrapped lines knows none for a width."""
        label = self.changes
        return label.heightForWidth(width) if label.wordWrap() else label.sizeHint().height()

    def covered(self) -> tuple[QRect, ...]:
        """Return the parts of the canvas that are not free for the graph, as if none were above."""
        above = (self._bar, self._find, self.readout, self.breadcrumbs)
        upper = [each for each in above if not each.isHidden()]
        lower = [self.legend, self.changes] if self._lasting else [self.legend]
        return (
            *(each.geometry().translated(0, -self._above) for each in upper),
            *(each.geometry() for each in lower if not each.isHidden()),
        )


class CanvasBar(QWidget):
    """Buttons of the canvas; those of the panels are in one menu where there is no room for all.

    Attributes:
        panels: The buttons that open panels.
        more: The button with all of them in its menu.
        drag: The button by which the picture is dragged out.
    """

    def __init__(self, actions: ActionRegistry, canvas: QWidget, depth: QWidget) -> None:
        super().__init__(canvas)
        self.setObjectName("canvas_bar")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._all = _button(actions, isolation_actions.SHOW_ALL)
        self._all.hide()
        self.panels = [_button(actions, action) for action in inspect_menu.PANELS]
        self.more = named(
            QToolButton(),
            title=tr("Panels about gradients"),
            tip=tr("Health, checks, missing gradients and changes"),
        )
        self.more.setText(tr("Inspect"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.more)
        menu.addActions([actions[action] for action in inspect_menu.PANELS])
        self.more.setMenu(menu)
        canvas_actions = (view_menu.FIT, edit_menu.FIND, view_menu.DIRECTION)
        own = [_button(actions, action) for action in canvas_actions]
        self.drag = DragHandle()
        copying = actions[edit_menu.COPY_GRAPH]
        self.drag.clicked.connect(copying.trigger)
        # There is a picture to drag whenever there is one to copy.
        copying.enabledChanged.connect(lambda possible: self.drag.offer(possible=possible))
        self.drag.offer(possible=copying.isEnabled())
        for button in (depth, self._all, *self.panels, self.more, *own, self.drag):
            row.addWidget(button)

    def show_isolated(self, isolated: bool) -> None:
        """Offer to show all nodes in full again, or not."""
        self._all.setVisible(isolated)

    def fit_into(self, width: int) -> None:
        """Take as little room as there is: the panels' buttons in a row, or in a menu."""
        self._show_panels(in_a_row=True)
        if self._row.sizeHint().width() > width:
            self._show_panels(in_a_row=False)
        self.resize(self._row.sizeHint())

    def _show_panels(self, *, in_a_row: bool) -> None:
        for button in self.panels:
            button.setVisible(in_a_row)
        self.more.setVisible(not in_a_row)
        self._row.invalidate()


def _button(actions: ActionRegistry, action: Action) -> QToolButton:
    button, made = QToolButton(), actions[action]
    button.setDefaultAction(made)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    # The title itself, as one English word may have two meanings.
    made.changed.connect(lambda: button.setAccessibleName(tr(action.title)))
    button.setAccessibleName(tr(action.title))
    return button
