"""The formulas of a network: read again, they give the numbers that PyTorch gives."""

import re
from collections.abc import Mapping

import pytest
import torch
from mathml_reader import value_of

from gradviz.engine.optim.losses import LOSSES
from gradviz.expression.networks import Network, parse_network
from gradviz.mathematics.equations import formulas_of
from gradviz.mathematics.model_formulas import Formula
from gradviz.mathematics.network_formulas import MOST_GRADIENTS, network_formulas
from gradviz.mathematics.typesetting import set_formula

_SYMBOLS = {"weight": "W", "bias": "b"}
Known = Mapping[str, torch.Tensor]


def _passed(network: Network, x: torch.Tensor) -> Known:
    """Return all that the formulas name, by its name in plain text, from a pass of PyTorch."""
    torch.manual_seed(1)
    layers = [
        getattr(torch.nn, each.row.name)(**each.arguments).double() for each in network.layers
    ]
    known, value = {"X": x}, x
    for place, layer in enumerate(layers):
        value = layer(value)
        known["y_pred" if place == len(layers) - 1 else f"H{place}"] = value
        known |= {f"{_SYMBOLS[key]}{place}": each for key, each in layer.named_parameters()}
    for each in known.values():
        if each.requires_grad:
            each.retain_grad()
    ((value - 1) ** 2).sum().backward()  # type: ignore[no-untyped-call]
    slopes = {f"∂loss/∂{name}": each.grad for name, each in known.items() if each.grad is not None}
    return {name: each.detach() for name, each in (known | slopes).items()}


def _of_each(latex: str, known: Known) -> torch.Tensor:
    """Compute a function of each number of one matrix, as a reader of LaTeX does."""
    (place,) = set(re.findall(r"H_\{(\d)\}|X", latex))
    matrix = known[f"H{place}" if place else "X"]
    text = re.sub(r"H_\{\d\}|X", "x", latex)
    return matrix.clone().apply_(lambda number: value_of(text, {"x": number}))


def _right(formula: Formula, known: Known) -> torch.Tensor:
    """Compute the right side of an equation."""
    text = formula.typed.partition(" = ")[2]
    if found := re.fullmatch(r"(\w+) (\w+)ᵀ(?: \+ (\w+))?", text):
        before, weight, bias = found.groups()
        product = known[before] @ known[weight].T
        return product if bias is None else product + known[bias]
    if found := re.fullmatch(r"\((.+)\)ᵀ (\w+)", text):
        return known[found[1]].T @ known[found[2]]
    if found := re.fullmatch(r"Σ \((.+)\)", text):
        return known[found[1]].sum(0)
    if found := re.fullmatch(r".+ ⊙ (.+)", text):
        return _of_each(formula.terms[0].partition(r"\odot")[0], known) * known[found[1]]
    if found := re.fullmatch(r"(∂\S+) (\w+)", text):
        return known[found[1]] @ known[found[2]]
    return _of_each(" ".join(formula.terms), known)


@pytest.mark.parametrize(
    "text",
    [
        "Linear(1, 4), Tanh(), Linear(4, 1)",
        "Linear(2, 4), ReLU(), Linear(4, 2, bias=False), Sigmoid(), Linear(2, 1)",
        "Softsign(), Linear(2, 1)",
    ],
)
def test_that_every_equation_of_matrices_gives_what_pytorch_gives(text: str) -> None:
    network = parse_network(text)
    x = torch.randn(5, network.inputs, dtype=torch.float64, generator=torch.manual_seed(0))
    known = _passed(network, x)
    found = network_formulas(network, "squared errors")
    by_prediction, *gradients = found.derivatives
    assert by_prediction.latex.endswith(r"= 2 \left(\hat{Y} - Y\right)")
    for formula in (*found.layers, found.expression, *gradients):
        left = formula.typed.partition(" = ")[0]
        torch.testing.assert_close(_right(formula, known), known[left])
    lefts = {each.typed.partition(" = ")[0] for each in found.derivatives}
    for name in network.parameters:
        place, _, key = name.partition(".")
        assert f"∂loss/∂{_SYMBOLS[key]}{place}" in lefts


def test_that_its_latex_says_the_same_as_its_text() -> None:
    found = formulas_of("Linear(2, 3), Tanh(), Linear(3, 1)", fit=True)
    by_output = r"\frac{\partial \mathcal{L}}{\partial \hat{Y}}"
    by_hidden = r"\frac{\partial \mathcal{L}}{\partial H_{0}}"
    assert [each.latex for each in (*found.layers, found.expression)] == [
        r"H_{0} = X W_{0}^{\top} + b_{0}",
        r"H_{1} = \tanh\left(H_{0}\right)",
        r"\hat{Y} = H_{1} W_{2}^{\top} + b_{2}",
    ]
    assert [each.latex.partition(" = ")[2] for each in found.derivatives] == [
        r"\frac{1}{n} \left(\sigma\left(\hat{Y}\right) - Y\right)",
        rf"\left({by_output}\right)^{{\top}} H_{{1}}",
        rf"\sum_{{i=1}}^{{n}} \left({by_output}\right)_{{i}}",
        rf"{by_output} W_{{2}}",
        r"\left(1 - \tanh^{2}\left(H_{0}\right)\right) \odot "
        r"\frac{\partial \mathcal{L}}{\partial H_{1}}",
        rf"\left({by_hidden}\right)^{{\top}} X",
        rf"\sum_{{i=1}}^{{n}} \left({by_hidden}\right)_{{i}}",
    ]
    assert all(set_formula(each.pieces, 640.0) for each in found.all)


def test_that_the_gradient_of_cross_entropy_is_pytorchs() -> None:
    found = formulas_of("Linear(2, 3)", fit=True)
    (loss,) = (row for row in LOSSES if row.entry.name == "cross-entropy")
    logits = torch.randn(4, 3, dtype=torch.float64, requires_grad=True)
    y = torch.tensor([0, 2, 1, 1])
    loss.function(logits, y).backward()  # type: ignore[no-untyped-call]
    assert found.derivatives[0].typed == "∂loss/∂y_pred = 1/n (softmax(y_pred) − Y)"
    one_hot = torch.nn.functional.one_hot(y, 3)
    torch.testing.assert_close(logits.grad, (logits.detach().softmax(1) - one_hot) / 4)
    assert "softmax" in found.forward[-1].latex


def test_that_a_layer_that_is_no_product_of_matrices_stays_a_name_with_its_numbers() -> None:
    found = formulas_of("Linear(1, 4), LeakyReLU(0.2), LayerNorm(4), Linear(4, 1)", fit=True)
    _, leaky, norm = found.layers
    assert leaky.typed == "H1 = LeakyReLU(negative_slope=0.2)(H0)"
    assert leaky.latex == r"H_{1} = \text{LeakyReLU}_{\text{0.2}}\left(H_{0}\right)"
    assert norm.typed == "H2 = LayerNorm(H1; W2, b2)"
    told = [each.typed for each in found.derivatives]
    assert "∂loss/∂W2 = (∂H2/∂W2)ᵀ ∂loss/∂H2" in told
    assert "∂loss/∂H1 = (∂H2/∂H1)ᵀ ∂loss/∂H2" in told
    along = formulas_of(
        "Linear(1, 4), Unflatten(1, (2, 2)), Linear(2, 1), Flatten(), Linear(2, 1)", fit=True
    )
    assert along.layers[2].typed == "H2 = Linear(H1; W2, b2)"


def test_that_a_loss_without_a_formula_and_gradients_that_are_left_out_are_told() -> None:
    found = formulas_of("Linear(2, 3)", fit=True, loss="MultiMarginLoss")
    assert found.loss is None
    assert found.notes == ("The loss MultiMarginLoss has no formula here, so it stays a name.",)
    assert found.derivatives[0].typed == "∂loss/∂W0 = (∂loss/∂y_pred)ᵀ X"
    deep = formulas_of(", ".join(["Linear(1, 1)"] * 12), fit=True)
    assert len(deep.derivatives) == MOST_GRADIENTS
    assert deep.notes == ("6 more derivatives are left out.",)
