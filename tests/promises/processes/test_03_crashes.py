"""A crash of the engine or of the layout process costs at most one view, whenever it comes."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable

import psutil
from promised import Tell, extent
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import pass_time, shown, stands, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge
from gradviz.ui.main_window import MainWindow

KILLS = extent(4, 100)
_SIGNALS = (signal.SIGKILL, signal.SIGSEGV)
_MODELS = ("a + b x", "a sin(b x) + c", "5x^3 + 2x^2 + 4x + 8")


def test_that_the_window_works_again_after_a_kill_at_any_moment(
    settings: QSettings, qtbot: QtBot, tell: Tell
) -> None:
    bridge = Bridge(ENGINE_COMMAND)
    window = opened(bridge, settings, qtbot)
    chance = random.Random(12)  # noqa: S311 - moments, not secrets
    recovered: list[float] = []
    killed: Counter[str] = Counter()
    for number in range(KILLS):
        busy = chance.choice((_typing, _training, _at_rest))
        busy(window, chance)
        pass_time(chance.randrange(200))
        which = "the layout process" if number % 4 == 3 else "the engine"
        how = chance.choice(_SIGNALS)
        pid = _layout_pid() if number % 4 == 3 else bridge.engine_pid
        if pid is None:
            continue
        os.kill(pid, how)
        killed[f"{which} by {how.name}"] += 1
        recovered.append(_seconds_to_work(window, bridge, qtbot, pid))
    window.close()
    assert killed.total() == KILLS
    told = ", ".join(f"{count} × {name}" for name, count in sorted(killed.items()))
    tell(f"{killed.total()} kills at random moments ({told}): all recovered")
    tell(f"a view was back after {max(recovered):.2f} s at most once the process was ready")


def _typing(window: MainWindow, chance: random.Random) -> None:
    type_in(window, chance.choice(_MODELS), enter=chance.random() < 0.5)


def _training(window: MainWindow, _: random.Random) -> None:
    if not window.state.progress.running and window.state.built is not None:
        window.workbench.choose_steps(1_000_000)
        window.workbench.train_or_pause()


def _at_rest(_window: MainWindow, _chance: random.Random) -> None:
    """Leave the window alone."""


def _layout_pid() -> int | None:
    return next(
        (
            each.pid
            for each in psutil.Process().children()
            if each.status() != psutil.STATUS_ZOMBIE and "gradviz.layout" in each.cmdline()
        ),
        None,
    )


def _seconds_to_work(window: MainWindow, bridge: Bridge, qtbot: QtBot, dead: int) -> float:
    """Type a new model, and return how long its view took once there was an engine."""
    state = window.state
    until: Callable[[Callable[[], bool]], None] = lambda done: qtbot.waitUntil(  # noqa: E731
        done, timeout=3 * PATIENCE_MS
    )
    until(lambda: bridge.engine_pid not in (None, dead) and state.engine == "ready")
    started = time.monotonic()
    text = next(each for each in _MODELS if not stands(window, each))
    type_in(window, text)
    until(lambda: stands(window, text) and shown(window))
    seconds = time.monotonic() - started
    assert not state.progress.running
    return seconds
