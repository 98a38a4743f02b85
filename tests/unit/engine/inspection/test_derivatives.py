"""PyTorch's table of derivatives: named as PyTorch names its nodes, and readable where promised."""

import runpy
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files

import pytest
import torch
import yaml
from torch import nn

from gradviz.core.choices.settings import Model
from gradviz.core.findings.formulas import FORMULAS, OPEN_BOUNDS, formula_of
from gradviz.engine.inspection.derivatives import derivatives
from gradviz.engine.recording.capture import forward_name
from gradviz.engine.runs.run import Run


def test_that_the_table_is_read_without_libyaml_too(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = derivatives()
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    assert derivatives.__wrapped__() == fast


def test_that_every_node_is_named_as_pytorchs_own_generator_names_it() -> None:
    with as_file(files("torchgen").joinpath("packaged")) as folder:
        loader = runpy.run_path(str(folder / "autograd" / "load_derivatives.py"))
        names = ("autograd/derivatives.yaml", "ATen/native/native_functions.yaml")
        tables = (*names, "ATen/native/tags.yaml")
        infos, _ = loader["load_derivatives"](*(str(folder / table) for table in tables))
    expected = {
        info.op: {name for derivative in info.derivatives for name in derivative.var_names}
        for by_key in infos.values()
        for info in by_key.values()
        if info.op is not None and not info.op.endswith("_copy")
    }
    found = {name: {each for each, _ in entry.formulas} for name, entry in derivatives().items()}
    assert found == expected


def test_that_every_row_to_read_is_of_an_operator_and_its_inputs() -> None:
    for key, row in (*FORMULAS.items(), *OPEN_BOUNDS.items()):
        entries = [e for name, e in derivatives().items() if key in (name, forward_name(name))]
        inputs = {name for entry in entries for name, _ in entry.formulas}
        assert entries, key
        assert set(row) <= inputs, key


@pytest.mark.parametrize(
    "source", ["autograd", "function", "nn", "optim", "module", "dynamic", "classifier"]
)
def test_that_every_node_of_the_models_has_a_formula_to_read(source: str) -> None:
    run = Run(Model(source=source))
    for step in (0, *run.model.shape_steps()):
        _, graph, _ = run.record(step)
        _check({node.name for node in graph.nodes if node.kind in ("operation", "output")})


def _modules() -> Iterator[tuple[nn.Module, torch.Tensor]]:
    rows, images, sequence = torch.randn(4, 6), torch.randn(2, 3, 8, 8), torch.randn(5, 2, 6)
    yield nn.Linear(6, 3), rows
    yield nn.Linear(6, 3, bias=False), sequence
    yield nn.Conv1d(2, 4, 3), torch.randn(2, 2, 9)
    yield nn.Conv2d(3, 4, 3), images
    yield nn.ConvTranspose2d(3, 4, 3), images
    yield nn.BatchNorm2d(3), images
    yield nn.GroupNorm(3, 3), images
    yield nn.LayerNorm(6), rows
    yield nn.Softmax(1), rows
    yield nn.LogSoftmax(1), rows
    yield nn.TransformerEncoderLayer(6, 2, 8), sequence
    yield nn.LSTM(6, 3), sequence
    yield nn.GRU(6, 3), sequence
    yield nn.LSTMCell(6, 3), rows
    yield nn.Embedding(6, 3), torch.tensor([0, 2, 1, 5])
    for kind in (nn.ReLU, nn.GELU, nn.SiLU, nn.Sigmoid, nn.Tanh, nn.Dropout, nn.Flatten):
        yield kind(), rows


_LOSSES: tuple[tuple[Callable[..., torch.Tensor], str], ...] = (
    (nn.MSELoss(), "numbers"),
    (nn.L1Loss(), "numbers"),
    (nn.SmoothL1Loss(), "numbers"),
    (nn.HuberLoss(), "numbers"),
    (nn.BCEWithLogitsLoss(), "numbers"),
    (nn.KLDivLoss(reduction="batchmean"), "numbers"),
    (nn.CrossEntropyLoss(), "classes"),
    (nn.CrossEntropyLoss(label_smoothing=0.1), "classes"),
    (nn.NLLLoss(), "classes"),
)


def test_that_the_layers_of_most_networks_have_a_formula_to_read() -> None:
    for module, given in _modules():
        taken = given.clone().requires_grad_() if given.is_floating_point() else given
        found = module(taken)
        _check(_names(found[0] if isinstance(found, tuple) else found))
    attention, x = nn.MultiheadAttention(6, 2), torch.randn(5, 2, 6, requires_grad=True)
    _check(_names(attention(x, x, x)[0]) | _names(attention(x, x, x, need_weights=False)[0]))


def test_that_the_losses_have_a_formula_to_read() -> None:
    targets = {"numbers": torch.rand(4, 6), "classes": torch.tensor([0, 2, 1, 5])}
    for loss, target in _LOSSES:
        _check(_names(loss(torch.randn(4, 6, requires_grad=True), targets[target])))


def _names(output: torch.Tensor) -> set[str]:
    waiting, found = [output.grad_fn], set[str]()
    while waiting:
        node = waiting.pop()
        if node is not None and not hasattr(node, "variable"):
            found.add(node.name())
            waiting += [source for source, _ in node.next_functions]
    return found


def _check(names: set[str]) -> None:
    for name in names:
        row = formula_of(forward_name(name), name)
        assert {each for each, _ in derivatives()[name].formulas} <= set(row), name
