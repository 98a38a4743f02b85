r"""The formulas of a typed network: one for each layer, and the gradients from the loss back.

The points are the rows of each matrix, as in PyTorch: a layer of weights is `H = X W^\top + b`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from gradviz.core.language.saying import tr
from gradviz.expression import parse, pretty
from gradviz.expression.functions import FUNCTIONS
from gradviz.expression.networks import Network, TypedLayer
from gradviz.mathematics.algebra import number
from gradviz.mathematics.derivative import derivative
from gradviz.mathematics.latex_writer import Writer, in_brackets
from gradviz.mathematics.loss_forms import loss_form
from gradviz.mathematics.model_formulas import LOSS, Formula, Formulas, left_out

_X: Final = re.compile(r"(?<![A-Za-z])x(?![A-Za-z])")
# More gradients are not read.
MOST_GRADIENTS: Final = 30
# The names of cross-entropy in the catalogue; both are means.
_CROSS_ENTROPIES: Final = ("cross-entropy", "NLLLoss")
_SYMBOLS: Final = {"weight": "W", "bias": "b"}


class _Name(NamedTuple):
    """A matrix, as LaTeX and in plain text."""

    latex: str
    typed: str


class _Layer(NamedTuple):
    """A layer between what comes in and what goes out of it.

    Attributes:
        function: The function of the grammar that it takes of each number; empty for another layer.
        parameters: Those that it has.
        linear: Whether it multiplies the rows of a matrix by its weight.
    """

    typed: TypedLayer
    before: _Name
    after: _Name
    function: str
    parameters: tuple[_Name, ...]
    linear: bool


def network_formulas(network: Network, loss: str = "") -> Formulas:
    """Return the equation of each layer, the loss, and its gradients from the last layer on.

    `loss` is a name of the catalogue; empty for the network's own.
    """
    layers = _layers(network)
    *first, last = map(_forward, layers)
    name = loss or network.loss
    known = _loss(name)
    total, gradients = (known[0], [known[1]]) if known else (None, [])
    note = tr("The loss {loss} has no formula here, so it stays a name.", loss=name)
    trained = next(place for place, each in enumerate(layers) if each.parameters)
    for place in range(len(layers) - 1, trained - 1, -1):
        gradients += _by_parameters(layers[place])
        if place > trained:
            gradients.append(_by_input(layers[place]))
    notes = [] if known else [note]
    if len(gradients) > MOST_GRADIENTS:
        notes.append(left_out(len(gradients) - MOST_GRADIENTS))
    return Formulas(last, total, tuple(gradients[:MOST_GRADIENTS]), tuple(notes), tuple(first))


def _layers(network: Network) -> list[_Layer]:
    found = []
    before = _Name("X", "X")
    for place, typed in enumerate(network.layers):
        last = place == len(network.layers) - 1
        after = _Name(r"\hat{Y}", "y_pred") if last else _Name(f"H_{{{place}}}", f"H{place}")
        parameters = tuple(
            _Name(f"{symbol}_{{{place}}}", f"{symbol}{place}")
            for name in network.parameters
            if name.startswith(f"{place}.")
            for symbol in (_SYMBOLS[name.partition(".")[2]],)
        )
        linear = typed.row.name == "Linear" and len(network.shapes[place]) == 1
        found.append(_Layer(typed, before, after, _function(typed), parameters, linear))
        before = after
    return found


def _function(layer: TypedLayer) -> str:
    """Return the function of the grammar that the layer is; empty where it is none."""
    name = layer.row.name.lower()
    usual = not set(layer.arguments) - {"inplace"}
    return name if usual and name in FUNCTIONS else ""


def _forward(layer: _Layer) -> Formula:
    before, after = layer.before, layer.after
    if layer.function:
        tree = parse(f"{layer.function}(x)").tree
        typed = _X.sub(before.typed, pretty(tree))
        terms = Writer(variable=before.latex).terms(tree)
        return Formula(after.latex, terms, f"{after.typed} = {typed}")
    if layer.linear:
        weight, *bias = layer.parameters
        product = rf"{before.latex} {weight.latex}^{{\top}}"
        typed = f"{after.typed} = {before.typed} {weight.typed}ᵀ"
        if not bias:
            return Formula(after.latex, (product,), typed)
        return Formula(after.latex, (product, f"+ {bias[0].latex}"), f"{typed} + {bias[0].typed}")
    name, settings = layer.typed.row.name, _settings(layer.typed)
    latex, typed = before.latex, before.typed
    if layer.parameters:
        latex += "; " + ", ".join(each.latex for each in layer.parameters)
        typed += "; " + ", ".join(each.typed for each in layer.parameters)
    index = rf"_{{\text{{{', '.join(settings.values())}}}}}" if settings else ""
    told = ", ".join(f"{key}={value}" for key, value in settings.items())
    called = f"{name}({told})({typed})" if told else f"{name}({typed})"
    written = rf"\text{{{name}}}{index}{in_brackets(latex)}"
    return Formula(after.latex, (written,), f"{after.typed} = {called}")


def _settings(layer: TypedLayer) -> dict[str, str]:
    """Return the numbers of a layer that are not its usual ones; its shapes are in the graph."""
    required = {each.name for each in layer.row.arguments if each.required}
    return {
        name: str(value)
        for name, value in layer.arguments.items()
        if name not in required and not isinstance(value, bool)
    }


def _loss(name: str) -> tuple[Formula, Formula] | None:
    """Return the loss over all points, and its gradient by the prediction."""
    kind, _, reduction = name.partition(", ")
    of_classes = kind in _CROSS_ENTROPIES
    mean = reduction == "mean" or of_classes
    over, plain = (r"\frac{1}{n} ", "1/n ") if mean else ("", "")
    prediction = _Name(r"\hat{Y}", "y_pred")
    if of_classes:
        likely = r"\operatorname{softmax}\left(\hat{y}_{i}\right)"
        term = rf"-\ln {likely}_{{y_{{i}}}}"
        total = Formula(
            LOSS,
            (rf"{over}\sum_{{i=1}}^{{n}} \left({term}\right)",),
            f"loss = {plain}Σ (−ln softmax(y_pred)_y)",
        )
        slope = r"\left(\operatorname{softmax}\left(\hat{Y}\right) - Y\right)"
        return total, _gradient(prediction, over + slope, f"{plain}(softmax(y_pred) − Y)")
    single = loss_form(kind, r"\hat{y}_{i}", "y_{i}")
    whole = loss_form(kind, r"\hat{Y}", "Y")
    if single is None or whole is None:
        return None
    total = Formula(
        LOSS,
        (rf"{over}\sum_{{i=1}}^{{n}} {single.term}",),
        f"loss = {plain}Σ ({single.typed})",
    )
    return total, _gradient(prediction, over + whole.slope, f"{plain}∂({whole.typed})/∂y_pred")


def _by_parameters(layer: _Layer) -> Iterator[Formula]:
    sent = _fraction(layer.after)
    if not layer.linear:
        for each in layer.parameters:
            yield _by_jacobian(layer, each)
        return
    weight, *bias = layer.parameters
    yield _gradient(
        weight,
        rf"{in_brackets(sent.latex)}^{{\top}} {layer.before.latex}",
        f"({sent.typed})ᵀ {layer.before.typed}",
    )
    for each in bias:
        yield _gradient(
            each,
            rf"\sum_{{i=1}}^{{n}} {in_brackets(sent.latex)}_{{i}}",
            f"Σ ({sent.typed})",
        )


def _by_input(layer: _Layer) -> Formula:
    sent = _fraction(layer.after)
    if layer.linear:
        weight = layer.parameters[0]
        return _gradient(
            layer.before, f"{sent.latex} {weight.latex}", f"{sent.typed} {weight.typed}"
        )
    if not layer.function:
        return _by_jacobian(layer, layer.before)
    slope = derivative(parse(f"{layer.function}(x)").tree, "x")
    if number(slope) == 1:
        return _gradient(layer.before, sent.latex, sent.typed)
    typed = _X.sub(layer.before.typed, pretty(slope))
    written = Writer(variable=layer.before.latex).factor(slope)
    return _gradient(layer.before, rf"{written} \odot {sent.latex}", f"({typed}) ⊙ {sent.typed}")


def _by_jacobian(layer: _Layer, by: _Name) -> Formula:
    """Return the gradient by a parameter, or the input, of a layer that is written as its name."""
    sent = _fraction(layer.after)
    slope = rf"\frac{{\partial {layer.after.latex}}}{{\partial {by.latex}}}"
    return _gradient(
        by,
        rf"{in_brackets(slope)}^{{\top}} {sent.latex}",
        f"(∂{layer.after.typed}/∂{by.typed})ᵀ {sent.typed}",
    )


def _fraction(by: _Name) -> _Name:
    """Return the gradient of the loss by a matrix as a symbol."""
    return _Name(rf"\frac{{\partial {LOSS}}}{{\partial {by.latex}}}", f"∂loss/∂{by.typed}")


def _gradient(by: _Name, latex: str, typed: str) -> Formula:
    left = _fraction(by)
    return Formula(left.latex, (latex,), f"{left.typed} = {typed}")
