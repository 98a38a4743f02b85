"""A module that is captured with its inputs: it runs once more, and is as it was."""

import random
from typing import Any

import pytest
import torch
from torch import nn

from gradviz.core.errors import GradvizError
from gradviz.engine.captured.captured import captured_module
from gradviz.engine.inspection.checks.checker import checked_nodes


class _Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(4, 4)
        self.norm = nn.BatchNorm1d(4)
        self.dropout = nn.Dropout(0.5)
        self.unused = nn.Parameter(torch.ones(2))

    def forward(self, x: torch.Tensor, scale: float = 1.0) -> torch.Tensor:
        found: torch.Tensor = self.dropout(torch.tanh(self.norm(self.linear(x)))) * scale
        return found


def test_that_the_module_and_all_chance_are_as_they_were() -> None:
    module = _Block()
    inputs = torch.randn(6, 4)
    mean = module.norm.running_mean
    before = [torch.get_rng_state(), *(each.clone() for each in module.state_dict().values())]
    python = random.getstate()
    captured = captured_module(module, inputs)
    captured.backward()
    captured.checked(["n0"])
    captured.missing()
    after = [torch.get_rng_state(), *module.state_dict().values()]
    assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
    assert random.getstate() == python
    assert module.norm.running_mean is mean
    assert all(each.grad is None for each in module.parameters())


def test_that_gradients_agree_with_finite_differences_despite_dropout() -> None:
    torch.manual_seed(1)
    captured = captured_module(_Block(), torch.randn(3, 4))
    wanted = checked_nodes(captured.recording, ())
    verdicts = {check.verdict for check in captured.checked(wanted)}
    assert verdicts == {"agrees"}


def test_that_the_calls_of_modules_are_its_groups() -> None:
    graph = captured_module(_Block(), torch.randn(3, 4)).graph
    assert {"linear", "norm", "dropout"} <= {group.id for group in graph.groups}


def test_that_a_parameter_without_gradient_is_told_with_its_reason() -> None:
    (missing,) = captured_module(_Block(), torch.randn(3, 4)).missing()
    assert (missing.name, missing.reason) == ("unused", "not_used")


@pytest.mark.parametrize(
    "inputs", [(torch.ones(3, 4), 2.0), {"x": torch.ones(3, 4), "scale": 2.0}, [torch.ones(3, 4)]]
)
def test_that_inputs_are_arguments_in_a_row_or_by_their_names(inputs: Any) -> None:
    assert captured_module(_Block(), inputs).outputs["output"].shape == (3, 4)


def test_that_an_input_that_requires_a_gradient_has_the_name_of_the_argument() -> None:
    captured = captured_module(_Block(), torch.ones(3, 4, requires_grad=True))
    assert "x" in {node.op for node in captured.graph.nodes if node.kind == "leaf"}


def test_that_on_the_meta_device_there_are_shapes_and_the_module_stays_where_it_is() -> None:
    module = _Block()
    captured = captured_module(module, torch.ones(3, 4), device="meta")
    assert {node.device for node in captured.graph.nodes} == {"meta"}
    assert {each.device.type for each in module.state_dict().values()} == {"cpu"}
    shapes = {node.op: node.shape for node in captured.graph.nodes if node.kind == "leaf"}
    assert shapes["linear.weight"] == (4, 4)


def test_that_a_copy_on_a_device_shares_no_memory() -> None:
    module = _Block()
    captured = captured_module(module, torch.ones(3, 4), device="cpu")
    own = {each.data_ptr() for each in module.parameters()}
    leaves = [
        captured.recording.tensors.values[leaf] for leaf in captured.recording.trace.leaf_grads
    ]
    assert leaves
    assert own.isdisjoint(each.data_ptr() for each in leaves)


@pytest.mark.parametrize(
    ("inputs", "device", "told"),
    [
        (torch.ones(3, 5), None, "_Block raised RuntimeError.*in line"),
        ((), None, "_Block raised TypeError"),
        ({"y": 1}, None, "_Block raised TypeError"),
        (torch.ones(3, 4), "quantum", "no device 'quantum'"),
    ],
)
def test_that_a_module_that_cannot_run_is_refused_in_words(
    inputs: Any, device: str | None, told: str
) -> None:
    with pytest.raises(GradvizError, match=told):
        captured_module(_Block(), inputs, device=device)


def test_that_a_module_with_several_outputs_is_checked_by_autograd_alone() -> None:
    cell = nn.LSTMCell(3, 2)
    captured = captured_module(cell, torch.ones(1, 3))
    assert list(captured.outputs) == ["0", "1"]
    findings = [finding for check in captured.checked() for finding in check.findings]
    assert {finding.verdict for finding in findings if finding.method == "autograd"} == {"agrees"}
    assert all("cannot be run" in f.told for f in findings if f.method == "differences")


def test_that_a_compiled_module_runs_compiled_and_is_as_it_was() -> None:
    module: Any = torch.compile(nn.Linear(3, 1), backend="eager")
    forward = module.forward
    captured = captured_module(module, torch.ones(2, 3))
    assert captured.recording.tensors.gradients
    assert module.forward is forward
