"""Questions about a recording: the tensors that flowed, and a clear answer where they are gone."""

import torch

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.places import TensorPlace
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import CommandFailed
from gradviz.protocol.tensor_questions import AskTensorChunk, TensorChunk


def _built(source: str) -> Machine:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source=source))))
    return machine


def _asked(machine: Machine, place: TensorPlace, recording: int = 1) -> TensorChunk | CommandFailed:
    (answer,) = machine.handle(AskTensorChunk(run=1, recording=recording, place=place, count=5))
    assert isinstance(answer, TensorChunk | CommandFailed)
    return answer


def test_that_the_values_asked_for_are_those_that_flowed() -> None:
    run = Run(Model(source="autograd"))
    y_pred = run.model.forward(run.x)
    (expected,) = torch.autograd.grad(run.loss(y_pred, run.target), y_pred)  # type: ignore[arg-type]
    _, graph, trace = run.record()
    upstream = next(s for s in trace.steps if s.grad_outputs[0] and graph.node[s.node].op == "Add")
    answer = _asked(_built("autograd"), TensorPlace(upstream.node, "grad_output"))
    assert isinstance(answer, TensorChunk)
    assert answer.values.numpy().tolist() == expected[:5].tolist()


def test_that_an_older_recording_and_a_tensor_that_never_was_are_refused() -> None:
    machine = _built("autograd")
    older = _asked(machine, TensorPlace("n0", "value"), recording=0)
    never = _asked(machine, TensorPlace("n0", "saved", name="nothing"))
    assert isinstance(older, CommandFailed)
    assert isinstance(never, CommandFailed)
    assert (older.subject, never.subject) == ("recording", "recording")
