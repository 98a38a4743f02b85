"""The loss over numbers of a model, against a plain loop of torch over the same model."""

import math
from pathlib import Path
from textwrap import dedent

import msgspec
import numpy as np
import pytest
import torch
from engine_cases import as_python_would, trees
from hypothesis import assume, given, settings
from own_models import HEAD, model_of, written
from questions import answer_of, ask, events_of, refusal_of

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExpressionError
from gradviz.core.landscapes.landscape import Landscape
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.expression import Binary, Parameter, Tree, to_text
from gradviz.protocol.commands import BuildModel, TrainOneStep, Withdraw
from gradviz.protocol.events import Answered, Event, FrameTrained, ModelBuilt, Unanswered
from gradviz.protocol.questions import LandscapeAdvanced, LandscapeMapped, MapLandscape

RANGE = (-1.5, 1.25)


def built(model: Model) -> tuple[Machine, ModelBuilt]:
    machine = Machine()
    events = list(machine.handle(BuildModel(1, model)))
    found = next((each for each in events if isinstance(each, ModelBuilt)), None)
    assert found is not None, events
    return machine, found


def question(across: str, up: str = "", columns: int = 6, rows: int = 5) -> MapLandscape:
    return MapLandscape(
        across=across, up=up, columns=columns, rows=rows, across_range=RANGE, up_range=RANGE
    )


def landscape_of(machine: Machine, asked: MapLandscape) -> Landscape:
    found = answer_of(machine, asked)
    assert isinstance(found, LandscapeMapped)
    return found.landscape


def by_hand(model: Model, across: str, up: str, x: float, y: float) -> float:
    """Return the loss of a model that was built to start there, or the output at a point."""
    point: dict[str, float] = {across: x, up: y}
    inputs = {name: value for name, value in point.items() if name and name in "xyz"}
    if model.mode == "point":
        at = inputs.pop("x", model.at)
        starts = {name: v for name, v in point.items() if name and name not in ("x", "y", "z")}
        told: dict[str, float] = {**model.point, **inputs}
        changed = Model(source=model.source, mode="point", at=at, point=told, initial=starts)
    else:
        starts = {name: value for name, value in point.items() if name}
        changed = Model(source=model.source, points=model.points, initial=starts)
    return Run(changed).recording()[0]


@pytest.mark.parametrize(
    ("source", "across", "up", "mode"),
    [
        ("autograd", "a", "d", None),
        ("autograd", "c", "", None),
        ("numpy", "a", "b", None),
        ("tensors", "b", "d", None),
        ("function", "b", "c", None),
        ("nn", "a", "d", None),
        ("optim", "b", "c", None),
        ("module", "d", "a", None),
        ("dynamic", "e", "a", None),
        ("a sin(b x) + 2", "b", "a", None),
        ("a + P3(b x)", "b", "a", None),
        ("a", "a", "", None),
        ("{x < a: b x, x}", "a", "b", None),
        ("max(a, b x)", "a", "b", None),
        ("x y + a sin(z)", "x", "z", "point"),
        ("x y + a sin(z)", "a", "y", "point"),
        ("module", "x", "d", "point"),
        ("function", "x", "", "point"),
    ],
)
def test_that_the_values_are_those_of_a_loop(
    source: str, across: str, up: str, mode: str | None
) -> None:
    model = Model(source=source, mode=mode, points=50)  # type: ignore[arg-type]
    machine, _ = built(model)
    found = landscape_of(machine, question(across, up, rows=5 if up else 1))
    values = found.values.floats()
    assert values.shape == ((5 if up else 1), 6)
    for row, y in enumerate(found.y.floats()):
        for column, x in enumerate(found.x.floats()):
            plain = by_hand(model, across, up, float(x), float(y))
            assert values[row, column] == pytest.approx(plain, rel=2e-5, abs=1e-6)


@given(trees())
@settings(deadline=None, max_examples=60)
def test_that_the_values_of_any_expression_are_those_of_plain_torch(tree: Tree) -> None:
    tree = Binary("+", Binary("*", Parameter("a"), tree), Parameter("b"))
    model = Model(source=to_text(tree), mode="fit", points=7)
    try:
        run = Run(model)
    except ExpressionError:
        # A part without a finite value is refused as it is typed.
        assume(False)
    machine, _ = built(model)
    found = landscape_of(machine, question("a", "b", columns=4, rows=3))
    assert run.target is not None
    for row, y in enumerate(found.y.floats()):
        for column, x in enumerate(found.x.floats()):
            letters = {"a": torch.tensor(x).float(), "b": torch.tensor(y).float()}
            plain = as_python_would(tree, run.x.detach(), letters)
            loss = (torch.as_tensor(plain) - run.target).pow(2).sum().item()
            value = float(found.values.floats()[row, column])
            if math.isfinite(loss):
                assert value == pytest.approx(loss, rel=1e-4, abs=1e-5)
            else:
                assert not math.isfinite(value)


def test_that_it_tells_the_point_its_value_and_the_gradient_of_autograd() -> None:
    machine, event = built(Model(source="autograd"))
    run = Run(Model(source="autograd"))
    assert run.target is not None
    loss = (run.model.forward(run.x) - run.target).pow(2).sum()
    torch.autograd.backward(loss)
    b, c = run.model.parameters["b"], run.model.parameters["c"]
    found = landscape_of(machine, question("b", "c"))
    assert found.point == (b.item(), c.item())
    assert found.value == loss.item()
    assert b.grad is not None
    assert c.grad is not None
    assert found.gradient == (b.grad.item(), c.grad.item())
    assert found.entries is not None
    assert [each.name for each in event.entries] == ["a", "b", "c", "d"]
    assert found.entries.floats().tolist() == [p.item() for p in run.model.parameters.values()]


def state_of(machine: Machine) -> list[object]:
    """Return all that a landscape could change: parameters, gradients, buffers, generators."""
    session = machine._session
    assert session is not None
    model = session.run.model
    tensors = list(model.parameters.values())
    found: list[object] = [(t.data_ptr(), t._version, t.tolist()) for t in tensors]
    found += [None if t.grad is None else t.grad.tolist() for t in tensors]
    found += [(t.data_ptr(), t.tolist()) for t in (model.module.buffers() if model.module else ())]
    return [*found, torch.get_rng_state().tolist(), repr(np.random.get_state())]


def losses_in(events: list[Event]) -> list[list[float]]:
    frames = (each for each in events if isinstance(each, FrameTrained))
    return [each.losses.floats().tolist() for each in frames]


NOISY = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(3, 4)
            self.norm = nn.BatchNorm1d(4)
            self.drop = nn.Dropout(0.5)
            self.second = nn.Linear(4, 1)

        def forward(self, x):
            return self.second(self.drop(self.norm(self.first(x)))).pow(2).sum()
    """
)
PLAIN = HEAD + dedent(
    """
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(3, 4)
            self.second = nn.Linear(4, 1)

        def forward(self, x):
            return self.second(torch.tanh(self.first(x))).pow(2).sum()
    """
)


@pytest.fixture(params=["autograd", "numpy", "nn", "plain", "noisy"])
def model(request: pytest.FixtureRequest, tmp_path: Path) -> Model:
    texts = {"plain": PLAIN, "noisy": NOISY}
    if request.param not in texts:
        return Model(source=request.param)
    return model_of(written(tmp_path, texts[request.param]), "Net", inputs="randn(8, 3)")


def test_that_it_changes_nothing_bit_for_bit(model: Model) -> None:
    machine, event = built(model)
    before = state_of(machine)
    names = [each.name for each in event.entries]
    landscape_of(machine, question(names[0], names[1]))
    assert state_of(machine) == before
    training = event.training
    trained = [each for _ in range(3) for each in machine.handle(TrainOneStep(1, training))]
    machine, event = built(model)
    plain = [each for _ in range(3) for each in machine.handle(TrainOneStep(1, training))]
    assert losses_in(trained) == losses_in(plain)


@pytest.mark.parametrize("text", [PLAIN, NOISY])
def test_that_the_entries_of_a_module_are_moved_as_by_hand(tmp_path: Path, text: str) -> None:
    model = model_of(written(tmp_path, text), "Net", inputs="randn(8, 3)")
    machine, event = built(model)
    names = [each.name for each in event.entries]
    assert names[:4] == [f"first.weight[0, {i}]" for i in range(3)] + ["first.weight[1, 0]"]
    assert "second.bias" in names
    found = landscape_of(machine, question("first.weight[1, 0]", "second.bias"))
    for row, y in enumerate(found.y.floats()):
        for column, x in enumerate(found.x.floats()):
            initial = {"first.weight[1, 0]": float(x), "second.bias": float(y)}
            plain = Run(msgspec.structs.replace(model, initial=initial)).recording()[0]
            assert found.values.floats()[row, column] == pytest.approx(plain, rel=1e-4)


def test_that_one_that_takes_long_tells_its_progress_and_can_be_withdrawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_PATIENCE_S", "_PART_S", "_TELLING_S"):
        monkeypatch.setattr(f"gradviz.engine.inspection.landscape.answered_maps.{name}", 0.0)
    model = model_of(written(tmp_path, NOISY), "Net", inputs="randn(8, 3)")
    machine, _ = built(model)
    events = events_of(machine, question("first.weight[0]", "second.bias"))
    told = [e.answer for e in events if isinstance(e, Answered) and not e.last]
    assert all(isinstance(each, LandscapeAdvanced) and each.total == 30 for each in told)
    assert len(told) > 5
    assert list(machine.handle(ask(question("first.weight[0]"), number=7))) == []
    assert machine.busy
    list(machine.handle(Withdraw(1, 7)))
    (ended,) = machine.advance()
    assert isinstance(ended, Unanswered)
    assert ended.reason == "withdrawn"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (question("q"), "no number 'q'"),
        (question("a", "a"), "both axes"),
        (question("a", columns=0), "cannot be computed"),
        (MapLandscape(across="a", across_range=(0.0, math.inf)), "finite"),
        (MapLandscape(across="a", across_range=(1.0, 0.0)), "larger"),
    ],
)
def test_that_what_cannot_be_mapped_is_refused_in_a_sentence(
    asked: MapLandscape, told: str
) -> None:
    machine, _ = built(Model(source="autograd"))
    refusal = refusal_of(machine, asked)
    assert told in refusal.message
    assert refusal.hint
    assert not refusal.details


def test_that_a_place_that_the_loss_does_not_take_has_no_value() -> None:
    machine, _ = built(Model(source="a sqrt(b)", points=5))
    values = landscape_of(machine, question("b", "a")).values.floats()
    assert not np.isfinite(values[:, 0]).any()
    assert np.isfinite(values[:, -1]).all()


def test_that_a_large_model_tells_some_numbers_of_each_parameter(tmp_path: Path) -> None:
    made = "net = nn.Sequential(nn.Linear(30, 40), nn.Linear(40, 30))\n"
    model = model_of(written(tmp_path, HEAD + made), "net", inputs="randn(2, 30)")
    machine, event = built(model)
    assert len(event.entries) <= 1024
    assert {each.leaf for each in event.entries} == {"0.weight", "0.bias", "1.weight", "1.bias"}
    entries = event.snapshot.entries
    assert entries is not None
    run = Run(model)
    for entry, value in zip(event.entries, entries.floats(), strict=True):
        assert run.model.parameters[entry.leaf].reshape(-1)[entry.index].item() == value
    found = landscape_of(machine, question("1.weight[29, 39]", columns=3, rows=1))
    assert found.across == "1.weight[29, 39]"
