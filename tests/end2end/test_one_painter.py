"""The same graph gives the same bytes of SVG from the window and from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gradviz import cli
from gradviz.app import ENGINE_COMMAND
from gradviz.core.choices.settings import Model
from gradviz.own.source import content_hash
from gradviz.ui.bridge import Bridge
from gradviz.ui.main_window import MainWindow

PATIENCE_MS = 60_000
MODELS = Path(__file__).parents[1] / "real_models.py"
#: At this step of the backward pass.
STEP = 3

Choose = Callable[[MainWindow], None]


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """Return a window as the program opens it."""
    bridge = Bridge(ENGINE_COMMAND)
    bridge.start()
    window = MainWindow(bridge, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.canvas.placement is not None, timeout=PATIENCE_MS)
    return window


def typed(text: str) -> Choose:
    """Return the typing of an expression into the window."""

    def type_it(window: MainWindow) -> None:
        window.top.field.selectAll()
        QTest.keyClicks(window.top.field, text)
        QTest.keyClick(window.top.field, Qt.Key.Key_Return)

    return type_it


def chosen(window: MainWindow) -> None:
    window.workbench.choose_model("classifier")


def opened(window: MainWindow) -> None:
    source, inputs = f"{MODELS}:UNet", "randn(1, 3, 32, 32)"
    hashed = content_hash(MODELS.read_bytes())
    window.workbench.choose_own(Model(source=source, inputs=inputs, trusted=hashed))


@pytest.mark.parametrize(
    ("choose", "arguments"),
    [
        (typed("5x^3 + 2x^2 + 4x + 8"), ["5x^3 + 2x^2 + 4x + 8"]),
        (typed("x y + sin(z)"), ["x y + sin(z)"]),
        (chosen, ["classifier"]),
        (opened, [f"{MODELS}:UNet", "--input", "randn(1, 3, 32, 32)", "--trust"]),
    ],
)
def test_that_window_and_command_line_write_the_same_svg(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    choose: Choose,
    arguments: list[str],
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    choose(window)
    state = window.state
    qtbot.waitUntil(
        lambda: (
            state.built is not None
            and state.built.model.source == arguments[0]
            and state.trace is not None
            and state.graph is not None
            and window.canvas.placement_of(state.graph) is not None
        ),
        timeout=PATIENCE_MS,
    )
    window.workbench.move_cursor(STEP)
    window.exports.write_graph(tmp_path / "window.svg")
    qtbot.waitUntil(lambda: not window.exports.running, timeout=PATIENCE_MS)
    window.close()
    shell = tmp_path / "shell.svg"
    assert cli.main(["graph", *arguments, "-o", str(shell), "--after", str(STEP)]) == 0
    assert (tmp_path / "window.svg").read_bytes() == shell.read_bytes()
