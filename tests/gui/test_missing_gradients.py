"""The panel that answers why a gradient is None."""

from pathlib import Path

import pytest
from local_engine import LocalEngine
from own_models import HEAD, model_of, written
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, press, stands, typed

from gradviz.protocol.questions import ExplainMissing
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.missing_panel import MissingPanel

SHIFT = Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.usefixtures("layouts")

NET = HEAD + (
    "class Net(nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.u = nn.Parameter(torch.ones(3))\n"
    "        self.w = nn.Parameter(torch.ones(3))\n"
    "        self.spare = nn.Parameter(torch.ones(3))\n"
    "    def forward(self):\n"
    "        return self.u * self.w.detach()\n"
)


def _panel(window: MainWindow) -> MissingPanel:
    panel = window.panels.widgets["missing"]
    assert isinstance(panel, MissingPanel)
    return panel


def _rows(panel: MissingPanel) -> list[str]:
    model = panel.model
    return [
        ": ".join(str(model.data(model.index(row, column))) for column in (0, 1))
        for row in range(model.rowCount())
    ]


def test_that_the_action_shows_every_reason_with_its_line_and_what_to_do(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, NET)
    window.workbench.choose_own(model_of(path))
    qtbot.waitUntil(lambda: stands(window, str(path)), timeout=SOON_MS)
    panel = _panel(window)
    assert not panel.seen
    action(window, "gradviz.step.missing").trigger()
    qtbot.waitUntil(
        lambda: _rows(panel) == ["w: detached, line 11", "spare: not used"], timeout=SOON_MS
    )
    assert panel.seen
    assert panel.table.hasFocus()
    assert "2 of 3" in panel.summary.text()
    assert panel.text.toPlainText().splitlines() == [
        "Line 11 of net.py cuts w off with .detach().",
        f"{path}:11",
        "return self.u * self.w.detach()",
        "What to do: Remove .detach() in line 11 of net.py.",
    ]
    assert panel.text.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
    press(window, Qt.Key.Key_Down)
    assert panel.text.toPlainText().startswith("spare is not used for this output.")


def test_that_the_leaf_that_is_selected_is_answered_first(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    passes_none = HEAD + (
        "class Keep(torch.autograd.Function):\n"
        "    @staticmethod\n"
        "    def forward(ctx, a, b):\n"
        "        return a * b\n"
        "    @staticmethod\n"
        "    def backward(ctx, grad):\n"
        "        return None, None\n"
    )
    path = written(
        tmp_path, passes_none + NET.replace("self.w.detach()", "Keep.apply(self.spare, self.w)")
    )
    window.workbench.choose_own(model_of(path, "Net"))
    qtbot.waitUntil(lambda: stands(window, f"{path}:Net"), timeout=SOON_MS)
    qtbot.waitUntil(lambda: window.state.trace is not None, timeout=SOON_MS)
    assert window.state.graph is not None
    spare = next(node.id for node in window.state.graph.nodes if node.op == "spare")
    window.workbench.select(spare)
    action(window, "gradviz.step.missing").trigger()
    panel = _panel(window)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2, timeout=SOON_MS)
    told = panel.text.toPlainText()
    assert told.startswith("In line 10 of net.py, Keep.backward returns None for spare.")


def test_that_it_says_so_where_every_parameter_has_a_gradient(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x + b")
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | SHIFT)
    panel = _panel(window)
    qtbot.waitUntil(lambda: "each of the 2" in panel.summary.text(), timeout=SOON_MS)
    assert _rows(panel) == []
    assert not panel.text.isVisible()


def test_that_nothing_is_asked_before_the_panel_is_seen_nor_while_a_training_runs(
    window: MainWindow, qtbot: QtBot, engine: LocalEngine
) -> None:
    typed(window, qtbot, "a x + b")

    def asked() -> int:
        return sum(isinstance(each, ExplainMissing) for each in engine.questions)

    assert asked() == 0
    panel = _panel(window)
    panel.come_to_front()
    qtbot.waitUntil(lambda: asked() == 1, timeout=SOON_MS)
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: window.state.progress.newest_step > 0, timeout=SOON_MS)
    assert asked() == 1
    window.workbench.train_or_pause()
    qtbot.waitUntil(lambda: asked() == 2, timeout=SOON_MS)


def test_that_it_says_why_nothing_is_told_of_the_graph_of_a_gradient(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "a x^2")
    window.workbench.choose_order(2)
    panel = _panel(window)
    panel.come_to_front()
    qtbot.waitUntil(lambda: "first gradients" in panel.summary.text(), timeout=SOON_MS)
    assert _rows(panel) == []


def test_that_a_search_is_cancelled_by_a_button_and_begun_again_by_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = written(tmp_path, NET)
    window.workbench.choose_own(model_of(path))
    qtbot.waitUntil(lambda: stands(window, str(path)), timeout=SOON_MS)
    panel = _panel(window)
    controller = window.workbench.missing
    stopped = controller.changed.connect(
        lambda: panel.cancel.click() if controller.searching and panel.cancel.isVisible() else None
    )
    action(window, "gradviz.step.missing").trigger()
    qtbot.waitUntil(lambda: controller.cancelled, timeout=SOON_MS)
    controller.changed.disconnect(stopped)
    assert panel.summary.text() == "Not searched: it was cancelled."
    assert _rows(panel) == []
    assert panel.cancel.text() == "Search again"
    panel.cancel.click()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 2, timeout=SOON_MS)
    assert not panel.cancel.isVisible()
