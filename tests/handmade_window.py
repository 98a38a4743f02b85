"""A window that shows a graph made by hand, as if its engine had recorded it."""

import msgspec
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, shown

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.protocol.events import BackwardRecorded
from gradviz.ui.main_window import MainWindow


def show_recorded(window: MainWindow, qtbot: QtBot, graph: Graph, trace: Trace) -> None:
    """Have the window show a graph with a pass through it; its engine answers no more."""
    state, engine = window.state, window._engine
    engine.close()
    engine.send = lambda _: None  # type: ignore[assignment,method-assign]
    built = state.built
    assert built is not None
    engine.event_received.emit(msgspec.structs.replace(built, graph=graph))
    record_again(window, graph, trace)
    qtbot.waitUntil(lambda: shown(window), timeout=SOON_MS)


def record_again(window: MainWindow, graph: Graph, trace: Trace) -> None:
    """Have the window show another pass through the same graph."""
    built = window.state.built
    assert built is not None
    number = window.state.recording + 1
    window._engine.event_received.emit(BackwardRecorded(built.run, graph, trace, number))
