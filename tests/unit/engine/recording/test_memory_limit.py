"""A recording over its memory: what is let go is found again, the same bit for bit."""

from pathlib import Path

import pytest
import torch
from own_models import HEAD, model_of, written
from questions import answer_of

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import RecordingError
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import ENGLISH, Translations, use
from gradviz.engine.machine import Machine
from gradviz.engine.recording.memory_limit import limited, places_of
from gradviz.engine.recording.recording import Recording, Tensors
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import BuildModel, StartTraining
from gradviz.protocol.events import BackwardRecorded
from gradviz.protocol.questions import ReadTensorPage, TensorPage

NOTHING = 0
_DROPOUT = HEAD + (
    "def build():\n"
    "    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(), nn.Linear(4, 1))\n"
    "def example_inputs():\n"
    "    return torch.randn(6, 3)\n"
)


def recording_of(run: Run, step: int = 0) -> Recording:
    return run.recording(step)[1]


def test_that_what_is_let_go_comes_again_bit_for_bit_with_chance_and_running_means(
    tmp_path: Path,
) -> None:
    run = Run(model_of(written(tmp_path, _DROPOUT), "build"))
    kept, small = recording_of(run, 3), recording_of(run, 3)
    expected = {place: tensor.detach().clone() for place, tensor in places_of(kept.tensors)}
    let_go = limited(small, NOTHING, lambda: recording_of(run, 3))
    assert let_go
    # The leaves are the model's own, whatever the limit.
    assert all(small.graph.node[p.node].kind != "leaf" or p.part != "value" for p in let_go)
    for place, tensor in expected.items():
        found = small.tensors.at(place)
        assert torch.equal(found, tensor), place
        assert (small.graph, small.trace) == (kept.graph, kept.trace)


def test_that_memory_which_tensors_share_is_counted_once() -> None:
    # One megabyte, at four places: a view, a gradient that is passed on, and itself.
    shared = torch.zeros(250_000)
    tensors = Tensors(
        values={"n0": shared},
        saved={"n0": {"self": shared[10:]}},
        grad_inputs={"n0": (shared, None)},
        grad_outputs={"n1": (shared,)},
    )
    empty = Recording(
        Graph(nodes=(), edges=(), output="n0"), Trace(steps=(), leaf_grads={}), tensors
    )
    assert limited(empty, 1, lambda: empty) == ()
    tensors.values["n1"] = torch.zeros(10)
    let_go = limited(empty, 1, lambda: empty)
    assert len(let_go) == 4
    assert tensors.values["n1"].device.type == "cpu"
    assert tensors.grad_inputs["n0"][1] is None


def test_that_the_machine_says_which_tensors_it_let_go_and_still_shows_them() -> None:
    pages = []
    for recording_mb in (512, NOTHING):
        machine = Machine()
        events = list(machine.handle(BuildModel(1, Model(source="autograd"), recording_mb)))
        recorded = next(event for event in events if isinstance(event, BackwardRecorded))
        assert bool(recorded.let_go) == (recording_mb == NOTHING)
        node = next(node.id for node in recorded.graph.nodes if node.op == "Mul")
        place = TensorPlace(node, "value")
        page = answer_of(machine, ReadTensorPage(place=place))
        pages.append(page)
    one, other = pages
    assert isinstance(one, TensorPage)
    assert isinstance(other, TensorPage)
    assert one.values == other.values


def test_that_a_pass_of_other_weights_is_not_taken_for_the_one_that_was_recorded() -> None:
    run = Run(Model(source="autograd"))
    recording = recording_of(run)
    place, *_ = limited(recording, NOTHING, lambda: recording_of(run))
    with torch.no_grad():
        run.model.parameters["a"].add_(1)
    with pytest.raises(RecordingError, match="the model has changed since"):
        recording.tensors.at(place)


def test_that_a_tensor_that_training_has_changed_says_so() -> None:
    run = Run(Model(source="autograd"))
    recording = recording_of(run)
    leaf = next(node.id for node in recording.graph.nodes if node.op == "a")
    other = next(node.id for node in recording.graph.nodes if node.op == "b")
    with torch.no_grad():
        run.model.parameters["a"].add_(1)
    assert recording.tensors.changed(TensorPlace(leaf, "value"))
    assert not recording.tensors.changed(TensorPlace(other, "value"))


def test_that_the_optimizers_state_of_a_parameter_is_shown() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="autograd"))))
    training = Training(optimizer="adam", learning_rate=1e-3, steps=2)
    events = list(machine.handle(StartTraining(1, training)))
    while machine.busy:
        events += machine.advance()
    recorded = [event for event in events if isinstance(event, BackwardRecorded)][-1]
    leaf = next(node.id for node in recorded.graph.nodes if node.op == "a")
    place = TensorPlace(leaf, "buffer", name="exp_avg")
    page = answer_of(machine, ReadTensorPage(place=place), recording=recorded.recording)
    assert isinstance(page, TensorPage)
    assert page.values is not None
    session = machine._session
    assert session is not None
    state = session.trainer._stepper.optimizer.state()["state"][0]
    assert page.values.numpy().item() == state["exp_avg"].item() != 0


def test_that_a_pass_is_the_same_in_another_language(tmp_path: Path) -> None:
    hooked = HEAD + (
        "class Net(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.w = nn.Parameter(torch.ones(3))\n"
        "    def forward(self):\n"
        "        y = self.w * 2\n"
        "        y.register_hook(lambda gradient: gradient)\n"
        "        return y * y\n"
    )
    run = Run(model_of(written(tmp_path, hooked), "Net"))
    recording = recording_of(run)
    expected = {place: tensor.clone() for place, tensor in places_of(recording.tensors)}
    places = limited(recording, NOTHING, lambda: recording_of(run))
    note = "A hook is set here: it can change the gradient that arrives."
    assert note in {node.note for node in recording.graph.nodes}
    use(Translations("zh_CN", {note: "这里设有钩子。"}))
    try:
        assert recording_of(run).graph != recording.graph
        assert all(torch.equal(recording.tensors.at(each), expected[each]) for each in places)
    finally:
        use(Translations(ENGLISH))
