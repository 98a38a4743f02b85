"""Questions about a recording: the tensors that flowed, and a clear answer where they are gone."""

from typing import get_args

import pytest
import torch
from questions import answer_of, ask, refusal_of

from gradviz.core.choices.settings import Model
from gradviz.core.errors import RecordingError
from gradviz.core.graphs.places import TensorPlace
from gradviz.engine.inspection.answers import Inspected, answered_kinds, whole
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import BuildModel, Withdraw
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import (
    CheckGradients,
    CountElements,
    ElementsCounted,
    ExplainMissing,
    FindRule,
    FindRules,
    FindSources,
    MeasureTensor,
    Question,
    ReadTensorChunk,
    TensorChunk,
    TimePass,
)


def _built(source: str) -> Machine:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source=source))))
    return machine


def test_that_the_values_asked_for_are_those_that_flowed() -> None:
    run = Run(Model(source="autograd"))
    y_pred = run.model.forward(run.x)
    (expected,) = torch.autograd.grad(run.loss(y_pred, run.target), y_pred)  # type: ignore[arg-type]
    _, graph, trace = run.record()
    upstream = next(s for s in trace.steps if s.grad_outputs[0] and graph.node[s.node].op == "Add")
    place = TensorPlace(upstream.node, "grad_output")
    answer = answer_of(_built("autograd"), ReadTensorChunk(place=place, count=5))
    assert isinstance(answer, TensorChunk)
    assert answer.values.numpy().tolist() == expected[:5].tolist()


def test_that_an_older_recording_and_a_tensor_that_never_was_are_refused() -> None:
    machine = _built("autograd")
    kept = ReadTensorChunk(place=TensorPlace("n0", "value"))
    assert "not kept any more" in refusal_of(machine, kept, recording=0).message
    never = ReadTensorChunk(place=TensorPlace("n0", "saved", name="nothing"))
    assert "never was" in refusal_of(machine, never).message
    assert isinstance(answer_of(machine, kept), TensorChunk)


def test_that_every_kind_of_question_has_an_answer() -> None:
    assert answered_kinds() == set(get_args(Question))


def test_that_a_question_which_needs_another_pass_says_so_where_there_is_none() -> None:
    _, recording = Run(Model(source="a x + b")).recording()
    alone = Inspected(recording)
    for question in (FindRules(), FindSources(), ExplainMissing(), TimePass(), CheckGradients()):
        with pytest.raises(RecordingError, match="cannot be run again"):
            whole(question, alone)
    chunk = whole(ReadTensorChunk(place=TensorPlace("n0", "value")), alone)
    assert isinstance(chunk, TensorChunk)
    counted = whole(CountElements(), alone)
    assert isinstance(counted, ElementsCounted)
    assert counted.line == ""


def test_that_every_question_is_ended_once_whether_answered_replaced_or_withdrawn() -> None:
    machine = _built("autograd")
    place = TensorPlace("n0", "value")
    for number in (1, 2):
        list(machine.handle(ask(MeasureTensor(place=place), number=number)))
    list(machine.handle(ask(CheckGradients(), number=3)))
    list(machine.handle(Withdraw(1, 3)))
    events = list(machine.handle(ask(FindRule("n0"), number=4)))
    events += machine.handle(ask(FindRule("n0"), run=7, number=5))
    while machine.busy:
        events += machine.advance()
    ended = [
        (event.number, event.reason if isinstance(event, Unanswered) else "answered")
        for event in events
        if isinstance(event, Unanswered) or (isinstance(event, Answered) and event.last)
    ]
    assert sorted(ended) == [
        (1, "replaced"),
        (2, "answered"),
        (3, "withdrawn"),
        (4, "answered"),
        (5, "replaced"),
    ]


def test_that_another_model_ends_the_questions_in_hand() -> None:
    machine = _built("autograd")
    list(machine.handle(ask(CheckGradients(), number=3)))
    events = list(machine.handle(BuildModel(2, Model(source="a x"))))
    assert Unanswered(run=1, number=3, reason="replaced") in events
