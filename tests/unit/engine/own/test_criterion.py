"""A loss chosen beside a user's own model: PyTorch's numbers, the same target at every step."""

import math
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from own_models import HEAD, built_in, model_of, refused, written
from torch import nn

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.own.criteria import CRITERIA

LINEAR = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self, ending="none"):
        super().__init__()
        self.ending = ending
        self.layer = nn.Linear(3, 4)

    def forward(self, x):
        y = self.layer(x)
        return {
            "none": lambda: y,
            "sigmoid": lambda: y.sigmoid(),
            "logs": lambda: y.log_softmax(-1),
            "three": lambda: (y, y.tanh(), y * y),
            "names": lambda: {"whole": (y > 0).long(), "logits": y},
        }[self.ending]()


def loss(output):
    return output.sum()
"""
)
#: For each loss: how forward ends, the inputs, the target as it is typed, and the class's options.
CASES: dict[str, tuple[str, str, str, dict[str, Any]]] = {
    "MSELoss": ("none", "randn(5, 3)", "randn(5, 4)", {"reduction": "sum"}),
    "L1Loss": ("none", "randn(5, 3)", "randn(5, 4)", {}),
    "SmoothL1Loss": ("none", "randn(5, 3)", "randn(5, 4)", {"beta": 0.5}),
    "HuberLoss": ("none", "randn(5, 3)", "randn(5, 4)", {"delta": 0.5}),
    "CrossEntropyLoss": ("none", "randn(5, 3)", "randint(0, 4, (5,))", {"label_smoothing": 0.1}),
    "NLLLoss": ("logs", "randn(5, 3)", "randint(0, 4, (5,))", {"ignore_index": 2}),
    "MultiMarginLoss": ("none", "randn(5, 3)", "randint(0, 4, (5,))", {"p": 2}),
    "BCELoss": ("sigmoid", "randn(5, 3)", "rand(5, 4)", {}),
    "BCEWithLogitsLoss": ("none", "randn(5, 3)", "rand(5, 4)", {"reduction": "none"}),
    "KLDivLoss": ("logs", "randn(5, 3)", "rand(5, 4)", {"reduction": "batchmean"}),
    "PoissonNLLLoss": ("none", "randn(5, 3)", "randint(0, 5, (5, 4))", {"full": True}),
    "GaussianNLLLoss": ("none", "randn(5, 3)", "randn(5, 4); ones(5, 4)", {"full": True}),
    "HingeEmbeddingLoss": ("none", "randn(5, 3)", "ones(5, 4)", {"margin": 2.0}),
    "SoftMarginLoss": ("none", "randn(5, 3)", "ones(5, 4)", {}),
    "MultiLabelMarginLoss": ("none", "randn(5, 3)", "randint(0, 4, (5, 4))", {}),
    "MultiLabelSoftMarginLoss": (
        "none",
        "randn(5, 3)",
        "randint(0, 2, (5, 4), dtype=float32)",
        {},
    ),
    "CTCLoss": (
        "logs",
        "randn(8, 2, 3)",
        "randint(1, 4, (2, 3)); randint(8, 9, (2,)); randint(3, 4, (2,))",
        {"zero_infinity": True},
    ),
    "MarginRankingLoss": ("three", "randn(5, 3)", "ones(5, 4)", {"margin": 0.5}),
    "CosineEmbeddingLoss": ("three", "randn(5, 3)", "ones(5)", {"margin": 0.1}),
    "TripletMarginLoss": ("three", "randn(5, 3)", "", {"swap": True}),
    "TripletMarginWithDistanceLoss": ("three", "randn(5, 3)", "", {"margin": 2.0}),
}


def chosen(path: Path, name: str, **choices: str) -> Model:
    ending, inputs, target, options = CASES[name]
    listed = ", ".join(f"{key}={value!r}" for key, value in options.items())
    return model_of(
        path,
        "Net",
        **{
            "arguments": f"ending={ending!r}",
            "inputs": inputs,
            "own_loss": f"{name}({listed})",
            "own_target": target,
            **choices,
        },
    )


def directly(path: Path, name: str, steps: int) -> list[float]:
    """Return the losses of a loop of torch alone with Adam, which draws in the same order."""
    ending, inputs, target, options = CASES[name]
    names: dict[str, Any] = {}
    exec(compile(path.read_text(), str(path), "exec"), names)  # noqa: S102 - the test's own file
    torch.manual_seed(0)
    net = names["Net"](ending)
    given = [_drawn(each) for each in inputs.split("; ")]
    targets = [_drawn(each) for each in target.split("; ")] if target else []
    criterion = getattr(nn, name)(**options)
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    taken = next(row for row in CRITERIA if row.name == name).outputs
    losses = []
    for _ in range(steps):
        output = net(*given)
        tensors = output[: len(taken)] if ending == "three" else (output,)
        loss = criterion(*tensors, *targets).sum()
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


def _drawn(text: str) -> torch.Tensor:
    """Return a tensor that a text of these tests describes."""
    names = {**{each: getattr(torch, each) for each in ("randn", "rand", "ones", "randint")}}
    made = eval(text, {**names, "float32": torch.float32})  # noqa: S307 - the test's own text
    assert isinstance(made, torch.Tensor)
    return made


def test_that_every_loss_of_torch_is_there_or_has_parameters() -> None:
    of_torch = {
        name for name, kind in vars(nn).items() if isinstance(kind, type) and "Loss" in name
    }
    with_parameters = {"AdaptiveLogSoftmaxWithLoss", "LinearCrossEntropyLoss"}
    assert {row.name for row in CRITERIA} == of_torch - {"NLLLoss2d"} - with_parameters
    assert set(CASES) == {row.name for row in CRITERIA}


@pytest.mark.parametrize("name", CASES)
def test_that_every_loss_trains_as_torch_does_bit_for_bit(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, LINEAR)
    run = Run(chosen(path, name))
    expected = directly(path, name, 10)
    assert run.record()[0] == expected[0]
    trainer = Trainer(run)
    trainer.start(Training(optimizer="adam", learning_rate=1e-3, steps=10))
    assert trainer.advance(math.inf).losses == expected
    assert len(set(expected)) > 1


@pytest.mark.parametrize("row", CRITERIA, ids=lambda row: row.name)
def test_that_the_advised_target_fits_the_output(tmp_path: Path, row: Any) -> None:
    path = written(tmp_path, LINEAR)
    model = chosen(path, row.name, own_target="ones(7, 7, 7)")
    failure = refused(model)
    assert failure.field == "own_target"
    advised = failure.hint.partition("such as ")[2].partition(", and end")[0].rstrip(".")
    assert bool(advised) == bool(row.targets)
    if not row.targets:
        return
    assert math.isfinite(Run(chosen(path, row.name, own_target=advised)).record()[0])


@pytest.mark.parametrize(
    ("choices", "field", "message"),
    [
        ({"own_loss": "L3Loss"}, "own_loss", "There is no loss 'L3Loss'"),
        ({"own_loss": "MSELoss(3"}, "own_loss", "This is no loss"),
        ({"own_loss": "MSELoss(beta=1)"}, "own_loss", "MSELoss cannot be made so"),
        ({"own_loss": "AdaptiveLogSoftmaxWithLoss"}, "own_loss", "parameters of its own"),
        ({"own_loss": "TripletMarginLoss"}, "own_loss", "which has 1 floating-point tensor"),
        ({"own_loss": "MarginRankingLoss", "output": "0"}, "output", "and one is chosen"),
        ({"own_loss": ""}, "own_target", "A target is for a loss"),
        ({"own_target": ""}, "own_target", "needs the target beside the output, and there is none"),
        ({"own_target": "ones(5, 4); ones(5, 4)"}, "own_target", "and there are 2"),
        ({"own_target": "ones(5"}, "own_target", ""),
        (
            {"own_loss": "CrossEntropyLoss", "own_target": "randint(4, 9, (5,))"},
            "own_target",
            "CrossEntropyLoss raised IndexError: Target",
        ),
        (
            {"own_loss": "CrossEntropyLoss", "own_target": "randint(0, 4, (6,))"},
            "own_target",
            "raised ValueError: Expected input batch_size (5) to match target batch_size (6)",
        ),
        (
            {"own_loss": "CrossEntropyLoss", "own_target": "zeros(5)"},
            "own_target",
            "raised RuntimeError: expected",
        ),
        ({"own_loss": "BCELoss"}, "own_target", "raised RuntimeError: all elements of input"),
    ],
)
def test_that_what_does_not_fit_is_refused_in_torchs_words_and_with_advice(
    tmp_path: Path, choices: dict[str, str], field: str, message: str
) -> None:
    path = written(tmp_path, LINEAR)
    said = {"own_loss": "MSELoss", "own_target": "ones(5, 4)", "inputs": "randn(5, 3)"}
    failure = refused(model_of(path, "Net", **{**said, **choices}))
    assert failure.field == field
    assert message in failure.message
    assert failure.hint
    assert "Traceback" not in failure.details


def test_that_shapes_and_a_target_that_fits_follow_on_torchs_words(tmp_path: Path) -> None:
    said = {"own_loss": "CrossEntropyLoss", "own_target": "zeros(5)", "inputs": "randn(5, 3)"}
    failure = refused(model_of(written(tmp_path, LINEAR), "Net", **said))
    assert "The output is (5, 4) float32, the target (5,) float32." in failure.hint
    assert "A target for it is such as randint(0, 4, (5,))." in failure.hint


def test_that_a_target_that_is_broadcast_is_warned_of_once_with_one_that_is_not(
    tmp_path: Path,
) -> None:
    said = {"own_loss": "MSELoss", "own_target": "zeros(4)", "inputs": "randn(5, 3)"}
    model = model_of(written(tmp_path, LINEAR), "Net", **said)

    def trained() -> None:
        trainer = Trainer(Run(model))
        trainer.start(Training(optimizer="adam", learning_rate=1e-3, steps=5))
        trainer.advance(math.inf)

    with pytest.warns(UserWarning, match="Using a target size") as told:
        trained()
    (warning,) = told
    assert "such as randn(5, 4)" in str(warning.message)


def test_that_a_loss_takes_the_chosen_tensor_in_place_of_the_files_own_loss(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, LINEAR)
    said = {"arguments": "'names'", "inputs": "randn(5, 3)", "own_loss": "MSELoss, sum"}
    for output in ("", "logits"):
        model = model_of(path, "Net", output=output, own_target="zeros(5, 4)", **said)
        built = built_in(Machine(), model)
        assert built.snapshot.equation.endswith("loss MSELoss(reduction='sum')(logits, target)")
        assert built.own is not None
        assert built.own.scalar == "criterion(output['logits'], *targets)"


def test_that_weights_of_classes_are_a_tensor(tmp_path: Path) -> None:
    path = written(tmp_path, LINEAR)
    said = {"inputs": "randn(5, 3)", "own_target": "randint(0, 4, (5,))"}
    values = [
        Run(model_of(path, "Net", own_loss=loss, **said)).record()[0]
        for loss in ("CrossEntropyLoss", "CrossEntropyLoss(weight=[1.0, 9.0, 1.0, 2.0])")
    ]
    assert values[0] != values[1]


def test_that_the_seed_draws_the_target_and_no_step_draws_it_again(tmp_path: Path) -> None:
    path = written(tmp_path, LINEAR)

    def losses(seed: int) -> list[float]:
        run = Run(msgspec.structs.replace(chosen(path, "MSELoss"), seed=seed))
        trainer = Trainer(run)
        trainer.start(Training(optimizer="sgd", learning_rate=1e-9, steps=3))
        return trainer.advance(math.inf).losses

    first = losses(1)
    assert first == losses(1) != losses(2)
    assert first[2] == pytest.approx(first[0], rel=1e-6)


def test_that_the_gradient_of_a_target_is_taken_where_it_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, LINEAR)
    said = {"inputs": "randn(5, 3)", "own_loss": "MSELoss"}
    model = model_of(path, "Net", own_target="randn(5, 4, requires_grad=True)", **said)
    _, graph, trace = Run(model).record()
    leaves = {graph.node[leaf].op for leaf in trace.leaf_grads}
    assert leaves == {"layer.weight", "layer.bias", "target"}
