"""A user's own model: what is built of it, and that nothing runs without trust."""

from pathlib import Path

import numpy as np
import pytest
import torch
from own_models import HEAD, NET, built_in, model_of, refused, written
from safetensors.torch import save_file
from torch import nn

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.commands import BuildModel, StartTraining
from gradviz.protocol.events import BackwardRecorded, CommandFailed, FrameTrained

CANARY = """
from pathlib import Path
Path({mark!r}).write_text("executed")
from torch import nn
class Net(nn.Linear):
    def __init__(self):
        super().__init__(2, 1)
"""


class Reference(nn.Module):
    """The module of NET, as the tests know it."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(3, 4)
        self.second = nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = self.second(torch.tanh(self.first(x)))
        return result


@pytest.mark.parametrize("trusted", ["", "0" * 64])
def test_that_a_file_without_trust_leaves_no_mark(tmp_path: Path, trusted: str) -> None:
    mark = tmp_path / "mark"
    path = written(tmp_path, CANARY.format(mark=str(mark)))
    failed = refused(model_of(path, inputs="randn(1, 2)", trusted=trusted))
    assert failed.subject == "trust"
    assert not mark.exists()
    built_in(Machine(), model_of(path, inputs="randn(1, 2)"))
    assert mark.read_text() == "executed"


def test_that_trust_ends_with_a_change_of_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, NET)
    model = model_of(path)
    built_in(Machine(), model)
    mark = tmp_path / "mark"
    path.write_text(NET + CANARY.format(mark=str(mark)))
    assert refused(model).subject == "trust"
    assert not mark.exists()


def test_that_gradients_are_those_of_the_module_in_a_plain_script(tmp_path: Path) -> None:
    run = Run(model_of(written(tmp_path, NET)))
    value, graph, trace = run.record()
    torch.manual_seed(0)
    module = Reference()
    output = module(torch.randn(5, 3)).sum()
    output.backward()
    assert value == output.item()
    found = {graph.node[leaf].op: gradient for leaf, gradient in trace.leaf_grads.items()}
    expected = {name: each.grad for name, each in module.named_parameters()}
    assert found.keys() == expected.keys()
    for name, gradient in expected.items():
        assert gradient is not None
        assert found[name].norm == pytest.approx(float(gradient.norm()), rel=1e-6)


def test_that_training_makes_the_output_small_as_a_plain_loop_does(tmp_path: Path) -> None:
    machine = Machine()
    built_in(machine, model_of(written(tmp_path, NET)))
    steps = Training(optimizer="adam", learning_rate=1e-2, steps=20)
    losses: list[float] = []
    for event in machine.handle(StartTraining(1, steps)):
        assert not isinstance(event, CommandFailed), event
    while machine.training:
        for event in machine.advance():
            if isinstance(event, FrameTrained):
                losses.extend(event.losses.floats())
                assert event.prediction is None
    torch.manual_seed(0)
    module = Reference()
    x = torch.randn(5, 3)
    optimizer = torch.optim.Adam(module.parameters(), lr=1e-2)
    expected = []
    for _ in range(20):
        loss = module(x).sum()
        expected.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert losses == expected


def test_that_looking_at_a_step_changes_nothing(tmp_path: Path) -> None:
    """Dropout draws, batch norm counts: a recorded pass must not be seen in the training."""
    content = HEAD + (
        "class Net(nn.Sequential):\n"
        "    def __init__(self):\n"
        "        super().__init__(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Dropout(0.5))\n"
    )
    model = model_of(written(tmp_path, content), inputs="randn(6, 3)")

    def losses(*, looking: bool) -> tuple[list[float], torch.Tensor]:
        run = Run(model)
        trainer = Trainer(run)
        trainer.start(Training(optimizer="sgd", learning_rate=1e-2, steps=12))
        found: list[float] = []
        for _ in range(12):
            if looking:
                run.record(trainer.step)
                run.record(trainer.step)
            found += trainer.advance(1.0, steps=1).losses
        buffers = dict(run.model.module.named_buffers())  # type: ignore[attr-defined]
        return found, buffers["1.running_mean"]

    plain, mean = losses(looking=False)
    looked, mean_looked = losses(looking=True)
    assert plain == looked
    assert len(set(plain)) == 12
    assert torch.equal(mean, mean_looked)


OUTPUTS = (
    HEAD
    + """
from collections import namedtuple
from dataclasses import dataclass

@dataclass
class Answer:
    score: torch.Tensor
    other: object

Pair = namedtuple("Pair", "mean deviation")

class Plain:
    def __init__(self, **parts):
        self.__dict__.update(parts)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.tensor([1.0, 2.0]))
    def forward(self):
        w = self.w
        return {
            "count": torch.tensor(3),
            "logits": 2 * w,
            "hidden": [3 * w, (4 * w, 5 * w)],
            "pair": Pair(6 * w, 7 * w),
            "answer": Answer(8 * w, Plain(deep=9 * w)),
            "two words": 10 * w,
            "scalar": 11 * w[0],
        }
"""
)


@pytest.mark.parametrize(
    ("output", "value"),
    [
        ("", 6.0),
        ("logits", 6.0),
        ("out.logits", 6.0),
        ("output['logits']", 6.0),
        ("hidden[0]", 9.0),
        ("hidden.0", 9.0),
        ("hidden[1][0]", 12.0),
        ("out.hidden[1][1]", 15.0),
        ("hidden[1]", 12.0),
        ("pair.mean", 18.0),
        ("pair.deviation", 21.0),
        ("answer.score", 24.0),
        ("answer.other.deep", 27.0),
        ('["two words"]', 30.0),
        ("scalar", 11.0),
    ],
)
def test_that_an_output_is_chosen_by_its_name(tmp_path: Path, output: str, value: float) -> None:
    built = built_in(Machine(), model_of(written(tmp_path, OUTPUTS), output=output))
    assert built.output == value


def test_that_a_wrong_output_is_told_with_all_that_there_are(tmp_path: Path) -> None:
    path = written(tmp_path, OUTPUTS)
    for wrong in ("logit", "hidden[7]", "hidden[", "__class__", "logits.T"):
        failed = refused(model_of(path, output=wrong))
        assert failed.field == "output"
        assert wrong in failed.message
        for name in ("count () int64", "hidden[1][0] (2,) float32", "answer.other.deep", "['two w"):
            assert name in failed.hint
    assert "int64" in refused(model_of(path, output="count")).message


def test_that_a_tuple_is_chosen_from_by_number_and_a_loss_of_the_file_is_taken(
    tmp_path: Path,
) -> None:
    content = HEAD + (
        "class Net(nn.Linear):\n"
        "    def forward(self, x, y):\n"
        "        return super().forward(x), y\n"
        "def loss(output):\n"
        "    return (output[0] - output[1]).pow(2).mean()\n"
    )
    path = written(tmp_path, content)
    common = {"arguments": "3, out_features=1", "inputs": "randn(4, 3); ones(4, 1)"}
    built = built_in(Machine(), model_of(path, **common))
    torch.manual_seed(0)
    module = nn.Linear(3, 1)
    x = torch.randn(4, 3)
    assert built.output == (module(x) - 1).pow(2).mean().item()
    assert "loss(output)" in built.equation
    first = built_in(Machine(), model_of(path, output="0", **common))
    assert first.output == module(x).sum().item()


def test_that_inputs_with_a_gradient_are_leaves_of_the_graph(tmp_path: Path) -> None:
    content = HEAD + "class Square(nn.Module):\n    def forward(self, z):\n        return z * z\n"
    path = written(tmp_path, content)
    model = model_of(path, inputs="arange(3, dtype=float32, requires_grad=True)")
    events = list(Machine().handle(BuildModel(1, model)))
    recorded = next(event for event in events if isinstance(event, BackwardRecorded))
    ((leaf, gradient),) = recorded.trace.leaf_grads.items()
    assert recorded.graph.node[leaf].op == "z"
    assert gradient.values == (0.0, 2.0, 4.0)
    failed = refused(model_of(path, inputs="arange(3, dtype=float32)"))
    assert "Square has no parameters" in failed.message


def test_that_functions_instances_and_keyword_inputs_are_taken(tmp_path: Path) -> None:
    content = HEAD + (
        "def make(width: int = 2) -> nn.Module:\n    return nn.Linear(width, 1)\n"
        "def example_inputs():\n    return {'input': torch.ones(1, 2)}\n"
        "kept = nn.Linear(2, 1)\n"
    )
    path = written(tmp_path, content)
    for name in ("make", "kept"):
        assert built_in(Machine(), model_of(path, name)).modes == ("fit",)
    failed = refused(model_of(path))
    assert failed.field == "name"
    assert "make, kept" in failed.message
    assert refused(model_of(path, "kept", arguments="3")).field == "arguments"


def test_that_the_same_seed_gives_the_same_model(tmp_path: Path) -> None:
    path = written(tmp_path, NET)

    def value(seed: int) -> float:
        model = model_of(path)
        return built_in(
            Machine(), Model(source=model.source, trusted=model.trusted, seed=seed)
        ).output

    assert value(1) == value(1)
    assert value(1) != value(2)


def test_that_a_module_beside_the_file_is_imported_anew(tmp_path: Path) -> None:
    written(tmp_path, "SCALE = 2.0\n", "beside_the_model.py")
    path = written(
        tmp_path,
        HEAD
        + "from beside_the_model import SCALE\n"
        + "class Net(nn.Module):\n"
        + "    def __init__(self):\n        super().__init__()\n"
        + "        self.w = nn.Parameter(torch.ones(()))\n"
        + "    def forward(self):\n        return SCALE * self.w\n",
    )
    assert built_in(Machine(), model_of(path)).output == 2.0
    written(tmp_path, "SCALE = 3.25\n", "beside_the_model.py")
    assert built_in(Machine(), model_of(path)).output == 3.25


def test_that_what_the_file_prints_is_no_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    built_in(Machine(), model_of(written(tmp_path, NET + "print('loaded')\n")))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "loaded\n"


def test_that_another_loss_is_refused_and_the_training_stands(tmp_path: Path) -> None:
    machine = Machine()
    built_in(machine, model_of(written(tmp_path, NET)))
    other = Training(optimizer="adam", learning_rate=1e-3, loss="L1Loss, sum")
    (failed,) = machine.handle(StartTraining(1, other))
    assert isinstance(failed, CommandFailed)
    assert "trained by what it returns" in failed.message
    assert not machine.training


def test_that_weights_are_loaded_from_both_kinds_of_file(tmp_path: Path) -> None:
    path = written(tmp_path, NET)
    state = {name: torch.full_like(each, 0.25) for name, each in Reference().state_dict().items()}
    save_file(state, tmp_path / "w.safetensors")
    torch.save(state, tmp_path / "w.pt")
    torch.save({"epoch": 3, "model_state_dict": state}, tmp_path / "checkpoint.pth")
    for name in ("w.safetensors", "w.pt", "checkpoint.pth"):
        run = Run(model_of(path, weights=str(tmp_path / name)))
        for tensor in run.model.parameters.values():
            assert np.all(tensor.detach().numpy() == 0.25)
