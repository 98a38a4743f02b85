"""A question that runs the pass again ends within the pass, once nobody waits for its answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from own_models import HEAD, model_of, written
from questions import answer_of, ask
from torch import nn
from torch.nn.modules.module import register_module_forward_hook

from gradviz.core.choices.settings import Model
from gradviz.engine.inspection.waiting_commands import WaitingCommands
from gradviz.engine.machine import Machine
from gradviz.protocol.commands import Ask, BuildModel, Command, Withdraw
from gradviz.protocol.events import Answered, Event, ModelBuilt, Unanswered
from gradviz.protocol.questions import (
    CountFlops,
    ExplainMissing,
    FindRule,
    FindRules,
    FindSources,
    Question,
    TimePass,
)

CALLS = 20
#: It catches all that is raised within it, counts its passes, and has a leaf without a gradient.
NET = f"""{HEAD}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range({CALLS})])
        self.unused = nn.Parameter(torch.ones(2))
        self.register_buffer("passes", torch.zeros(()))

    def forward(self, x):
        self.passes += 1
        torch.rand(3)
        for layer in self.layers:
            try:
                x = layer(x)
            except Exception:
                x = x * 2
        return x


def example_inputs():
    return torch.ones(1, 2)
"""
PASSES = [FindRule("n3"), FindRules(), FindSources(), ExplainMissing(), CountFlops(), TimePass()]


class _Engine:
    """A machine, and the commands that arrive while it answers."""

    def __init__(self, folder: Path, content: str = NET) -> None:
        self.waiting = WaitingCommands()
        self.machine = Machine(self.waiting)
        self.commands: list[Command] = []
        self.model = model_of(written(folder, content))
        self.send(BuildModel(1, self.model))
        self.events()

    def send(self, command: Command) -> None:
        self.waiting.arrive(command)
        self.commands.append(command)

    def events(self) -> list[Event]:
        """Return the events until there is nothing more to do."""
        found: list[Event] = []
        while self.commands or self.machine.busy:
            if self.commands:
                found += self.machine.handle(self.commands.pop(0))
            found += self.machine.advance()
        return found


@contextmanager
def _after_calls(count: int, act: Callable[[], None]) -> Iterator[list[str]]:
    """Act after so many calls of layers within; within are the types of all that were called."""
    called: list[str] = []

    def hear(module: nn.Module, _args: object, _output: object) -> None:
        called.append(type(module).__name__)
        if called.count("Linear") == count:
            act()

    hook = register_module_forward_hook(hear)
    try:
        yield called
    finally:
        hook.remove()


def _reasons(events: list[Event]) -> dict[int, str]:
    ended = (event for event in events if not isinstance(event, Answered) or event.last)
    return {
        event.number: event.reason if isinstance(event, Unanswered) else "answered"
        for event in ended
        if isinstance(event, Unanswered | Answered)
    }


@pytest.mark.parametrize("question", PASSES, ids=lambda each: type(each).__name__)
def test_that_a_withdrawn_question_ends_within_its_pass(tmp_path: Path, question: Question) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(question, number=7))
    with _after_calls(3, lambda: engine.send(Withdraw(1, 7))) as called:
        events = engine.events()
    assert _reasons(events) == {7: "withdrawn"}
    assert called.count("Linear") == 3


@pytest.mark.parametrize("question", PASSES, ids=lambda each: type(each).__name__)
def test_that_the_model_and_chance_are_as_they_were(tmp_path: Path, question: Question) -> None:
    engine = _Engine(tmp_path)
    untouched = answer_of(engine.machine, FindRules())
    before = torch.get_rng_state()
    engine.send(ask(question, number=7))
    with _after_calls(3, lambda: engine.send(Withdraw(1, 7))):
        engine.events()
    assert torch.equal(torch.get_rng_state(), before)
    # Rules say so where the weights, the buffers or the pass are others than those recorded.
    assert answer_of(engine.machine, FindRules()) == untouched


def test_that_a_question_that_was_withdrawn_before_its_turn_runs_nothing(tmp_path: Path) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(FindSources(), number=7))
    engine.send(Withdraw(1, 7))
    with _after_calls(1, lambda: None) as called:
        assert _reasons(engine.events()) == {7: "withdrawn"}
    assert not called


def test_that_a_newer_search_ends_the_one_in_hand(tmp_path: Path) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(ExplainMissing(), number=7))
    with _after_calls(3, lambda: engine.send(ask(ExplainMissing(), number=8))) as called:
        assert _reasons(engine.events()) == {7: "replaced", 8: "answered"}
    # The newer one runs the pass twice.
    assert called.count("Linear") == 3 + 2 * CALLS


def test_that_a_newer_rule_waits_for_the_one_that_finds_it_too(tmp_path: Path) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(FindRule("n3"), number=7))
    with _after_calls(3, lambda: engine.send(ask(FindRule("n4"), number=8))) as called:
        assert _reasons(engine.events()) == {7: "answered", 8: "answered"}
    assert called.count("Linear") == CALLS


@pytest.mark.parametrize("question", PASSES, ids=lambda each: type(each).__name__)
def test_that_a_newer_model_is_built_first(tmp_path: Path, question: Question) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(question, number=7))
    newer = BuildModel(2, Model(source="a x"))
    with _after_calls(3, lambda: engine.send(newer)) as called:
        events = engine.events()
    assert _reasons(events) == {7: "replaced"}
    assert any(isinstance(event, ModelBuilt) and event.run == 2 for event in events)
    assert called.count("Linear") == 3


@pytest.mark.parametrize("question", PASSES, ids=lambda each: type(each).__name__)
def test_that_a_question_is_answered_where_the_newer_model_fails(
    tmp_path: Path, question: Question
) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(question, number=7))
    with _after_calls(3, lambda: engine.send(BuildModel(2, Model(source="a +")))):
        assert _reasons(engine.events())[7] == "answered"


def test_that_another_question_is_not_ended(tmp_path: Path) -> None:
    engine = _Engine(tmp_path)
    engine.send(ask(FindSources(), number=7))

    def act() -> None:
        engine.send(Withdraw(1, 6))
        engine.send(Withdraw(2, 7))
        engine.send(Ask(run=2, recording=1, number=9, question=FindSources()))

    with _after_calls(3, act):
        assert _reasons(engine.events()) == {7: "answered", 9: "replaced"}


def test_that_a_model_which_catches_everything_is_interrupted_too(tmp_path: Path) -> None:
    engine = _Engine(tmp_path, NET.replace("except Exception:", "except:"))
    engine.send(ask(FindRule("n3"), number=7))
    with _after_calls(3, lambda: engine.send(Withdraw(1, 7))):
        assert _reasons(engine.events()) == {7: "withdrawn"}
    fresh = _Engine(tmp_path, NET)
    assert answer_of(engine.machine, FindRule("n3")) == answer_of(fresh.machine, FindRule("n3"))
