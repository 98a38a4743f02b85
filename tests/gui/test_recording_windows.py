"""Recordings in files: a window shows what another program has recorded, and builds nothing."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import torch
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import action
from windows import PATIENCE_MS, opened

import gradviz
from gradviz.app import ENGINE_COMMAND
from gradviz.core.graphs.places import TensorPlace
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import (
    CountElements,
    ElementsCounted,
    ExplainMissing,
    MissingGradients,
    Question,
    ReadTensorPage,
    TensorPage,
)
from gradviz.ui.actions.registry import ATTACHED
from gradviz.ui.bridge import RecordingBridge
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.window_state import Notice

_OTHER_WINDOW = "gradviz.ui.controllers.sessions.other_window"
pytestmark = pytest.mark.usefixtures("layouts")


class _Net(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Linear(3, 4)
        self.last = torch.nn.Linear(4, 1)
        self.unused = torch.nn.Linear(2, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.last(torch.tanh(self.first(x)))
        return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a pass of a module."""
    torch.manual_seed(1)
    return gradviz.capture(_Net(), inputs=torch.randn(1, 3)).save(tmp_path / "net.gviz")


@pytest.fixture
def recording(path: Path, settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window on the file, as the command line does."""
    window = opened(RecordingBridge((*ENGINE_COMMAND, str(path))), settings, qtbot)
    qtbot.waitUntil(lambda: window.state.trace is not None, timeout=PATIENCE_MS)
    yield window
    window.close()


def test_that_a_window_shows_the_file_with_its_walk_groups_and_tensors(
    recording: MainWindow, qtbot: QtBot
) -> None:
    torch.manual_seed(1)
    net = _Net()
    x = torch.randn(1, 3)
    net(x).sum().backward()
    state = recording.state
    assert state.graph is not None
    assert state.trace is not None
    assert {group.title for group in state.graph.groups} >= {"first", "last"}
    recording.workbench.move_cursor(len(state.trace.steps))
    assert state.cursor == len(state.trace.steps)
    (weight,) = (node for node in state.graph.nodes if node.op == "first.weight")
    answers: list[Answered] = []
    asked: tuple[Question, ...] = (
        ReadTensorPage(place=TensorPlace(weight.id, "gradient")),
        CountElements(),
        ExplainMissing(),
    )
    for count, question in enumerate(asked, 1):
        recording.workbench.inspection.ask(question, answers.append, _refused)
        qtbot.waitUntil(partial(_has, answers, count), timeout=PATIENCE_MS)
    page, counts, missing = (each.answer for each in answers)
    assert isinstance(page, TensorPage)
    assert isinstance(counts, ElementsCounted)
    assert net.first.weight.grad is not None
    assert page.values is not None
    assert page.values.numpy().tolist() == net.first.weight.grad.tolist()
    assert isinstance(missing, MissingGradients)
    assert {each.name for each in missing.missing} == {"unused.weight", "unused.bias"}


def _has(answers: list[Answered], count: int) -> bool:
    return len(answers) == count


def _refused(event: Unanswered) -> None:
    raise AssertionError(event.message)


def test_that_what_needs_the_model_is_disabled_and_says_why(recording: MainWindow) -> None:
    for name in ("gradviz.file.save_session", "gradviz.model.open", "gradviz.train.run"):
        made = action(recording, name)
        assert not made.isEnabled()
        assert made.toolTip() == ATTACHED
    assert recording.state.built is not None
    assert recording.state.built.snapshot.equation == "_Net, a recording in a file"


def test_that_a_session_window_opens_a_recording_in_a_window_of_its_own(
    path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []

    def start(path: Path) -> str:
        started.append(path)
        return ""

    monkeypatch.setattr(f"{_OTHER_WINDOW}.start_window", start)
    before = window.state.built
    window.session_files.open(path)
    assert started == [path]
    assert window.state.built is before
    assert window.session_files.recent() == [path]


def test_that_a_damaged_recording_is_told_in_the_window(
    path: Path, settings: QSettings, qtbot: QtBot
) -> None:
    path.write_bytes(path.read_bytes()[:-40])
    bridge = RecordingBridge((*ENGINE_COMMAND, str(path)))
    bridge.start()
    window = MainWindow(bridge, settings)
    qtbot.addWidget(window)
    notices: list[Notice] = []
    window.state.noticed.connect(notices.append)
    window.show()
    qtbot.waitUntil(lambda: bool(notices), timeout=PATIENCE_MS)
    window.close()
    assert "no recording of gradviz, or it is damaged" in notices[0].message
