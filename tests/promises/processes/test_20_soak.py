"""Hours of use cost no memory: many steps of training, of the walk, and many models."""

import gc
from functools import partial

import psutil
from promised import Tell, extent
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import pass_time, shown, stands, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.engine.training.history import BUDGET
from gradviz.ui.bridge import Bridge
from gradviz.ui.main_window import MainWindow

STEPS, TURNS, REBUILDS = extent(3_000, 100_000), extent(300, 10_000), extent(10, 500)
#: More than what the documented budgets allow for.
_MOST = 20 << 20
_PATIENCE_MS = 30 * PATIENCE_MS
_MODELS = ("a + b x", "a sin(b x) + c", "5x^3 + 2x^2 + 4x + 8")


def test_that_long_use_takes_no_more_memory_than_the_budgets(
    settings: QSettings, qtbot: QtBot, tell: Tell
) -> None:
    bridge = Bridge(ENGINE_COMMAND)
    window = opened(bridge, settings, qtbot)
    _use(window, qtbot, steps=1_000, turns=200, rebuilds=6)
    window_before, engine_before = _memory(bridge)
    _use(window, qtbot, STEPS, TURNS, REBUILDS)
    window_after, engine_after = _memory(bridge)
    window.close()
    grown, engine_grown = window_after - window_before, engine_after - engine_before
    assert grown <= _MOST
    # The past of a training may be visited: it has a budget of its own.
    assert engine_grown <= _MOST + BUDGET
    tell(
        f"{STEPS:,} steps of training, {TURNS:,} of the walk and {REBUILDS} models: the window has "
        f"{grown / 2**20:.1f} MB more, the engine {engine_grown / 2**20:.1f} MB"
    )


def _use(window: MainWindow, qtbot: QtBot, steps: int, turns: int, rebuilds: int) -> None:
    state = window.state
    for number in range(rebuilds):
        text = _MODELS[number % len(_MODELS)]
        type_in(window, text)
        qtbot.waitUntil(partial(stands, window, text), timeout=_PATIENCE_MS)
        qtbot.waitUntil(lambda: shown(window), timeout=_PATIENCE_MS)
    type_in(window, "a x + b")
    qtbot.waitUntil(lambda: stands(window, "a x + b") and shown(window), timeout=_PATIENCE_MS)
    for number in range(turns):
        window.workbench.move_cursor(-1 if number // 5 % 2 else 1)
        if number % 10 == 0:
            pass_time(1)
    window.workbench.choose_steps(steps)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: state.progress.step == steps, timeout=_PATIENCE_MS)
    qtbot.waitUntil(lambda: not state.progress.running, timeout=_PATIENCE_MS)


def _memory(bridge: Bridge) -> tuple[int, int]:
    """Return the bytes in memory of the window and of the engine."""
    gc.collect()
    pid = bridge.engine_pid
    assert pid is not None
    return psutil.Process().memory_info().rss, psutil.Process(pid).memory_info().rss
