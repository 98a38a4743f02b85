"""A made-up function is one row of the table, and is there wherever a function must be."""

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

import pytest
import torch
from function_cases import (
    assert_sympy_agrees_with_torch,
    assert_the_script_agrees_with_torch,
    assert_torch_agrees_with_plain_floats,
)
from script_runs import printed, trained, written

from gradviz import cli
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import ExpressionError
from gradviz.engine.runs.run import Run
from gradviz.expression import FUNCTIONS, Call, Domain, Function, Variable, parse, tokens


class Cube(torch.autograd.Function):
    """The third power, with its derivative written by hand."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor) -> torch.Tensor:
        ctx.save_for_backward(x)
        return x**3

    @staticmethod
    def backward(ctx: Any, grad_output: torch.Tensor) -> torch.Tensor:
        (x,) = ctx.saved_tensors
        result: torch.Tensor = grad_output * 3 * x**2
        return result


_DEFINITION = """\
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, grad_output):
        x, = ctx.saved_tensors
        return grad_output * 3 * x ** 2


cube = Cube.apply"""

_ROWS = (
    # PyTorch, sympy and plain Python have it by the name that is typed.
    Function(name="erf", doc="Error function.", synonyms=("erff",), value=math.erf),
    # One of them has another name for it, and it has no value everywhere.
    Function(
        name="lgamma",
        doc="Logarithm of the gamma function, for arguments above 0.",
        synonyms=("gammaln",),
        value=math.lgamma,
        domain=Domain(low=0.0, low_included=False),
        sympy="loggamma",
    ),
    # Its backward is written by hand.
    Function(
        name="cube",
        doc="Third power.",
        synonyms=("third",),
        value=lambda value: value**3,
        degree=3,
        torch=f"{__name__}.Cube.apply",
        definition=_DEFINITION,
        formula="x^3",
    ),
)
_OPERATIONS = {"erf": "Erf", "lgamma": "Lgamma", "cube": "Cube"}
_SLOPES: Final[Mapping[str, Callable[[float], float]]] = {
    "erf": lambda x: 2 / math.sqrt(math.pi) * math.exp(-(x**2)),
    "lgamma": lambda x: torch.digamma(torch.tensor(x, dtype=torch.float64)).item(),
    "cube": lambda x: 3 * x**2,
}
_AT = 1.25


@pytest.fixture(params=_ROWS, ids=lambda row: row.name)
def name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a made-up function whose row is in the table."""
    row: Function = request.param
    assert row.name not in FUNCTIONS
    monkeypatch.setitem(FUNCTIONS, row.name, row)
    return row.name


@pytest.fixture
def all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every made-up row in the table."""
    for row in _ROWS:
        monkeypatch.setitem(FUNCTIONS, row.name, row)


def test_that_it_is_parsed_and_coloured_as_a_function(name: str) -> None:
    assert parse(f"{name}(x)").tree == Call(name, Variable())
    (synonym,) = FUNCTIONS[name].synonyms
    assert parse(f"{synonym}(x)").tree == Call(name, Variable())
    assert parse(f"{name.upper()}(x)").tree == Call(name, Variable())
    assert tokens(f"2 {name}(x)")[1] == (2, len(name), "function")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("{name}q(x)", "Did you mean {name}(x)?"),
        ("{synonym}q(x)", "Did you mean {name}(x)?"),
        ("a{name}(x)", "A product is written with spaces: a {name}(x)."),
        ("{name} + x", "Write {name}(x)."),
        ("foo", "P3, {name}"),
    ],
)
def test_that_it_is_told_in_hints(name: str, typed: str, hint: str) -> None:
    (synonym,) = FUNCTIONS[name].synonyms
    with pytest.raises(ExpressionError) as caught:
        parse(typed.format(name=name, synonym=synonym))
    assert hint.format(name=name) in caught.value.hint


@pytest.mark.usefixtures("all_rows")
def test_that_a_constant_outside_its_domain_is_told_the_domain() -> None:
    with pytest.raises(ExpressionError) as caught:
        parse("a lgamma(0)")
    assert caught.value.hint == "The function lgamma is defined for numbers above 0."


@pytest.mark.usefixtures("all_rows")
def test_that_a_polynomial_is_limited_in_its_degree() -> None:
    with pytest.raises(ExpressionError, match="in x is 81"):
        parse("cube(cube(cube(cube(x))))")


def test_that_it_is_drawn_with_its_label(name: str, tmp_path: Path) -> None:
    _, graph, _ = Run(Model(source=f"{name}(x) + 1")).record()
    assert {node.op: node.label for node in graph.nodes}[_OPERATIONS[name]] == f"{name}(x)"
    path = tmp_path / "graph.svg"
    assert cli.main(["graph", f"{name}(x) + 1", "-o", str(path)]) == 0
    texts = "".join(ElementTree.parse(path).getroot().itertext())  # noqa: S314 - our own file
    assert _OPERATIONS[name] in texts
    assert f"{name}(x)" in texts


def test_that_it_is_stepped_with_the_right_gradient(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["step", f"5 {name}(x)", "--at", str(_AT), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["output"] == pytest.approx(5 * FUNCTIONS[name].value(_AT), rel=1e-6)
    assert document["leaf_grads"]["x"] == pytest.approx(5 * _SLOPES[name](_AT), rel=1e-6)


def test_that_it_is_checked_against_sympy(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    source = f"a {name}(x^2 + 1) + b"
    assert cli.main(["check", source, "--points", "20", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["nodes"]
    findings = [finding for row in rows for finding in row["findings"]]
    verdicts = [each["verdict"] for each in findings if each["method"] == "sympy's derivative"]
    assert verdicts == ["agrees", "agrees"]


@pytest.mark.usefixtures("all_rows")
def test_that_scripts_with_them_print_the_figures_of_the_engine(tmp_path: Path) -> None:
    training = Training(optimizer="descent", learning_rate=1e-6, steps=100)
    points = [Model(source=f"{row.name}(x) + {row.name}(2)", mode="point", at=_AT) for row in _ROWS]
    fits = [Model(source="a + b x", target=f"{row.name}(x)", low=1.5, points=20) for row in _ROWS]
    scripts = [written(model, training, model.mode or "fit") for model in (*points, *fits)]
    # One run for all, because every import of torch takes a second.
    lines = printed(tmp_path, *scripts)
    for found, model in zip(lines, points, strict=False):
        output, _, trace = Run(model).record()
        (gradient,) = trace.leaf_grads.values()
        assert found == [f"y = {output}", f"dy/dx = {gradient.scalar}"]
    for found, model in zip(lines[len(points) :], fits, strict=True):
        assert found == trained(model, training)


def test_that_torch_sympy_and_the_script_agree_on_it(name: str) -> None:
    for at in (1.0625, _AT, 3.0):
        assert_torch_agrees_with_plain_floats(name, at)
        assert_sympy_agrees_with_torch(name, at)
        assert_the_script_agrees_with_torch(name, at)


def test_that_the_command_line_lists_it(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["step", "foo"]) == 2
    assert f"P3, {name}," in capsys.readouterr().err
