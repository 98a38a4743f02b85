"""A step of the backward pass in the window, on a graph of 1,000 nodes, until all is painted."""

import time

import numpy as np
from figures import Figure
from live_window import LiveWindow
from PySide6.QtWidgets import QApplication

LIMIT_MS = 16.0
#: 250 terms of 4 nodes, and the loss: 1,003 nodes whose three leaves are drawn at every use.
TERMS = 250
EXPRESSION = " + ".join(f"{'abc'[term % 3]} sin({'bca'[term % 3]} x)" for term in range(TERMS))
STEPS = 300


def _steps_ms(window: LiveWindow) -> list[float]:
    """Step on from the beginning; time each step until no event is left, paints included."""
    workbench, view = window.workbench, window.window.canvas.view
    workbench.move_cursor(0)
    QApplication.processEvents()
    found = []
    for step in range(1, STEPS + 1):
        started = time.perf_counter()
        workbench.move_cursor(step)
        QApplication.processEvents()
        while view.unfinished:
            QApplication.processEvents()
        found.append(1000 * (time.perf_counter() - started))
    return found


def measure() -> dict[str, object]:
    """Return percentiles with the whole graph in sight, and close enough to read."""
    results: dict[str, object] = {}
    figures = []
    with LiveWindow("autograd") as window:
        state, canvas = window.state, window.window.canvas
        window.workbench.type_text(EXPRESSION)
        window.workbench.finish_typing()
        window.wait_until(
            lambda: (
                state.graph is not None
                and len(state.graph.nodes) >= 4 * TERMS
                and canvas.placement_of(state.graph) is not None
            )
        )
        results["nodes"] = len(state.graph.nodes) if state.graph else 0
        for name, show in (("whole_graph", canvas.fit), ("actual_size", canvas.actual_size)):
            show()
            _steps_ms(window)
            found = _steps_ms(window)
            p95 = float(np.percentile(found, 95))
            figures.append(Figure(f"{name}_p95_ms", p95, LIMIT_MS))
            results[name] = {
                "median_ms": float(np.median(found)), "p95_ms": p95, "max_ms": max(found),
            }  # fmt: skip
    return {**results, "figures": figures}
