"""From the end of the pause after a keystroke to the new graph on the screen."""

import time

import numpy as np
from figures import Figure
from live_window import LiveWindow
from PySide6.QtCore import QEvent, QObject

LIMIT_MS = 100.0
ROUNDS = 6
EXPRESSIONS = (
    "5x^3 + 2x^2 + 4x + 8",
    "a + b x",
    "a + b x + c x^2 + d x^3",
    "a sin(b x) + c",
    "exp(-x^2)",
    "a + b P3(c + d x)",
    "sin(cos(tan(x)))",
    "a exp(-b x^2) + c tanh(d x) + e sigmoid(f x)",
    "x^7 + x^6 + x^5 + x^4 + x^3 + x^2 + x",
    "log(1 + exp(a x)) sqrt(abs(x) + 1)",
)


class _Paints(QObject):
    """Writes down when the canvas has last been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.last = 0.0
        self.placed = 0.0

    def on_placed(self) -> None:
        """Write down when a new graph was handed to the canvas."""
        self.placed = time.perf_counter()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.last = time.perf_counter()
        return False


def latency_ms(window: LiveWindow, paints: _Paints, text: str) -> float:
    """Type `text` and let the pause end now; return the time until its graph is painted."""
    window.workbench.type_text(text)
    started = time.perf_counter()
    window.workbench.finish_typing()
    window.wait_until(lambda: paints.last >= paints.placed >= started)
    return 1000 * (paints.last - started)


def measure() -> dict[str, object]:
    """Return the median and the 95th percentile over all expressions."""
    paints = _Paints()
    with LiveWindow("autograd") as window:
        window.window.canvas.view.viewport().installEventFilter(paints)
        window.window.canvas.layouter.placed.connect(paints.on_placed)
        latency_ms(window, paints, "x")
        found = [latency_ms(window, paints, text) for _ in range(ROUNDS) for text in EXPRESSIONS]
    p95 = float(np.percentile(found, 95))
    return {
        "median_ms": float(np.median(found)),
        "max_ms": max(found),
        "figures": [Figure("p95_ms", p95, LIMIT_MS)],
    }
