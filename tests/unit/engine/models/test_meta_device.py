"""A model on the meta device has shapes and no values: a picture, and a sentence for all else."""

import math
from pathlib import Path

import msgspec
import pytest
from own_models import HEAD, built_in, model_of, refused, written
from questions import refusal_of

from gradviz.cli import main
from gradviz.core.choices.settings import Model
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.protocol.questions import CheckGradients

SHAPES = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))
    def forward(self, x):
        return self.layers(x)
def Shapes():
    with torch.device("meta"):
        return Net()
class Part(Net):
    def __init__(self):
        super().__init__()
        self.shape = nn.Linear(3, 4, device="meta")
    def forward(self, x):
        return self.layers(x), self.shape(x.to("meta"))
def example_inputs():
    return torch.ones(5, 3)
"""
)


def shapes(folder: Path, name: str = "Shapes") -> Model:
    return model_of(written(folder, SHAPES), name)


def test_that_a_model_without_values_has_its_graph_with_groups_and_shapes(tmp_path: Path) -> None:
    built = built_in(Machine(), shapes(tmp_path))
    graph = built.graph

    assert [group.id for group in graph.groups][:2] == ["Net", "layers"]
    assert {node.op: node.shape for node in graph.nodes}["layers.0.weight"] == (4, 3)
    assert {node.device for node in graph.nodes if node.kind == "leaf"} == {"meta"}
    assert math.isnan(built.output)
    assert "meta device" in built.snapshot.equation


def test_that_the_backward_pass_of_shapes_has_shapes(tmp_path: Path) -> None:
    _, recording = Run(shapes(tmp_path)).recording()
    gradients = recording.tensors.gradients

    assert {tuple(each.shape) for each in gradients.values()} == {(4, 3), (4,), (2, 4), (2,)}
    assert all(each.is_meta for each in gradients.values())


def test_that_it_can_be_neither_checked_nor_trained_and_says_so(tmp_path: Path) -> None:
    machine, model = Machine(), shapes(tmp_path)
    built_in(machine, model)

    assert "meta device" in refusal_of(machine, CheckGradients()).message
    assert "meta" in refused(msgspec.structs.replace(model, mode="fit")).hint


def test_that_a_part_on_the_meta_device_leaves_the_rest_its_values(tmp_path: Path) -> None:
    built = built_in(Machine(), shapes(tmp_path, "Part"))

    assert math.isfinite(built.output)
    assert built.mode == "fit"


def test_that_the_command_line_prints_shapes_without_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["step", f"{written(tmp_path, SHAPES)}:Shapes", "--trust"]) == 0
    told = capsys.readouterr().out

    assert told.startswith("y = without a value, on the meta device\n")
    assert "gradient of layers.0.weight: (4, 3) without values" in told
