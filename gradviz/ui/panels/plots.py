"""The plots: the fitted curve over its target, and the loss on a logarithmic axis."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from gradviz.ui.naming import named
from gradviz.ui.panels.panel import PanelContext, PanelWidget
from gradviz.ui.state import Floats, State
from gradviz.ui.theme import Theme

#: The screen is refreshed at most this often.
_REFRESH_MS = 16
_TICK_PIXELS = 11
#: A curve of more points than this is thinned before it is drawn.
_MAXIMUM_POINTS = 4000


class PlotPanel(PanelWidget):
    """One pyqtgraph plot with a heading, an empty state and a repaint rate that is bounded."""

    empty_text = ""

    def __init__(self, context: PanelContext) -> None:
        super().__init__()
        self._state = context.state
        self.heading = named(QLabel(textFormat=Qt.TextFormat.RichText), "legend")
        self.plot = pg.PlotWidget(background=None)
        self.plot.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.plot.setMinimumHeight(90)
        self.plot.hideButtons()
        self._empty = named(QLabel(self.empty_text, wordWrap=True), "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(8, 2, 8, 4)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.plot, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)
        self._refresh = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._refresh.timeout.connect(self.draw)
        self.frames_drawn = 0
        self.use_theme(context.theme)
        context.state.model_built.connect(self._on_model_built)
        context.state.progressed.connect(self._on_progressed)
        self._on_model_built()

    def sizeHint(self) -> QSize:
        return QSize(420, 220)

    def use_theme(self, theme: Theme) -> None:
        self._theme = theme
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(theme.look.line)
            axis.setTextPen(theme.look.secondary)
            axis.setTickFont(_tick_font())
        self.plot.showGrid(x=False, y=True, alpha=0.12)
        self.paint_curves(theme)
        self.draw()

    def paint_curves(self, theme: Theme) -> None:
        """Give the curves the colours of `theme`."""

    def draw(self) -> None:
        """Bring the curves up to date."""

    def image(self, size: QSize) -> QImage:
        """Return what the panel shows, drawn at `size` pixels on the panel's background."""
        grabbed = self._full.grab().toImage()
        image = QImage(size, QImage.Format.Format_ARGB32)
        image.fill(QColor(self._theme.look.panel))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(image.rect(), grabbed)
        painter.end()
        return image

    def _on_model_built(self) -> None:
        self._stack.setCurrentWidget(self._full if self._state.trainable else self._empty)
        self.draw()

    def _on_progressed(self) -> None:
        if not self._refresh.isActive():
            self._refresh.start()


class FitPanel(PlotPanel):
    """y_pred over the target, with the curve of the first weights behind it."""

    empty_text = (
        "The fitted curve will be here. Type an expression with a parameter, "
        "such as a + b x, and press Train."
    )

    def __init__(self, context: PanelContext) -> None:
        self.curves: dict[str, pg.PlotDataItem] = {}
        super().__init__(context)

    def paint_curves(self, theme: Theme) -> None:
        if not self.curves:
            self.curves = {name: self.plot.plot() for name in ("first", "target", "prediction")}
        dashes = pg.mkPen(theme.look.now, width=1, style=Qt.PenStyle.DashLine)
        self.curves["first"].setPen(dashes)
        self.curves["target"].setPen(pg.mkPen(theme.target, width=1))
        # A pen wider than one pixel is drawn six times slower.
        self.curves["prediction"].setPen(pg.mkPen(theme.look.now, width=1))
        self.heading.setText(
            _legend(
                ("─ sin(x)", theme.target_text),
                ("─ y_pred", theme.look.now_text),
                ("╌ first", theme.look.secondary),
            )
        )

    def draw(self) -> None:
        built, progress = self._state.built, self._state.progress
        if built is None or built.x is None or built.target is None or progress.prediction is None:
            return
        x, target = built.x.numpy(), built.target.numpy()
        first = progress.first_prediction
        shown = first if first is not None and progress.step else np.full_like(target, np.nan)
        self.curves["target"].setData(x, target)
        self.curves["prediction"].setData(x, np.broadcast_to(progress.prediction, x.shape))
        self.curves["first"].setData(x, np.broadcast_to(shown, x.shape), connect="finite")
        self._fix_range(x, target)
        self.frames_drawn += 1

    def _fix_range(self, x: np.ndarray, target: np.ndarray) -> None:
        low, high = float(target.min()), float(target.max())
        room = 0.6 * (high - low or 1.0)
        wanted = (float(x.min()), float(x.max()), low - room, high + room)
        if wanted != getattr(self, "_range", None):
            self._range = wanted
            self.plot.setRange(xRange=wanted[:2], yRange=wanted[2:], padding=0.02)


class LossPanel(PlotPanel):
    """The loss of every step on a logarithmic axis."""

    empty_text = "The loss of every training step will be here, on a logarithmic axis."

    def __init__(self, context: PanelContext) -> None:
        self._curve: pg.PlotDataItem | None = None
        super().__init__(context)

    def paint_curves(self, theme: Theme) -> None:
        if self._curve is None:
            self._curve = self.plot.plot()
            self.plot.setLogMode(y=True)
            self.plot.setLabel("bottom", "step")
        self._curve.setPen(pg.mkPen(theme.look.done, width=1))

    def draw(self) -> None:
        if self._curve is None:
            return
        losses = self._state.progress.losses.values
        steps, shown = thinned(losses)
        self._curve.setData(steps, shown, connect="finite")
        self._show_heading(self._state)

    def _show_heading(self, state: State) -> None:
        losses = state.progress.losses.values
        if len(losses) == 0:
            self.heading.setText(_legend(("press Train to begin", self._theme.look.secondary)))
            return
        text = f"{losses[-1]:.6g} at step {len(losses) - 1}"
        self.heading.setText(_legend((text, self._theme.look.done_text)))


def thinned(losses: Floats) -> tuple[Floats, Floats]:
    """Return step numbers and losses of shape (n,), at most about _MAXIMUM_POINTS of them.

    The last loss is always among them; a logarithmic axis has no place for what is not above 0.
    """
    stride = max(1, len(losses) // _MAXIMUM_POINTS)
    steps = np.arange(0, len(losses), stride, dtype=np.float64)
    if len(losses) and steps[-1] != len(losses) - 1:
        steps = np.append(steps, len(losses) - 1)
    shown = losses[steps.astype(int)]
    return steps, np.where(shown > 0, shown, np.nan)


def _tick_font() -> QFont:
    font = QGuiApplication.font()
    font.setPixelSize(_TICK_PIXELS)
    return font


def _legend(*parts: tuple[str, str]) -> str:
    return "&nbsp;&nbsp; ".join(
        f'<span style="color:{colour}">{text}</span>' for text, colour in parts
    )
