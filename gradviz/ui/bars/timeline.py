"""The timeline along the bottom: forwards and back as a scrubber with buttons to walk it."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSlider,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QToolButton,
    QWidget,
)

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.trace import Step
from gradviz.core.graphs.walk import TURN
from gradviz.core.language.saying import marked, tr
from gradviz.core.number_text import counted, short
from gradviz.ui.actions import groups_actions, step_menu
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.where_text import where_parts
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.icons import Icons
from gradviz.ui.widgets.naming import named
from gradviz.ui.widgets.speech.spoken import Spoken
from gradviz.ui.widgets.steady_label import SteadyLabel
from gradviz.ui.widgets.theme import Theme

#: Steps a second that can be chosen for playing.
SPEEDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_FIRST_SPEED = 2.0
_MARGIN = 12
#: Dots closer than this are drawn as a line.
_MINIMUM_GAP = 9
#: The words beside the scrubber have this room, whatever the current node is called.
_WHERE_WIDTH = 270
#: How near to the turn a click means the turn, in pixels.
_TURN_WIDTH = 6
#: The values of the slider in words.
_BACKWARD = marked("step {step} of {count}: {name}")
_FORWARD = marked("forward step {step} of {count}: {name}")
_FIRST = marked("before forward step 1 of {count}")
_TURN = marked("the turn, before backward step 1 of {count}")
_NOTHING = marked("no backward pass yet")


class Scrubber(QSlider, Spoken):
    """A slider that shows every step: done, now, or still to come.

    Forward steps are squares, backward steps are round, and a bar between them is the turn.
    """

    spoken_kind = "slider"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("scrubber")
        self.setAccessibleName(tr("Step of the forward and the backward pass"))
        self.setRange(0, 0)
        self.setPageStep(1)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._forward: Sequence[str] = ()
        self._backward: Sequence[Step] = ()
        self._nodes: Mapping[str, Node] = {}

    def show_steps(
        self, forward: Sequence[str], backward: Sequence[Step], nodes: Mapping[str, Node]
    ) -> None:
        """Show one dot for each step; the turn is at 0, and the forward steps lie below it."""
        self._forward, self._backward, self._nodes = forward, backward, nodes
        self.setRange(-len(forward) - 1 if forward else 0, len(backward))

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 32)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        self._paint_line(painter, _MARGIN, self.width() - _MARGIN, self._theme.look.line, 4)
        if self.maximum() == self.minimum():
            return
        self._paint_line(painter, _MARGIN, self.place_of(self.value()), self._theme.look.done, 4)
        if self._gap() >= _MINIMUM_GAP:
            for index in range(self.minimum() + 1, self.maximum() + 1):
                if index != TURN:
                    self._paint_dot(painter, index, middle)
        if self.minimum() < TURN:
            self._paint_turn(painter, middle)
        self._paint_now(painter, middle)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setValue(self.step_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        step = self.step_at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.setValue(step)
        self.setToolTip(self._tip(step))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: QAbstractSlider.SliderAction.SliderSingleStepSub,
            Qt.Key.Key_Right: QAbstractSlider.SliderAction.SliderSingleStepAdd,
            Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
            Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            self.triggerAction(move)

    def spoken_value(self) -> str:
        step, count = self.value(), len(self._backward)
        if 0 < step <= count:
            name = _name(self._nodes, self._backward[step - 1].node)
            return tr(_BACKWARD, step=counted(step), count=counted(count), name=name)
        done = step - self.minimum()
        if step < TURN and 0 < done <= len(self._forward):
            name, total = _name(self._nodes, self._forward[done - 1]), len(self._forward)
            return tr(_FORWARD, step=counted(done), count=counted(total), name=name)
        if step < TURN:
            return tr(_FIRST, count=counted(len(self._forward)))
        return tr(_TURN, count=counted(count)) if count else tr(_NOTHING)

    def _gap(self) -> float:
        return (self.width() - 2 * _MARGIN) / max(1, self.maximum() - self.minimum())

    def place_of(self, step: int) -> float:
        """Return where the dot of `step` is, in pixels from the left."""
        return _MARGIN + (step - self.minimum()) * self._gap()

    def step_at(self, x: float) -> int:
        """Return the step whose dot is nearest to `x` pixels from the left.

        The turn can be met with the mouse also where the dots lie close together.
        """
        close = self.minimum() < TURN and self._gap() < _TURN_WIDTH
        if close and abs(x - self.place_of(TURN)) < _TURN_WIDTH:
            return TURN
        found = self.minimum() + round((x - _MARGIN) / self._gap())
        return max(self.minimum(), min(self.maximum(), found))

    def _tip(self, step: int) -> str:
        if 0 < step <= len(self._backward):
            name = _name(self._nodes, self._backward[step - 1].node)
            return tr("Backward step {step}: {name}", step=step, name=name)
        done = step - self.minimum()
        if step < TURN and done:
            name = _name(self._nodes, self._forward[done - 1])
            return tr("Forward step {step}: {name}", step=done, name=name)
        if not (self._forward and done):
            return ""
        return tr("The turn: forwards to here, backwards from here")

    def _paint_turn(self, painter: QPainter, middle: float) -> None:
        """Paint a bar with a head that points back: here the walk turns round."""
        place = self.place_of(TURN)
        colour = QColor(self._theme.look.accent)
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QPointF(place, middle - 11), QPointF(place, middle + 11))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        top = middle - 11
        painter.drawPolygon(
            [QPointF(place - 6, top), QPointF(place + 1, top - 4), QPointF(place + 1, top + 4)]
        )

    def _paint_line(
        self, painter: QPainter, start: float, end: float, colour: str, width: float
    ) -> None:
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(start, self.height() / 2), QPointF(end, self.height() / 2))

    def _paint_dot(self, painter: QPainter, index: int, middle: float) -> None:
        done = index < self.value()
        painter.setPen(QPen(QColor(self._theme.look.done if done else self._theme.look.edge), 1.5))
        painter.setBrush(QColor(self._theme.look.done if done else self._theme.look.panel))
        center, radius = QPointF(self.place_of(index), middle), 5.0
        if index < TURN:
            painter.drawRect(QRectF(center.x() - 4, center.y() - 4, 8, 8))
        else:
            painter.drawEllipse(center, radius, radius)

    def _paint_now(self, painter: QPainter, middle: float) -> None:
        place = self.place_of(self.value())
        painter.setPen(QPen(QColor(self._theme.look.panel), 2))
        painter.setBrush(QColor(self._theme.look.now))
        if self.value() in (self.minimum(), TURN):
            painter.drawRoundedRect(QRectF(place - 3, middle - 9, 6, 18), 3, 3)
        else:
            self._paint_current(painter, QPointF(place, middle))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.look.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(place, middle), 11, 11)

    def _paint_current(self, painter: QPainter, center: QPointF) -> None:
        if self.value() < TURN:
            painter.drawRect(QRectF(center.x() - 7, center.y() - 7, 14, 14))
        else:
            painter.drawEllipse(center, 8, 8)


class Timeline(QWidget):
    """Buttons, scrubber, speed, and the position of the walk; plays by itself when asked."""

    playing_changed = Signal(bool)

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        actions: ActionRegistry,
        icons: Icons,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._state = state
        self._workbench = workbench
        self._icons = icons
        self._ink = theme.look.accent_text
        self._play_action = actions[step_menu.PLAY]
        self.scrubber = Scrubber(theme)
        self.speed = named(QComboBox(), title=tr("Speed of playing"), tip=tr("Steps a second"))
        for speed in SPEEDS:
            self.speed.addItem(f"{short(speed)}/s", speed)
        self.speed.setCurrentIndex(SPEEDS.index(_FIRST_SPEED))
        self._where = SteadyLabel(named(QLabel(), "where"), _WHERE_WIDTH)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._on_tick)
        self.speed.currentIndexChanged.connect(self._on_speed_changed)
        #: Seen where the graph has groups.
        self._group_buttons: list[QToolButton] = []
        self._lay_out(actions)
        self.scrubber.valueChanged.connect(workbench.move_cursor)
        state.recorded.connect(self._on_recorded)
        state.training_changed.connect(self._on_cursor_moved)
        state.model_built.connect(self._on_recorded)
        state.cursor_moved.connect(self._on_cursor_moved)
        state.language_changed.connect(self._say_again)
        self.show_play_icon()
        self._on_recorded()

    @property
    def playing(self) -> bool:
        """Tell whether the walk goes on by itself."""
        return self._clock.isActive()

    def toggle_playing(self) -> None:
        """Play from here, from where walks begin if the end is reached, or stop."""
        if self.playing:
            self._stop()
            return
        if self._state.cursor >= len(self._state.steps):
            self._workbench.begin_walk()
        self._clock.start(self._interval_ms())
        self._show_playing()

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`."""
        self._ink = theme.look.accent_text
        self.show_play_icon()
        self.scrubber.use_theme(theme)

    def _lay_out(self, actions: ActionRegistry) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 16, 6)
        row.setSpacing(8)
        for action in step_menu.WALK:
            button = QToolButton()
            button.setDefaultAction(actions[action])
            button.setAccessibleName(tr(action.title))
            button.setIconSize(QSize(16, 16))
            if action is step_menu.PLAY:
                button.setProperty("primary", True)
            row.addWidget(button)
        for action in groups_actions.STEP:
            button = QToolButton()
            button.setDefaultAction(actions[action])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setAccessibleName(tr(action.title))
            button.hide()
            self._group_buttons.append(button)
            row.addWidget(button)
        row.addWidget(self.speed)
        row.addWidget(self.scrubber, 1)
        row.addWidget(self._where)

    def _interval_ms(self) -> int:
        return round(1000 / float(self.speed.currentData()))

    def _on_speed_changed(self) -> None:
        if self.playing:
            self._clock.start(self._interval_ms())

    def _on_tick(self) -> None:
        self._workbench.move_cursor(self._state.cursor + 1)
        if self._state.cursor >= len(self._state.steps):
            self._stop()

    def _stop(self) -> None:
        self._clock.stop()
        self._show_playing()

    def _show_playing(self) -> None:
        self.show_play_icon()
        self.playing_changed.emit(self.playing)

    def show_play_icon(self) -> None:
        """Set the play button's icon and text: Pause while the walk plays, else Play."""
        self._play_action.setIcon(self._icons.inked("pause" if self.playing else "play", self._ink))
        self._play_action.setText(tr("Pause") if self.playing else tr(step_menu.PLAY.title))

    def _say_again(self) -> None:
        self.show_play_icon()
        self._on_cursor_moved()

    def _on_recorded(self) -> None:
        state = self._state
        grouped = state.graph is not None and bool(state.graph.groups)
        for button in self._group_buttons:
            button.setVisible(grouped)
        forward = state.trace.forward if state.trace is not None else ()
        self.scrubber.blockSignals(True)
        self.scrubber.show_steps(forward, state.steps, state.graph.node if state.graph else {})
        self.scrubber.blockSignals(False)
        if not (forward or state.steps) and self.playing:
            self._stop()
        self._on_cursor_moved()

    def _on_cursor_moved(self) -> None:
        self.scrubber.blockSignals(True)
        self.scrubber.setValue(self._state.cursor)
        self.scrubber.blockSignals(False)
        text, name = where_parts(self._state)
        moment = self._state.recorded_moment
        beneath = ""
        if moment and self._state.steps:
            beneath = tr("<br><small>of {moment}</small>", moment=moment)
        self._where.show_text(f"{text}{escape(self._elided(text, name))}{beneath}")
        self._where.setToolTip(name)

    def _elided(self, text: str, name: str) -> str:
        """Return `name` as it has room behind `text`, which is rich text."""
        metrics = self._where.fontMetrics()
        plain = re.sub("<[^>]*>", "", text).replace("&nbsp;", " ")
        # The bold number is a little wider than it is measured here.
        room = _WHERE_WIDTH - metrics.horizontalAdvance(plain) - 8
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)


def _name(nodes: Mapping[str, Node], node: str) -> str:
    """Return PyTorch's name of a node, a leaf's own; empty where the graph does not have it."""
    found = nodes.get(node)
    if found is None:
        return ""
    return f"{found.op} ({found.name})" if found.kind == "leaf" else found.name
