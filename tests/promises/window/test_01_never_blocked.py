"""The window is never blocked: not by a large graph, a load, a training or an export."""

from collections.abc import Callable
from pathlib import Path

import pytest
from gaps import Gaps, seconds_to_count
from own_models import HEAD, model_of, written
from promised import Tell, extent
from pytestqt.qtbot import QtBot
from window_acts import pass_time, shown, stands, type_in
from windows import PATIENCE_MS

from gradviz.ui.main_window import MainWindow

#: Two nodes for each turn, and some.
TURNS = extent(500, 5_000)
_LONG_MS = 6 * PATIENCE_MS
_CHAIN = (
    HEAD
    + f"""
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([1.0, 2.0]))

    def forward(self):
        value = self.w
        for _ in range({TURNS}):
            value = torch.tanh(value) + 1
        return value.sum()
"""
)


@pytest.mark.usefixtures("untraced")
def test_that_no_act_blocks_the_window(
    real_window: MainWindow, qtbot: QtBot, tmp_path: Path, tell: Tell
) -> None:
    window = real_window
    csv = tmp_path / "points.csv"
    csv.write_text("x,y\n" + "".join(f"{n / 1e5},{n % 7}\n" for n in range(extent(20_000, 10**6))))
    acts: dict[str, Callable[[], None]] = {
        f"a graph of {2 * TURNS + 2:,} nodes": lambda: _build(window, qtbot, tmp_path),
        "a hundred steps through it": lambda: _step(window, qtbot),
        "its export as SVG": lambda: _export(window, qtbot, tmp_path / "graph.svg"),
        "its export as PDF": lambda: _export(window, qtbot, tmp_path / "graph.pdf"),
        "another theme": lambda: _change_theme(window, qtbot),
        "a file of points": lambda: _fit_to(window, qtbot, csv),
        "a training of 2,000 steps": lambda: _train(window, qtbot),
    }
    # A tenth of a second, and as much again for a machine that is busy or slow; among all tests,
    # where the process has made hundreds of windows, half a second, which an export took.
    most = extent(40, 16) * max(0.0125, seconds_to_count())
    busiest = {}
    for name, act in acts.items():
        gaps = Gaps(window)
        act()
        gaps.end()
        busiest[name] = gaps.busiest
        tell(
            f"{name}: the longest gap {gaps.longest * 1e3:.0f} ms, "
            f"of which the window's thread worked {gaps.busiest * 1e3:.0f} ms"
        )
    assert {name: seconds for name, seconds in busiest.items() if seconds > most} == {}


def _build(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    window.workbench.choose_own(model_of(written(folder, _CHAIN), "Net", mode="fit"))
    large = 2 * TURNS
    qtbot.waitUntil(
        lambda: window.state.graph is not None and len(window.state.graph.nodes) > large,
        timeout=_LONG_MS,
    )
    qtbot.waitUntil(lambda: shown(window), timeout=_LONG_MS)
    pass_time(300)


def _step(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(100):
        window.workbench.move_cursor(1)
        pass_time(1)


def _export(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    window.exports.write_graph(path)
    qtbot.waitUntil(path.exists, timeout=_LONG_MS)


def _change_theme(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("dark", "light"):
        window.choose_theme(name)
        pass_time(50)
        qtbot.waitUntil(window.updatesEnabled, timeout=_LONG_MS)


def _fit_to(window: MainWindow, qtbot: QtBot, path: Path) -> None:
    type_in(window, "a + b x")
    qtbot.waitUntil(lambda: stands(window, "a + b x") and shown(window), timeout=_LONG_MS)
    window.workbench.choose_data(data_file=str(path))
    qtbot.waitUntil(
        lambda: window.state.built is not None and window.state.built.model.data_file == str(path),
        timeout=_LONG_MS,
    )


def _train(window: MainWindow, qtbot: QtBot) -> None:
    before = window.state.progress.step
    window.workbench.choose_steps(2_000)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: not window.state.progress.running, timeout=_LONG_MS)
    assert window.state.progress.step > before
