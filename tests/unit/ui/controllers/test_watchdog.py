"""When the user is told that the engine is silent, and what Stop does then."""

import pytest
from pytestqt.qtbot import QtBot

from gradviz.core.choices.comparison import Candidate
from gradviz.core.choices.settings import Model, Training
from gradviz.ui.controllers import watchdog
from gradviz.ui.controllers.watchdog import Watchdog
from gradviz.ui.state.window_state import Notice, State


@pytest.fixture
def state(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> State:
    """Return a state in which a user's own model is chosen, with little patience."""
    monkeypatch.setattr(watchdog, "PATIENCE_S", 0.0)
    monkeypatch.setattr(watchdog, "PATIENCE_WITH_PYTORCH_S", 0.0)
    monkeypatch.setattr(watchdog, "_LOOK_MS", 5)
    state = State()
    state.engine = "ready"
    state.model = Model(source="/a/net.py:Net", trusted="0" * 64)
    return state


def test_that_silence_is_told_with_stop_and_taken_back_at_the_next_word(
    state: State, qtbot: QtBot
) -> None:
    watching = Watchdog(state, state)
    told: list[Notice] = []
    withdrawn: list[Notice] = []
    state.noticed.connect(told.append)
    state.withdrawn.connect(withdrawn.append)
    state.building = True
    state.building_changed.emit()
    qtbot.waitUntil(lambda: bool(told))
    assert "net.py:Net has not answered" in told[0].message
    assert told[0].action == "gradviz.model.stop"
    for _ in range(2):
        with qtbot.waitSignal(watching._clock.timeout):
            pass
    assert len(told) == 1
    watching.hear()
    assert withdrawn == told


@pytest.mark.parametrize("work", ["building", "training"])
def test_that_silence_is_told_of_a_model_that_is_no_file_too(
    work: str, state: State, qtbot: QtBot
) -> None:
    state.model = Model(source="a x + b")
    watching = Watchdog(state, state)
    told: list[Notice] = []
    state.noticed.connect(told.append)
    state.building, state.progress.running = work == "building", work == "training"
    state.building_changed.emit()
    qtbot.waitUntil(lambda: bool(told))
    assert "PyTorch's process has not answered" in told[0].message
    assert told[0].action == "gradviz.model.stop"
    found: list[str] = []
    watching.stop(lambda: found.append("end"), lambda: found.append("pause"))
    assert found == ["end"]


def test_that_another_model_is_waited_for_longer_than_a_file(
    state: State, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "PATIENCE_WITH_PYTORCH_S", 1e9)
    watching = Watchdog(state, state)
    state.building = True
    qtbot.waitUntil(lambda: watching.silent)
    state.model = Model(source="a x + b")
    assert not watching.silent


def test_that_a_silent_model_among_the_compared_runs_is_told_and_ended(
    state: State, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "PATIENCE_WITH_PYTORCH_S", 1e9)
    training = Training(optimizer="sgd", learning_rate=0.1)
    for model in (Model(source="autograd"), state.model):
        state.comparison.add(Candidate(title="", model=model, training=training))
    state.model = Model(source="autograd")
    watching = Watchdog(state, state)
    told: list[Notice] = []
    state.noticed.connect(told.append)
    state.comparison.begin()
    state.training_changed.emit()
    qtbot.waitUntil(lambda: bool(told))
    assert "net.py:Net has not answered" in told[0].message
    found: list[str] = []
    watching.stop(lambda: found.append("end"), lambda: found.append("pause"))
    watching.hear()
    state.comparison.remove(2)
    watching.stop(lambda: found.append("end"), lambda: found.append("pause"))
    assert found == ["end", "pause"]


@pytest.mark.parametrize(
    ("building", "running", "own", "done"),
    [
        (True, False, True, ["end"]),
        (False, True, True, ["end"]),
        (True, False, False, ["end"]),
        (False, True, False, ["pause"]),
        (False, False, True, []),
    ],
)
def test_that_stop_pauses_what_answers_and_ends_what_does_not(
    state: State,
    building: bool,
    running: bool,
    own: bool,
    done: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state.building, state.progress.running = building, running
    if not own:
        state.model = Model(source="autograd")
        monkeypatch.setattr(watchdog, "PATIENCE_WITH_PYTORCH_S", 1e9)
    found: list[str] = []
    watching = Watchdog(state, state)
    watching.stop(lambda: found.append("end"), lambda: found.append("pause"))
    assert found == done
