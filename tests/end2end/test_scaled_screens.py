"""On screens with more pixels everything is as sharp as they are, and no text is cut."""

import json
import os
import subprocess
import sys

import pytest
from shown_programs import PATIENCE_S, ROOT

_PROGRAM = """
import json, sys, tempfile
from PySide6.QtCore import QEventLoop, QRect, QSettings, QTimer
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QLabel
from gradviz import app as program
from gradviz.render.layers.dot_grid import paint_grid
from gradviz.render.painter import paint
from gradviz.ui.widgets.whole_label import ElidedLabel

def wait(holds):
    loop, clock = QEventLoop(), QTimer(interval=20)
    clock.timeout.connect(lambda: holds() and loop.quit())
    clock.start()
    loop.exec()

folder = tempfile.TemporaryDirectory()
program.user_settings = lambda: QSettings(folder.name + "/s.ini", QSettings.Format.IniFormat)
application, window = program.open_window("5x^3 + 2x^2 + 4x + 8")
window.resize(1024, 700)
view, state = window.canvas.view, window.state
wait(lambda: state.trace is not None and state.text in state.model.source
     and window.canvas.placement_of(state.graph) is not None)
window.workbench.move_cursor(3)
resting = QTimer(singleShot=True, interval=1500)
resting.start()
wait(lambda: not resting.isActive() and not view.unfinished)

ratio = view.devicePixelRatioF()
grabbed = view.viewport().grab().toImage()
expected = QImage(grabbed.size(), QImage.Format.Format_RGB32)
expected.setDevicePixelRatio(ratio)
expected.fill(QColor(window._colours.theme.look.canvas))
painter = QPainter(expected)
painter.setWorldTransform(view.viewportTransform())
graph = state.shown.drawn(state.graph)
paint(painter, graph, window.canvas.picture(), window.canvas.placement_of(state.graph),
      window._colours.theme.look, scale=view.scale_factor)
painter.end()
differing = counted = 0
for item in graph.nodes:
    rect = view.mapFromScene(view._rect_of(item.id)).boundingRect().adjusted(4, 4, -4, -4)
    place = QRect(round(rect.left() * ratio), round(rect.top() * ratio),
                  round(rect.width() * ratio), round(rect.height() * ratio))
    for x in range(place.left(), place.right(), 2):
        for y in range(place.top(), place.bottom(), 2):
            one, other = QColor(grabbed.pixel(x, y)), QColor(expected.pixel(x, y))
            counted += 1
            differing += abs(one.lightness() - other.lightness()) > 40
cut = []
for widget in window.findChildren(QLabel) + window.findChildren(QAbstractButton):
    if widget.isVisible() and widget.text() and not isinstance(widget, ElidedLabel):
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not wraps and widget.sizeHint().width() > widget.width() + 1:
            cut.append(f"{widget.text()}: {widget.sizeHint().width()} in {widget.width()}")
print(json.dumps({"ratio": ratio, "size": [grabbed.width(), grabbed.height()],
                  "view": [view.viewport().width(), view.viewport().height()],
                  "differing": differing / counted, "cut": cut,
                  "window": [window.width(), window.height()]}))
application.closeAllWindows()
"""


@pytest.mark.parametrize("scale", [1.25, 1.5, 2.0])
def test_that_the_graph_has_the_pixels_of_the_screen_and_no_text_is_cut(scale: float) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": f"{scale}",
        },
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ratio"] == scale
    assert told["window"] == [1024, 700]
    assert told["size"] == pytest.approx([each * scale for each in told["view"]], abs=1)
    assert told["differing"] < 0.01
    assert not told["cut"]
