"""The graph of the gradient: Hessian-vector products against torch's own, bit for bit."""

from pathlib import Path

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from own_models import model_of, written
from questions import refusal_of

from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ModelError, SettingError
from gradviz.engine.machine import Machine
from gradviz.engine.runs.run import Run
from gradviz.protocol.commands import BuildModel, StartTraining
from gradviz.protocol.events import BackwardRecorded, FrameTrained, ModelBuilt
from gradviz.protocol.questions import CheckGradients


def own(path: Path, inputs: str, **choices: str | int) -> Model:
    """Return the class Net of a file, trusted, in second order."""
    model = model_of(path, "Net", inputs=inputs)
    return msgspec.structs.replace(model, **{"order": 2, **choices})


def product(model: Model) -> dict[str, torch.Tensor]:
    """Return what the leaves get, by name."""
    _, recording = Run(model).recording()
    nodes = recording.graph.node
    return {nodes[leaf].op: got for leaf, got in recording.tensors.gradients.items()}


def expected(model: Model) -> dict[str, torch.Tensor]:
    """Return what torch.autograd.grad gives twice, along ones."""
    run = Run(model)
    y_pred = run.model.forward(run.x)
    output = y_pred if run.target is None else run.loss(y_pred, run.target)
    leaves = {name: leaf for name, leaf in run.leaves.items() if leaf.requires_grad}
    gradients = torch.autograd.grad(
        output, list(leaves.values()), create_graph=True, allow_unused=True
    )
    parts = [each.sum() for each in gradients if each is not None and each.requires_grad]
    along = parts[0]
    for part in parts[1:]:
        along = along + part
    again = torch.autograd.grad(along, list(leaves.values()), allow_unused=True)
    found = zip(leaves, again, strict=True)
    return {name: each for name, each in found if each is not None}


@pytest.mark.parametrize(("order", "derivative"), [(1, 72.0), (2, 64.0), (3, 30.0)])
def test_that_each_order_differentiates_once_more(order: int, derivative: float) -> None:
    # y = 5 x^3 + 2 x^2 + 4 x + 8: y' = 15 x^2 + 4 x + 4, y'' = 30 x + 4, y''' = 30.
    model = Model(source="5x^3 + 2x^2 + 4x + 8", mode="point", at=2.0, order=order)
    assert {name: got.item() for name, got in product(model).items()} == {"x": derivative}


@pytest.mark.parametrize("source", ["autograd", "function", "module", "optim", "dynamic"])
def test_that_the_tutorials_models_get_torchs_hessian_vector_product(source: str) -> None:
    model = Model(source=source, order=2)
    found, wanted = product(model), expected(model)
    assert found.keys() == wanted.keys()
    assert all(torch.equal(found[name], wanted[name]) for name in wanted)


@pytest.mark.filterwarnings("ignore:.torch.jit.script")
def test_that_a_network_gets_torch_func_s_hessian_vector_product(tmp_path: Path) -> None:
    source = written(
        tmp_path,
        "import torch\nfrom torch import nn\n\n\nclass Net(nn.Module):\n"
        "    def __init__(self):\n        super().__init__()\n"
        "        self.a = nn.Linear(3, 4)\n        self.b = nn.Linear(4, 1)\n\n"
        "    def forward(self, x):\n        return self.b(torch.tanh(self.a(x))).square().sum()\n",
    )
    model = own(source, "ones(2, 3)", direction="random", seed=5)
    run = Run(model)
    _, recording = run.recording()
    nodes = recording.graph.node
    weights = {name: leaf.detach() for name, leaf in run.model.parameters.items()}
    generator = torch.Generator().manual_seed(5)
    along = {name: torch.randn(each.shape, generator=generator) for name, each in weights.items()}

    def loss(given: dict[str, torch.Tensor]) -> torch.Tensor:
        hidden = torch.tanh(torch.ones(2, 3) @ given["a.weight"].T + given["a.bias"])
        return (hidden @ given["b.weight"].T + given["b.bias"]).square().sum()

    wanted: dict[str, torch.Tensor] = torch.func.jvp(torch.func.grad(loss), (weights,), (along,))[1]
    for leaf, got in recording.tensors.gradients.items():
        torch.testing.assert_close(got, wanted[nodes[leaf].op], rtol=1e-4, atol=1e-5)


def test_that_a_leaf_alone_is_a_column_of_the_hessian() -> None:
    run = Run(Model(source="autograd"))
    target = run.target
    assert target is not None
    a, b, c, d = (parameter.detach() for parameter in run.model.parameters.values())

    def loss(*given: torch.Tensor) -> torch.Tensor:
        x = run.x
        y_pred = given[0] + given[1] * x + given[2] * x**2 + given[3] * x**3
        return (y_pred - target).pow(2).sum()

    hessian = torch.autograd.functional.hessian(loss, (a, b, c, d))  # type: ignore[no-untyped-call]
    found = product(Model(source="autograd", order=2, direction="c"))
    for row, name in enumerate("abcd"):
        torch.testing.assert_close(found[name], hessian[row][2], rtol=1e-5, atol=0.5)


def test_that_the_gradient_can_be_its_own_direction() -> None:
    # y = x^3: H·g is y'' y' = 6x · 3x².
    model = Model(source="x^3", mode="point", at=2.0, order=2, direction="gradient")
    assert product(model)["x"].item() == 12 * 12


@given(numbers=st.lists(st.integers(-3, 3), min_size=3, max_size=5), at=st.integers(-3, 3))
@settings(max_examples=15, deadline=None)
def test_that_any_polynomials_second_derivative_is_that_of_algebra(
    numbers: list[int], at: int
) -> None:
    source = " + ".join(f"({number}) x^{power}" for power, number in enumerate(numbers))
    if not any(numbers[2:]):
        return
    model = Model(source=source, mode="point", at=at, order=2)
    wanted = sum(
        number * power * (power - 1) * at ** (power - 2)
        for power, number in enumerate(numbers)
        if power > 1
    )
    assert product(model)["x"].item() == wanted


def test_that_what_the_model_computed_and_what_its_backward_did_are_told_apart() -> None:
    _, plain = Run(Model(source="autograd")).recording()
    _, recording = Run(Model(source="autograd", order=2)).recording()
    orders = {node.order for node in recording.graph.nodes}
    first = [node.name for node in recording.graph.nodes if node.order == 1]
    assert orders == {1, 2}
    assert {node.order for node in plain.graph.nodes} == {1}
    assert set(first) <= {node.name for node in plain.graph.nodes}
    assert all(node.order == 1 for node in recording.graph.nodes if node.kind == "leaf")


def test_that_every_step_passes_on_what_is_needed_for_the_product() -> None:
    _, recording = Run(Model(source="dynamic", order=2)).recording()
    ran = [step.node for step in recording.trace.steps]
    assert len(ran) == len(set(ran)) == len(recording.graph.nodes)
    sums: dict[str, float] = {}
    for step in recording.trace.steps:
        for each in step.contributions:
            assert each.total.scalar is not None
            sums[each.leaf] = each.total.scalar
    assert sums == {leaf: got.scalar for leaf, got in recording.trace.leaf_grads.items()}


@pytest.mark.parametrize("source", ["numpy", "tensors"])
def test_that_gradients_written_by_hand_are_refused(source: str) -> None:
    with pytest.raises(ModelError, match=r"written by hand.*autograd"):
        Run(Model(source=source, order=2))


def test_that_a_constant_gradient_is_refused() -> None:
    with pytest.raises(ModelError, match="gradient is constant"):
        Run(Model(source="4x + 8", mode="point", order=2)).recording()


def test_that_an_unknown_direction_says_what_there_is() -> None:
    with pytest.raises(SettingError, match=r"no direction 'z'.*one of a, b"):
        Run(Model(source="a + b x", order=2, direction="z")).recording()


def test_that_an_order_that_is_not_offered_is_refused() -> None:
    with pytest.raises(SettingError, match="order 4 is not offered"):
        Run(Model(source="x^2", mode="point", order=4))


FUNCTION = """\
import torch
from torch.autograd.function import once_differentiable


class Square(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    {decorator}
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return {result}


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.tensor([3.0]))

    def forward(self, x):
        return (Square.apply(self.w) * self.w).sum()
"""


@pytest.mark.parametrize(
    ("decorator", "result"),
    [
        ("@once_differentiable", "2 * x * grad_output"),
        ("", "2 * (x * grad_output).detach()"),
        ("", "torch.from_numpy(2 * x.numpy() * grad_output.numpy())"),
    ],
    ids=["once_differentiable", "detach", "numpy"],
)
def test_that_a_backward_that_cannot_be_differentiated_is_named(
    tmp_path: Path, decorator: str, result: str
) -> None:
    source = written(tmp_path, FUNCTION.format(decorator=decorator, result=result))
    with pytest.raises(ModelError, match=r"backward of SquareBackward.*differentiated again"):
        Run(own(source, "ones(1)")).recording()


def test_that_a_gradient_that_is_always_zero_is_a_constant(tmp_path: Path) -> None:
    content = FUNCTION.format(decorator="", result="torch.zeros_like(grad_output)")
    # Only the other factor counts: w^2 as a constant, times w.
    source = written(tmp_path, content.replace("* self.w).sum()", "* self.w.pow(3)).sum()"))
    assert product(own(source, "ones(1)"))["w"].tolist() == [9 * 6 * 3.0]


def test_that_a_backward_of_torchs_operations_is_differentiated(tmp_path: Path) -> None:
    source = written(tmp_path, FUNCTION.format(decorator="", result="2 * x * grad_output"))
    # w^2 w at 3: 6 w.
    assert product(own(source, "ones(1)"))["w"].tolist() == [18.0]


def test_that_training_records_the_gradients_graph_of_every_moment() -> None:
    machine = Machine()
    events = list(machine.handle(BuildModel(1, Model(source="autograd", order=2))))
    training = Training(optimizer="descent", learning_rate=1e-6, steps=5)
    events += machine.handle(StartTraining(1, training))
    while machine.busy:
        events += machine.advance()
    *_, last = (event for event in events if isinstance(event, BackwardRecorded))
    assert (last.graph.order, last.trace.at_step) == (2, 5)
    losses = next(event.losses for event in events if isinstance(event, FrameTrained))
    built = events[0]
    assert isinstance(built, ModelBuilt)
    # What is told and trained is the loss itself, not what is differentiated.
    assert losses.floats()[0] == built.output == Run(Model(source="autograd")).record()[0]


def test_that_a_check_says_that_it_is_for_first_gradients() -> None:
    machine = Machine()
    list(machine.handle(BuildModel(1, Model(source="x^3", order=2))))
    assert "Only first gradients" in refusal_of(machine, CheckGradients()).message


def test_that_an_operation_without_a_second_derivative_is_named(tmp_path: Path) -> None:
    source = written(
        tmp_path,
        "import torch\nfrom torch import nn\nfrom torch.nn.functional import ctc_loss\n\n\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n        super().__init__()\n"
        "        self.w = nn.Parameter(torch.ones(5, 1, 4))\n\n"
        "    def forward(self, x):\n"
        "        targets, five, two = (torch.tensor(each) for each in ([[1, 2]], [5], [2]))\n"
        "        return ctc_loss(self.w.log_softmax(2), targets, five, two)\n",
    )
    with pytest.raises(ModelError, match="aten::_ctc_loss_backward is not implemented"):
        Run(own(source, "ones(1)")).recording()
