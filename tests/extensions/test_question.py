"""A made-up question: its Structs, one marked function, and a panel and a verb can ask it."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from local_engine import LocalEngine
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from questions import answer_of, refusal_of
from windows import opened

from gradviz.core.choices.settings import Model
from gradviz.core.errors import RecordingError
from gradviz.engine.inspection import answers as table
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import Answered, Unanswered
from gradviz.ui.main_window import MainWindow


class FindDeepest(msgspec.Struct, frozen=True, tag=True):
    """Which leaf of this name is farthest from the output?"""

    name: str


class DeepestFound(msgspec.Struct, frozen=True, tag=True):
    """The id of that leaf."""

    node: str


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the question in the one table."""
    table.load_answers()
    monkeypatch.setattr(table, "_ANSWERERS", dict(table._ANSWERERS))

    def deepest(question: FindDeepest, inspected: Inspected) -> DeepestFound:
        graph = inspected.recording.graph
        for node in reversed(graph.nodes):
            if node.op == question.name:
                return DeepestFound(node.id)
        raise RecordingError(f"There is no leaf {question.name}.", "Choose one of the graph.")

    kind: Any = FindDeepest
    answer: Any = deepest
    answers(kind)(answer)


@pytest.fixture
def window(engine: LocalEngine, settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window over an engine in this process."""
    window = opened(engine, settings, qtbot)
    yield window
    window.close()


def test_that_the_machine_answers_it_and_refuses_it() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="a x + b"))))
    question: Any = FindDeepest("b")
    found: Any = answer_of(machine, question)
    assert isinstance(found, DeepestFound)
    missing: Any = FindDeepest("z")
    assert refusal_of(machine, missing).message == "There is no leaf z."


def test_that_the_window_hands_the_answer_to_its_asker(window: MainWindow, qtbot: QtBot) -> None:
    answered: list[Answered] = []
    refused: list[Unanswered] = []
    for name in ("a", "z"):
        question: Any = FindDeepest(name)
        window.workbench.inspection.ask(question, answered.append, refused.append)
    qtbot.waitUntil(lambda: len(answered) + len(refused) == 2)
    graph = window.state.graph
    assert graph is not None
    (answer,) = answered
    found: Any = answer.answer
    assert graph.node[found.node].op == "a"
    assert [each.message for each in refused] == ["There is no leaf z."]
