"""The second pass of a check computes what the recorded one computed, or the check says why not."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest
from own_models import HEAD, model_of, written

from gradviz.core.findings.checks import NodeCheck
from gradviz.engine.inspection.checks import checked
from gradviz.engine.recording.capture import forward_name
from gradviz.engine.runs.run import Run
from gradviz.engine.runs.run_replay import RunReplay

_IMPORTS = """
import torch.nn.functional as F
from torch.nn.utils import parametrizations, spectral_norm
from torch.utils.checkpoint import checkpoint
"""


def _checks(
    folder: Path, made: str, forward: str, inputs: str, before: str = ""
) -> Mapping[str, NodeCheck]:
    """Return the checks of a module's leaves, by name: what it makes, and how it goes forward."""
    code = HEAD + _IMPORTS + before + "\n\nclass Net(nn.Module):\n"
    code += "    def __init__(self):\n        super().__init__()\n"
    code += _indented(made) + "\n    def forward(self, x):\n" + _indented(forward)
    code += f"\n\ndef example_inputs():\n    return {inputs}\n"
    run = Run(model_of(written(folder, code), "Net"))
    recording = run.recording()[1]
    checks = checked(RunReplay(run), recording)
    return {recording.graph.node[check.node].op: check for check in checks}


def _indented(code: str) -> str:
    lines = dedent(code).strip().splitlines()
    return "".join(f"        {line}\n" if line else "\n" for line in lines)


def _told(check: NodeCheck) -> str:
    return " ".join(finding.told for finding in check.findings)


_FUSED = {
    "function": (
        "self.q = nn.Linear(8, 8)\nself.k = nn.Linear(8, 8)",
        """
        q, k = self.q(x).view(2, 5, 2, 4), self.k(x).view(2, 5, 2, 4)
        q, k = q.transpose(1, 2), k.transpose(1, 2)
        return F.scaled_dot_product_attention(q, k, k, is_causal=True).square()
        """,
    ),
    "MultiheadAttention": (
        "self.attend = nn.MultiheadAttention(8, 2, batch_first=True)",
        "return self.attend(x, x, x, need_weights=False)[0].square()",
    ),
    "TransformerEncoderLayer": (
        "self.layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=True)",
        "return self.layer(x).square()",
    ),
    "TransformerEncoderLayer with dropout": (
        "self.layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.1, batch_first=True)",
        "return self.layer(x).square()",
    ),
}


@pytest.mark.parametrize(("made", "forward"), _FUSED.values(), ids=list(_FUSED))
def test_that_fused_attention_is_compared_with_fused_attention(
    tmp_path: Path, made: str, forward: str
) -> None:
    checks = _checks(tmp_path, made, forward, "torch.randn(2, 5, 8)")
    assert {check.verdict for check in checks.values()} == {"agrees"}


_NORMALIZED = {
    "spectral_norm": "self.layer = spectral_norm(nn.Linear(4, 3))",
    "parametrized spectral_norm": "self.layer = parametrizations.spectral_norm(nn.Linear(4, 3))",
    "parametrized weight_norm": "self.layer = parametrizations.weight_norm(nn.Linear(4, 3))",
    "batch norm in training": "self.layer = nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3))",
}


@pytest.mark.parametrize("made", _NORMALIZED.values(), ids=list(_NORMALIZED))
def test_that_a_step_without_grad_stays_a_constant_of_the_pass(tmp_path: Path, made: str) -> None:
    checks = _checks(tmp_path, made, "return self.layer(x).pow(3)", "torch.randn(5, 4)")
    assert {check.verdict for check in checks.values()} == {"agrees"}


_CUT = {
    "detach": "h * h.detach()",
    "data": "h * h.data.exp()",
    "a straight-through estimator": "(h + (h.round() - h).detach()).square()",
    "no_grad": "h * without_grad(h)",
    "a view of a detached value": "h[:, 0] * h.detach()[:, 1]",
    "detached in a custom Function": "Scaled.apply(h, h.detach().sum())",
    "a new leaf": "h * nn.Parameter(h.exp())",
    "a constant changed in place": "h * h.detach().clone().mul_(2).add_(1)",
    "a value written into a constant": "written_into(h)",
}


@pytest.mark.parametrize("result", _CUT.values(), ids=list(_CUT))
def test_that_a_value_out_of_the_graph_is_a_constant_of_the_differences(
    tmp_path: Path, result: str
) -> None:
    made = "self.w = nn.Parameter(torch.tensor([0.5, 1.5, -0.5, 2.0]))"
    function = """
class Scaled(torch.autograd.Function):
    @staticmethod
    def forward(ctx, h, scale):
        ctx.save_for_backward(h, scale)
        return (h * scale) * h

    @staticmethod
    def backward(ctx, grad):
        h, scale = ctx.saved_tensors
        return 2 * grad * h * scale, None


def without_grad(h):
    with torch.no_grad():
        return (h * 2).exp()


def written_into(h):
    out = torch.zeros_like(h)
    rows = out[1:]
    rows.copy_(h[1:] * h.detach()[1:])
    return out * h
"""
    forward = f"h = x * self.w\nreturn {result}"
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)", function)
    assert checks["w"].verdict == "agrees", _told(checks["w"])


def test_that_an_average_that_is_kept_without_grad_is_a_constant_and_a_detached_one_too(
    tmp_path: Path,
) -> None:
    made = 'self.w = nn.Parameter(torch.ones(4))\nself.register_buffer("mean", torch.zeros(4))'
    forward = """
    h = x * self.w
    with torch.no_grad():
        self.mean.mul_(0.9).add_(h.mean(0), alpha=0.1)
        scale = h.std(0) + 1
    return (h - self.mean) / scale + h.detach()
    """
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    assert checks["w"].verdict == "agrees"


def test_that_a_jagged_tensor_is_followed_through_the_tensors_it_is_made_of(
    tmp_path: Path,
) -> None:
    forward = """
    batch = torch.nested.as_nested_tensor([x[:2], x[2:]], layout=torch.jagged)
    return torch.stack([each.square().mean() for each in self.layer(batch).unbind()])
    """
    checks = _checks(tmp_path, "self.layer = nn.Linear(4, 3)", forward, "torch.randn(5, 4)")
    assert {check.verdict for check in checks.values()} == {"agrees"}


def test_that_a_node_of_a_jagged_tensor_has_the_name_of_its_operation() -> None:
    assert forward_name("UnbindBackwardAutogradNestedTensor0") == "Unbind"


def test_that_a_tensor_that_has_no_copy_is_told_and_nothing_agrees(tmp_path: Path) -> None:
    forward = "return self.w.to_sparse().square().to_dense() + x"
    made = "self.w = nn.Parameter(torch.randn(4, 3))"
    checks = _checks(tmp_path, made, forward, "torch.ones(3)")
    assert checks["w"].verdict == "unchecked"
    assert "nested, sparse or packed" in _told(checks["w"])


def test_that_a_function_of_torchscript_that_detaches_its_arguments_is_followed(
    tmp_path: Path,
) -> None:
    function = """
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")

    @torch.jit.script
    def bent(x, w):
        y = x * w + 1.0
        return (torch.tanh(y) * y).sum()
"""
    made = "self.w = nn.Parameter(torch.tensor([0.5, -0.3]))"
    checks = _checks(tmp_path, made, "return bent(x, self.w)", "torch.ones(2)", function)
    assert checks["w"].verdict == "agrees", _told(checks["w"])


def test_that_a_sparse_constant_is_used_in_double_precision_too(tmp_path: Path) -> None:
    forward = "return torch.sparse.mm(x.to_sparse_coo(), self.w).square()"
    made = "self.w = nn.Parameter(torch.randn(4, 3))"
    checks = _checks(tmp_path, made, forward, "torch.eye(4) * torch.randn(4)")
    assert checks["w"].verdict == "agrees", _told(checks["w"])


def test_that_a_leaf_that_forward_makes_anew_is_told_and_the_others_are_checked(
    tmp_path: Path,
) -> None:
    forward = """
    again = nn.Parameter(self.first(x).detach())
    return self.second(again)
    """
    made = "self.first = nn.Linear(4, 3)\nself.second = nn.Linear(3, 2)"
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    verdicts = {name: check.verdict for name, check in checks.items()}
    assert verdicts == {
        "second.weight": "agrees",
        "second.bias": "agrees",
        "leaf 1": "unchecked",
    }
    assert "makes this leaf anew" in _told(checks["leaf 1"])


def test_that_leaves_in_one_memory_are_told_to_be(tmp_path: Path) -> None:
    made = """
    self.first = nn.Linear(4, 3, bias=False)
    self.second = nn.Linear(3, 4, bias=False)
    self.second.weight = nn.Parameter(self.first.weight.t())
    self.third = nn.Linear(4, 2, bias=False)
    """
    forward = "return self.third(self.second(torch.tanh(self.first(x))))"
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    verdicts = {name: check.verdict for name, check in checks.items()}
    assert verdicts == {
        "first.weight": "unchecked",
        "second.weight": "unchecked",
        "third.weight": "agrees",
    }
    assert "first.weight and second.weight lie in the same memory" in _told(checks["first.weight"])


def test_that_one_parameter_in_two_places_is_checked_as_one(tmp_path: Path) -> None:
    made = """
    self.first, self.second = nn.Linear(3, 3), nn.Linear(3, 3)
    self.second.weight = self.first.weight
    """
    forward = "return self.second(torch.tanh(self.first(x)))"
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 3)")
    assert len(checks) == 3
    assert {check.verdict for check in checks.values()} == {"agrees"}


def test_that_a_buffer_that_forward_resizes_is_as_it_was_in_each_pass(tmp_path: Path) -> None:
    made = 'self.layer = nn.Linear(4, 3)\nself.register_buffer("low", torch.tensor([]))'
    forward = """
    h = self.layer(x)
    if not self.low.numel():
        self.low.resize_(3)
        self.low.copy_(h.detach().amin(0))
    return (h - self.low).square()
    """
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    assert {check.verdict for check in checks.values()} == {"agrees"}


def test_that_a_checkpoint_that_keeps_the_random_numbers_agrees(tmp_path: Path) -> None:
    made = "self.layer = nn.Linear(4, 8)"
    forward = """
    h = self.layer(x)
    return checkpoint(lambda h: F.dropout(h, 0.5).square(), h, use_reentrant=False)
    """
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    assert {check.verdict for check in checks.values()} == {"agrees"}


def test_that_a_checkpoint_that_draws_another_mask_differs_for_that_reason(tmp_path: Path) -> None:
    made = "self.w = nn.Parameter(torch.arange(1.0, 17.0))"
    forward = """
    def dropped(h):
        return F.dropout(h * self.w, 0.5)
    return checkpoint(dropped, x, use_reentrant=False, preserve_rng_state=False)
    """
    checks = _checks(tmp_path, made, forward, "torch.ones(16)")
    assert checks["w"].verdict == "differs"
    differences = [each for each in checks["w"].findings if each.method == "differences"]
    assert [each.verdict for each in differences] == ["differs"]
    assert "preserve_rng_state=True" in differences[0].told


def test_that_a_gradient_that_is_nothing_but_rounding_does_not_agree(tmp_path: Path) -> None:
    """(1e8 + w) - 1e8 has the slope 1, which single precision loses in the value of the square."""
    made = "self.w = nn.Parameter(torch.ones(3))"
    forward = "return ((self.w + 1e8) - 1e8 - 0.3 * self.w).square()"
    checks = _checks(tmp_path, made, forward, "torch.ones(1)")
    assert checks["w"].verdict == "unchecked"
    assert "rounding cannot be told from a wrong rule" in _told(checks["w"])


def test_that_a_gradient_that_is_zero_but_for_rounding_agrees(tmp_path: Path) -> None:
    made = "self.w = nn.Linear(4, 6)\nself.common = nn.Parameter(torch.ones(1))"
    forward = "return (F.softmax(self.w(x) + self.common, 1) * torch.arange(6.0)).square()"
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    assert {check.verdict for check in checks.values()} == {"agrees"}


def test_that_state_kept_between_calls_is_the_same_in_each_pass(tmp_path: Path) -> None:
    made = "self.cell = nn.RNNCell(4, 3)\nself.state = torch.zeros(5, 3)"
    forward = """
    self.state = self.cell(x, self.state)
    return self.state.square()
    """
    checks = _checks(tmp_path, made, forward, "torch.randn(5, 4)")
    assert {check.verdict for check in checks.values()} == {"agrees"}
