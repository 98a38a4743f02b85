"""The largest gap in the window's rhythm while it does what takes longest.

A timer of 10 ms runs in the window's thread. Where the window works on one thing for longer than
that, two of the timer's calls lie further apart: the window neither paints nor hears a key.
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from figures import Figure
from live_window import LiveWindow
from long_chain import written_chain
from PySide6.QtCore import QObject, Qt, QTimer

from gradviz.ui.main_window import MainWindow
from gradviz.ui.workspaces import WORKSPACES

TIMER_MS = 10
LIMIT_MS = 100.0
#: 2,499 links of 4 nodes and two leaves' own ones: some 10,000 nodes.
LINKS = 2499
ROWS = 1_000_000
STEPS = 20


class Rhythm(QObject):
    """A timer in the window's thread that writes down when it came, and the thread's own time."""

    def __init__(self) -> None:
        super().__init__()
        self._times: list[tuple[float, float]] = []
        self._timer = QTimer(self, interval=TIMER_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)

    def _note(self) -> None:
        self._times.append((time.perf_counter(), time.thread_time()))

    def during(self, window: LiveWindow, acts: list[Callable[[], object]]) -> dict[str, float]:
        """Do the acts one by one and return the largest gap, and the most work between two."""
        self._times.clear()
        self._timer.start()
        for act in acts:
            self._let_go_on(window, 3)
            QTimer.singleShot(0, act)
            self._let_go_on(window, 8)
        return self.stop()

    def _let_go_on(self, window: LiveWindow, times: int) -> None:
        wanted = len(self._times) + times
        window.wait_until(lambda: len(self._times) >= wanted)

    def start(self) -> None:
        """Begin to write down."""
        self._times.clear()
        self._timer.start()

    def stop(self) -> dict[str, float]:
        """Return the largest gap, and the most that the thread itself worked between two calls."""
        self._timer.stop()
        gaps = 1000 * np.diff(np.array(self._times), axis=0)
        return {"longest_ms": float(gaps[:, 0].max()), "longest_work_ms": float(gaps[:, 1].max())}


def _arrival(window: LiveWindow, rhythm: Rhythm, folder: Path) -> dict[str, dict[str, float]]:
    """Open a module of 10,000 nodes; twice, as what is the first time differs."""
    model = written_chain(folder, LINKS)
    state, canvas = window.state, window.window.canvas
    rhythm.start()
    window.workbench.choose_own(model)
    window.wait_until(
        lambda: (
            state.graph is not None
            and len(state.graph.nodes) >= 4 * LINKS
            and state.trace is not None
            and canvas.placement_of(state.graph) is not None
        )
    )
    end = time.monotonic() + 1.0
    window.wait_until(lambda: time.monotonic() > end)
    return {"arrival": rhythm.stop()}


def _find(window: MainWindow) -> None:
    """Open the search, type a part of a name, go to a hit, and close it."""
    finding = window.workbench.finding
    finding.open()
    finding.look_for("tanh")
    finding.go(1)
    QTimer.singleShot(200, finding.close)


def _acts(window: LiveWindow) -> dict[str, list[Callable[[], object]]]:
    """Return what is done with a graph that has arrived."""
    canvas, workbench, main = window.window.canvas, window.workbench, window.window
    nodes = window.state.graph.nodes if window.state.graph is not None else ()
    step = iter(range(1, 10_000))
    walk: list[Callable[[], object]] = [lambda: workbench.move_cursor(next(step))] * STEPS
    zoom = [canvas.zoom_in, canvas.zoom_in, canvas.zoom_out]
    # The first time an arrangement is made; the second time it is as it was left.
    names = [row.id for row in (*WORKSPACES[1:], *WORKSPACES, WORKSPACES[0])]
    return {
        "step, whole graph": walk,
        "jump": [lambda: workbench.move_cursor(5000), lambda: workbench.move_cursor(0)],
        "zoom": [*zoom, *zoom],
        "fit": [canvas.actual_size, canvas.fit],
        "select": [lambda: workbench.select(nodes[100].id), lambda: workbench.select(None)],
        "step, actual size": [canvas.actual_size, *walk],
        "select, actual size": [
            lambda: workbench.select(nodes[5000].id),
            lambda: workbench.select(nodes[5001].id),
        ],
        "find": [lambda: _find(main)],
        "resize": [lambda: main.resize(1300, 850), lambda: main.resize(1440, 900)],
        "theme": [lambda: main.choose_theme("dark"), lambda: main.choose_theme("light")],
        "workspaces": [partial(workbench.choose_workspace, name) for name in names],
    }


def _health(window: LiveWindow, rhythm: Rhythm) -> dict[str, dict[str, float]]:
    """Colour the graph by two findings about its pass, list them in the panel, and put it back."""
    health = window.workbench.health
    rhythm.start()
    health.colour_by("gradient")
    window.wait_until(lambda: len(health.shades.fills) > LINKS)
    health.colour_by("zeros")
    window.wait_until(lambda: not health.note and len(health.shades.fills) > LINKS)
    window.window.show_panel("health")
    window.wait_until(lambda: health.watched and bool(health.health))
    health.colour_by("off")
    window.window.panels.docks["health"].close()
    window.wait_until(lambda: not health.shades.fills and not window.window.canvas.view.unfinished)
    return {"health": rhythm.stop()}


def _data(window: LiveWindow, rhythm: Rhythm, folder: Path) -> dict[str, dict[str, float]]:
    """Fit the tutorial's model to a file of a million rows, and go back to its own data."""
    path = folder / "points.csv"
    x = np.linspace(-3, 3, ROWS)
    np.savetxt(path, np.column_stack([x, np.sin(x)]), "%.6f", delimiter=",", header="x,y")
    window.workbench.choose_model("autograd")
    window.wait_until(
        lambda: window.state.built is not None and window.state.built.model.source == "autograd"
    )
    rhythm.start()
    window.workbench.choose_data(data_file=str(path))
    window.wait_until(
        lambda: window.state.built is not None and window.state.built.model.data_file == str(path)
    )
    end = time.monotonic() + 1.0
    window.wait_until(lambda: time.monotonic() > end)
    return {"a file of a million rows": rhythm.stop()}


def measure() -> dict[str, object]:
    """Return for each act the largest gap; none may take a tenth of a second."""
    rhythm = Rhythm()
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name, LiveWindow("autograd") as window:
        folder = Path(name)
        found |= _data(window, rhythm, folder)
        found |= _arrival(window, rhythm, folder)
        nodes = len(window.state.graph.nodes) if window.state.graph is not None else 0
        for act, parts in _acts(window).items():
            found[act] = rhythm.during(window, parts)
        found |= _health(window, rhythm)
    longest = max(each["longest_ms"] for each in found.values())
    return {
        "nodes": nodes,
        **found,
        "figures": [Figure("longest_ms", longest, LIMIT_MS)],
    }
