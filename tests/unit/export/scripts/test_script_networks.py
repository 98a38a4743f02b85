"""Scripts of typed networks, each run by a plain Python."""

from pathlib import Path

import msgspec
import pytest
from script_runs import assert_the_same, assert_the_script_trains, printed, suited, written

from gradviz.core.choices.settings import Model, Training
from gradviz.engine.runs.run import Run

_NETWORK = "Linear(1, 8), Tanh(), Linear(8, 1)"


def test_that_scripts_of_networks_print_the_losses_of_the_engine(tmp_path: Path) -> None:
    sources = (
        _NETWORK,
        "nn.Linear(1, 4), nn.BatchNorm1d(4), nn.PReLU(), nn.Dropout(0.1), nn.Linear(4, 1)",
        "Linear(1, 16), Unflatten(1, (2, 8)), Conv1d(2, 2, 3, padding=1), Flatten(), Linear(16, 1)",
    )
    cases = [suited(source, steps=100, seed=seed) for source in sources for seed in (0, 3)]
    cases = [(msgspec.structs.replace(model, points=60), each) for model, each in cases]
    model, training = suited(_NETWORK, steps=100)
    model = msgspec.structs.replace(model, dtype="float64", points=60, initial={"2.bias": 0.5})
    others = [
        Training(optimizer="descent", learning_rate=1e-5, steps=100),
        Training(optimizer="lbfgs", learning_rate=1e-2, steps=100, options={"max_iter": 2}),
        Training(optimizer="sgd", learning_rate=1e-3, steps=100, loss="MSELoss, mean"),
    ]
    cases += [(model, training), *((Model(source=_NETWORK, points=50), each) for each in others)]
    assert_the_same(tmp_path, cases)


def test_that_the_script_of_the_command_line_trains_as_it_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dropped = "Linear(1, 8), Dropout(), Linear(8, 1)"
    assert_the_script_trains(tmp_path, capsys, dropped, "--steps", "200", "--seed", "2")


def test_that_the_script_at_a_point_prints_the_slope(tmp_path: Path) -> None:
    model = Model(source=_NETWORK, mode="point", at=0.5)
    (lines,) = printed(
        tmp_path, written(model, Training(optimizer="adam", learning_rate=0.1), "point")
    )
    value, recording = Run(model).recording()
    slope = next(
        gradient.scalar
        for leaf, gradient in recording.trace.leaf_grads.items()
        if recording.graph.node[leaf].op == "x"
    )
    assert lines == [f"y = {value}", f"dy/dx = {slope}"]


def test_that_scripts_of_networks_of_two_inputs_print_the_losses_of_the_engine(
    tmp_path: Path,
) -> None:
    last = ("Linear(8, 1)", "Linear(8, 1), Sigmoid()", "Linear(8, 3)")
    cases = []
    for end, target in zip(last, ("spirals", "xor", "arms"), strict=True):
        model = Model(
            source=f"Linear(2, 8), Tanh(), Dropout(0.1), {end}",
            target=target,
            points=60,
            noise=0.1,
            mode="fit",
        )
        start = Run(model).model.training
        cases.append((model, msgspec.structs.replace(start, steps=100)))
        cases.append((msgspec.structs.replace(model, seed=5, dtype="float64"), cases[-1][1]))
    assert_the_same(tmp_path, cases)
