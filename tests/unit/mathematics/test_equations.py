"""The formulas of a fit: a reader computes the loss and the gradients that PyTorch computes."""

import re

import pytest
import torch
from mathml_reader import value_of

from gradviz.engine.optim.losses import LOSSES
from gradviz.expression import parse
from gradviz.mathematics import equations
from gradviz.mathematics.equations import (
    MOST_DERIVATIVES,
    fit_formulas,
    formulas_of,
    point_formulas,
)
from gradviz.mathematics.loss_forms import loss_form
from gradviz.mathematics.typesetting import UnsetError, set_formula

_NAMES = [row.entry.name for row in LOSSES if row.entry.target == "values"]


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize(("prediction", "target"), [(0.4, 1.0), (0.7, 1.0), (0.9, 1.0)])
def test_that_the_loss_of_a_point_and_its_slope_are_pytorchs(
    name: str, prediction: float, target: float
) -> None:
    row = next(each for each in LOSSES if each.entry.name == name)
    for y in (target, -1.0) if "Margin" in name or "Hinge" in name else (target,):
        p = torch.tensor([prediction], dtype=torch.float64, requires_grad=True)
        loss = row.function(p, torch.tensor([y], dtype=torch.float64))
        loss.backward()  # type: ignore[no-untyped-call]
        form = loss_form(name.partition(",")[0], "p", "y")
        assert form is not None
        assert p.grad is not None
        place = {"p": prediction, "y": y}
        assert value_of(form.term, place) == pytest.approx(loss.item(), abs=1e-9)
        assert value_of(form.slope, place) == pytest.approx(p.grad.item(), abs=1e-9)


@pytest.mark.parametrize("loss", ["squared errors", "MSELoss, mean", "HuberLoss, sum"])
def test_that_the_gradient_of_each_parameter_is_pytorchs(loss: str) -> None:
    expression = parse("a e^(b x) + a")
    row = next(each for each in LOSSES if each.entry.name == loss)
    x, y = torch.tensor([0.3, -1.2, 2.0]).double(), torch.tensor([1.0, 0.0, -1.0]).double()
    a, b = (torch.tensor(value).double().requires_grad_() for value in (0.7, -0.4))
    row.function(a * (b * x).exp() + a, y).backward()  # type: ignore[no-untyped-call]
    for formula, leaf in zip(fit_formulas(expression, loss).derivatives, (a, b), strict=True):
        over = re.fullmatch(r"(.*)\\sum_\{i=1\}\^\{n\} (.*)", formula.terms[0])
        assert over is not None
        assert leaf.grad is not None
        total = 0.0
        for at, target in zip(x.tolist(), y.tolist(), strict=True):
            prediction = 0.7 * torch.tensor(-0.4 * at).double().exp().item() + 0.7
            # The prediction has an accent, and the point its index.
            latex = over[2].replace(r"\hat{y}_{i}", "p").replace("_{i}", "")
            total += value_of(latex, {"a": 0.7, "b": -0.4, "x": at, "p": prediction, "y": target})
        factor = value_of(over[1], {"n": 3.0}) if over[1] else 1.0
        assert factor * total == pytest.approx(leaf.grad.item(), rel=1e-6)


def test_that_an_index_is_no_letter_of_a_parameter() -> None:
    latex = fit_formulas(parse("i + n x"), "squared errors").derivatives[1].latex
    assert r"\sum_{k=1}^{N}" in latex
    assert latex.startswith(r"\frac{\partial \mathcal{L}}{\partial n}")


def test_that_partial_derivatives_are_written_as_such() -> None:
    found = point_formulas(parse("x y + sin(z)"))
    assert [each.head for each in found.derivatives] == [
        rf"\frac{{\partial f}}{{\partial {name}}}" for name in "xyz"
    ]
    alone = point_formulas(parse("y = x^2"))
    assert [each.latex for each in alone.all] == ["y = x^{2}", r"\frac{dy}{dx} = 2 x"]


def test_that_derivatives_follow_up_to_the_order() -> None:
    found = point_formulas(parse("x^3"), 3)
    assert [each.latex for each in found.derivatives] == [
        r"\frac{dy}{dx} = 3 x^{2}",
        r"\frac{d^{2}y}{dx^{2}} = 6 x",
        r"\frac{d^{3}y}{dx^{3}} = 6",
    ]


def test_that_what_is_left_out_is_told() -> None:
    many = fit_formulas(parse(" + ".join(f"a{n} x" for n in range(20))), "squared errors")
    assert len(many.derivatives) == MOST_DERIVATIVES
    assert many.notes == ("8 more derivatives are left out.",)
    unnamed = fit_formulas(parse("a x"), "cross-entropy")
    assert unnamed.loss is None
    assert "cross-entropy" in unnamed.notes[0]
    long = point_formulas(parse("(x+1)" * 60))
    assert not long.derivatives
    assert "too long" in long.notes[0]


def test_that_an_expression_with_a_thousand_terms_is_set_in_lines() -> None:
    found = formulas_of("+".join(["x"] * 1000), fit=False).expression
    assert len(found.pieces) == 1000
    setting = set_formula(found.pieces[:60], 300)
    assert setting.width <= 300
    assert setting.height > 60


@pytest.mark.parametrize("latex", ["x" * 5000, r"\sqrt{" * 700 + "x" + "}" * 700])
def test_that_whatever_cannot_be_set_says_so(latex: str) -> None:
    with pytest.raises(UnsetError, match="to be set as mathematics"):
        set_formula([latex])


@pytest.mark.parametrize(("version", "told"), [("2.13.0+cpu", False), ("2.14.1", True)])
def test_that_a_formula_of_clamp_says_where_the_installed_pytorch_differs(
    monkeypatch: pytest.MonkeyPatch, version: str, told: bool
) -> None:
    monkeypatch.setattr(equations, "installed_version", lambda _: version)
    for text, fit in (("clamp(x^2, 1, 3)", False), ("clamp(a x, 1, 3)", True)):
        notes = formulas_of(text, fit=fit).notes
        assert [("bound" in note) for note in notes] == [True] * told
    assert not formulas_of("max(x, 1)", fit=False).notes
