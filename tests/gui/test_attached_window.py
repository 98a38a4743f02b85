"""A window on the tensors of another program: everything about the pass, nothing about training."""

import math
import sys
from collections.abc import Iterator

import pytest
import torch
from local_presenter import LocalPresenter
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from windows import opened

from gradviz import app
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.engine.captured.captured import Captured
from gradviz.engine.captured.kept_pass import Shown, frozen
from gradviz.protocol.commands import Ask, ForgetKept, KeepRecording, Withdraw
from gradviz.ui.actions import all_actions, model_menu, train_menu
from gradviz.ui.actions.registry import ATTACHED
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.models_panel import ModelsPanel
from gradviz.ui.state.window_state import Notice


def _passes(count: int) -> list[Shown]:
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    passes = []
    for step in range(0, 10 * count, 10):
        captured = Captured((w**2).sum(), {"w": w})
        passes.append(Shown(frozen(captured.recording), f"step {step}", captured.number, step=step))
        with torch.no_grad():
            w += 1
    return passes


def _values(window: MainWindow) -> tuple[float, ...] | None:
    """Return the values of the parameter that is shown."""
    graph = window.state.graph
    assert graph is not None
    value = next(node.value for node in graph.nodes if node.op == "w")
    return value.values if isinstance(value, TensorSummary) else None


@pytest.fixture
def presenter() -> LocalPresenter:
    return LocalPresenter(_passes(1))


@pytest.fixture
def attached(presenter: LocalPresenter, settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    window = opened(presenter, settings, qtbot)
    yield window
    window.close()


def test_that_it_shows_the_pass_and_walks_through_it(attached: MainWindow, qtbot: QtBot) -> None:
    state = attached.state
    assert attached.windowTitle() == "loss — gradviz"
    assert _values(attached) == (1.0, 2.0)
    QTest.keyClick(attached.canvas.view, Qt.Key.Key_End)
    assert state.cursor == len(state.steps) == 3
    assert state.current_node == state.steps[-1].node


def test_that_nothing_is_offered_that_only_the_other_program_can_do(attached: MainWindow) -> None:
    for action in (*model_menu.ACTIONS, *train_menu.ACTIONS):
        if action is not None:
            made = attached.actions_made[action]
            assert not made.isEnabled(), action.id
            assert made.toolTip() == ATTACHED
    assert attached.top.field.isReadOnly()
    assert attached.top.field.toolTip() == ATTACHED
    assert not any(button.isEnabled() for button in attached.top.modes.values())
    models = attached.panels.widgets["models"]
    assert isinstance(models, ModelsPanel)
    assert not models.list.isEnabled()


def test_that_every_action_that_is_offered_asks_only_what_can_be_answered(
    attached: MainWindow, presenter: LocalPresenter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = (
        "export_graph",
        "export_plots",
        "export_film",
        "export_publication",
        "export_formulas",
    )
    shown = ("documentation", "shortcuts", "signs", "about", "whats_new")
    asking = {
        attached: ("show_palette", "quit"),
        attached.exports: exports,
        attached.help: ("report_problem", *(f"show_{each}" for each in shown)),
    }
    for part, names in asking.items():
        for name in names:
            monkeypatch.setattr(part, name, lambda *_: None)
    monkeypatch.setattr(attached.session_files, "ask_for_file", lambda: None)
    faults: list[Notice] = []
    attached.state.noticed.connect(faults.append)
    for action in all_actions():
        if attached.actions_made[action].isEnabled():
            attached.actions_made[action].trigger()
            QApplication.processEvents()
    qtbot.waitUntil(lambda: not presenter.busy)
    allowed = Ask | Withdraw | KeepRecording | ForgetKept
    assert not [command for command in presenter.sent if not isinstance(command, allowed)]
    assert not [notice for notice in faults if notice.details]


def test_that_its_values_are_those_of_the_moment_of_the_call(
    attached: MainWindow, presenter: LocalPresenter, qtbot: QtBot
) -> None:
    assert _values(attached) == (1.0, 2.0)
    presenter.present(_passes(2)[1:])
    assert _values(attached) == (2.0, 3.0)


def test_that_kept_passes_are_chosen_from_a_list(
    attached: MainWindow, presenter: LocalPresenter, qtbot: QtBot
) -> None:
    chooser = attached.findChild(QComboBox, "passes")
    assert chooser is not None
    assert chooser.isHidden()
    presenter.present(_passes(3))
    assert chooser.isVisible()
    assert [chooser.itemText(row) for row in range(3)] == ["step 0", "step 10", "step 20"]
    assert chooser.currentIndex() == 2
    before = attached.state.trace
    chooser.setFocus()
    QTest.keyClick(chooser, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: attached.state.trace is not before)
    assert chooser.currentIndex() == 1
    built = attached.state.built
    assert built is not None
    assert built.output == 13.0
    assert _values(attached) == (2.0, 3.0)


def test_that_no_work_of_it_is_kept_for_after_a_crash(
    attached: MainWindow, settings: QSettings, qtbot: QtBot
) -> None:
    attached.recovery.keep()
    assert attached.state.left_open is None
    assert attached.recovery._path is None


def test_that_an_output_of_several_numbers_is_not_told_as_one(
    attached: MainWindow, presenter: LocalPresenter
) -> None:
    assert attached.state.output_number == 5.0
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    captured = Captured(w**2, {"w": w})
    presenter.present([Shown(frozen(captured.recording), "output", captured.number)])
    assert attached.state.output_number is None
    captured = Captured((w * torch.nan).sum(), {"w": w})
    presenter.present([Shown(frozen(captured.recording), "output", captured.number)])
    assert math.isnan(attached.state.output_number or 0.0)


def test_that_the_graph_is_drawn_before_the_modules_for_plots_are_loaded(
    presenter: LocalPresenter,
    settings: QSettings,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    happened: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(app, "user_settings", lambda: settings)
    monkeypatch.setattr(app, "load_the_rest", lambda: happened.append("loaded"))
    _, window = app.open_window(engine=presenter)
    window.canvas.placed.connect(lambda _: happened.append("placed"))
    try:
        qtbot.waitUntil(lambda: "loaded" in happened)
        assert happened == ["placed", "loaded"]
    finally:
        window.close()
