"""Scripts of a user's own model, each run by a plain Python, print what the engine computes."""

import math
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from own_models import HEAD, NET, model_of, written
from safetensors.torch import save_file

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExportError
from gradviz.engine.catalogue import catalogue
from gradviz.engine.runs.run import Run
from gradviz.engine.training.trainer import Trainer
from gradviz.export.scripts.script import script

_RUNNER = """
import runpy, sys
for path in sys.argv[1:]:
    runpy.run_path(path)
    print("end of the script")
"""
NOISY = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self, width, *, rate=0.1):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(3, width), nn.BatchNorm1d(width), nn.Dropout(rate))
        self.scale = nn.Parameter(torch.ones(()))
    def forward(self, x, y):
        h = self.body(x)
        return {"two words": [self.scale * h.pow(2).mean(), y], 3: h}
def loss(output):
    return output[3].pow(2).mean() + output["two words"][0]
"""
)
SINGLE = (
    HEAD
    + """
def example_inputs():
    return torch.ones(2, 3)
kept = nn.Linear(3, 1)
"""
)
RECURRENT = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTM(4, 8)
    def forward(self, x, state, masks):
        return self.cell(x, state)[0] * masks["a {b}"][0]
"""
)

THREE = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 4)
    def forward(self, x):
        y = self.layer(x)
        return y, y.tanh(), y * y
def example_inputs():
    return torch.randn(5, 3)
"""
)


def engines(model: Model, training: Training) -> tuple[list[str], str]:
    """Return what training prints, and the script."""
    run = Run(model)
    trainer = Trainer(run)
    trainer.start(training)
    losses = trainer.advance(math.inf).losses
    lines = [f"{step} {loss}" for step, loss in enumerate(losses) if step % 100 == 99]
    text = script(model, training, run.mode, catalogue(), run.model.own_parts())
    return [*lines, f"Result: {run.model.equation()}"], text


def test_that_the_scripts_print_what_the_engine_computes(tmp_path: Path) -> None:
    net = written(tmp_path, NET, "net_of_a_user.py")
    noisy = written(tmp_path, NOISY, "noisy_net.py")
    single = written(tmp_path, SINGLE, "single_net.py")
    recurrent = written(tmp_path, RECURRENT, "recurrent_net.py")
    nested = 'randn(5, 1, 4); (rand(1, 1, 8), zeros(1, 1, 8)); {"a {b}": [ones(8)], "c": ()}'
    weights = {name: each.detach() for name, each in torch.nn.Linear(3, 1).named_parameters()}
    torch.save({"state_dict": weights}, tmp_path / "w.pt")
    save_file(weights, tmp_path / "w.safetensors")
    said = {"arguments": "4, rate=0.5", "inputs": "randn(6, 3, dtype=float32); randint(0, 9, (2,))"}
    compared = {
        "output": "[3]",
        "own_loss": "L1Loss(reduction='none')",
        "own_target": "rand(6, 4)",
    }
    three = written(tmp_path, THREE, "three_outputs.py")
    adam = Training(optimizer="adam", learning_rate=1e-3, steps=100)
    descent = Training(optimizer="descent", learning_rate=1e-3, steps=100)
    lbfgs = Training(optimizer="lbfgs", learning_rate=1e-4, steps=100, options={"max_iter": 2})
    pairs = [
        engines(model_of(net, inputs="rand(4, 3)"), adam),
        engines(model_of(net), lbfgs),
        engines(model_of(noisy, "Net", **said), adam),
        engines(model_of(noisy, "Net", output="['two words'][0]", **said), descent),
        engines(model_of(recurrent, inputs=nested), adam),
        engines(model_of(single, "kept", weights=str(tmp_path / "w.pt")), descent),
        engines(
            model_of(
                net,
                inputs="randn(5, 3)",
                own_loss="CrossEntropyLoss(label_smoothing=0.1, weight=[1.0, 2.0])",
                own_target="randint(0, 2, (5,))",
            ),
            adam,
        ),
        engines(
            model_of(net, own_loss="GaussianNLLLoss", own_target="randn(5, 2); ones(5, 2)"), lbfgs
        ),
        engines(model_of(noisy, "Net", **said, **compared), descent),
        engines(model_of(three, own_loss="TripletMarginLoss, sum"), adam),
        engines(model_of(single, "kept", weights=str(tmp_path / "w.safetensors")), adam),
    ]
    paths = [tmp_path / f"script_{number}.py" for number in range(len(pairs))]
    for path, (_, text) in zip(paths, pairs, strict=True):
        path.write_text(text)
    done = subprocess.run(
        [sys.executable, "-I", "-c", _RUNNER, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = [part.splitlines() for part in done.stdout.split("end of the script\n")[:-1]]
    assert printed == [lines for lines, _ in pairs]


def test_that_what_cannot_be_imported_has_no_script(tmp_path: Path) -> None:
    path = written(tmp_path, NET, "a net.py")
    with pytest.raises(ExportError, match="cannot import"):
        engines(model_of(path), Training(optimizer="adam", learning_rate=1e-3, steps=1))
