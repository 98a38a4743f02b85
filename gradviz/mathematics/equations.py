"""The formulas of a model: its expression, its loss, and the derivatives by each of its leaves."""

from collections.abc import Sequence
from typing import Final

from gradviz.core.language.saying import sentences, tr
from gradviz.core.tried_versions import installed_version, release
from gradviz.expression import Apply, Expression, Tree, parse, postorder, pretty
from gradviz.expression.names import shown_name
from gradviz.expression.networks import names_network, parse_network
from gradviz.mathematics.algebra import number
from gradviz.mathematics.derivative import TooLongError, derivative
from gradviz.mathematics.latex_writer import Writer, parameter
from gradviz.mathematics.loss_forms import loss_form
from gradviz.mathematics.model_formulas import LOSS, Formula, Formulas, left_out
from gradviz.mathematics.network_formulas import network_formulas

#: More derivatives are not read.
MOST_DERIVATIVES: Final = 12
# From this release on PyTorch gives a number that meets a bound of clamp another gradient.
_OTHER_BOUNDS: Final = (2, 14)
_LETTERS: Final = ("i", "k", "j", "m", "l")
_COUNTS: Final = ("n", "N", "m", "M")


def point_formulas(expression: Expression, order: int = 1) -> Formulas:
    """Return the expression as a function of its inputs, and its derivatives by them.

    Parameters that it has beside its inputs follow. With an `order` above 1, a function of one
    input alone has its derivatives up to that order.
    """
    writer = Writer(expression.text, taken=frozenset(expression.parameters))
    result = expression.result or "y"
    inputs = expression.inputs
    arguments = f"({', '.join(inputs)})" if expression.result not in ("", "y") else ""
    latex_arguments = rf"\left({', '.join(inputs)}\right)" if arguments else ""
    first = Formula(
        result + latex_arguments,
        writer.terms(expression.tree),
        f"{result}{arguments} = {pretty(expression.tree)}",
    )
    names = (*inputs, *expression.point_parameters)
    alone = len(names) == 1
    found, notes = _derived(
        expression.tree, names[:MOST_DERIVATIVES], writer, result, order if alone else 1
    )
    if len(names) > MOST_DERIVATIVES:
        notes.append(left_out(len(names) - MOST_DERIVATIVES))
    notes += _notes_on_bounds(expression.tree)
    return Formulas(first, None, tuple(found), tuple(notes))


def _derived(
    tree: Tree, names: Sequence[str], writer: Writer, result: str, orders: int
) -> tuple[list[Formula], list[str]]:
    """Return the derivatives by each of the names, and notes on those that are too long."""
    found, notes = [], []
    d = "d" if len(names) == 1 else "∂"
    above = "d" if len(names) == 1 else r"\partial"
    for name in names:
        derived = tree
        for order in range(1, orders + 1):
            try:
                derived = derivative(derived, name)
            except TooLongError as error:
                notes.append(sentences([error.message, error.hint]))
                break
            raised, sign = (f"^{{{order}}}", "²³"[order - 2]) if order > 1 else ("", "")
            space = "" if above == "d" else " "
            over, under = f"{above}{raised}{space}{result}", f"{above}{space}{parameter(name)}"
            head = rf"\frac{{{over}}}{{{under}{raised}}}"
            typed = f"{d}{sign}{result}/{d}{shown_name(name)}{sign} = {pretty(derived)}"
            found.append(Formula(head, writer.terms(derived), typed))
    return found, notes


def fit_formulas(expression: Expression, loss: str) -> Formulas:
    """Return the prediction, the loss over all points, and its derivative by each parameter.

    `loss` is a name of the catalogue, such as `MSELoss, mean`.
    """
    taken = frozenset(expression.parameters)
    index = next(letter for letter in (*_LETTERS, "q") if letter not in taken)
    count = next((letter for letter in _COUNTS if letter not in (*taken, index)), r"\#")
    writer = Writer(expression.text, taken=taken)
    prediction = Formula(
        r"\hat{y}", writer.terms(expression.tree), f"y_pred = {pretty(expression.tree)}"
    )
    kind, _, reduction = loss.partition(", ")
    form = loss_form(kind, rf"\hat{{y}}_{{{index}}}", f"y_{{{index}}}")
    if form is None:
        note = tr("The loss {loss} is no sum over single points, so it stays a name.", loss=loss)
        return Formulas(prediction, notes=(note,))
    mean = reduction == "mean"
    over = rf"\sum_{{{index}=1}}^{{{count}}} "
    over = rf"\frac{{1}}{{{count}}} {over}" if mean else over
    plain = "1/n Σ " if mean else "Σ "
    total = Formula(LOSS, (f"{over}{form.term}",), f"loss = {plain}({form.typed})")
    points = Writer(expression.text, rf"x_{{{index}}}", taken)
    found, notes = [], []
    for name in expression.parameters[:MOST_DERIVATIVES]:
        try:
            slope = derivative(expression.tree, name)
        except TooLongError as error:
            notes.append(sentences([error.message, error.hint]))
            continue
        factor = "" if number(slope) == 1 else f" {points.factor(slope)}"
        head = rf"\frac{{\partial {LOSS}}}{{\partial {parameter(name)}}}"
        typed = f"∂loss/∂{shown_name(name)} = {plain}∂loss/∂y_pred · ({pretty(slope)})"
        found.append(Formula(head, (f"{over}{form.slope}{factor}",), typed))
    if len(expression.parameters) > MOST_DERIVATIVES:
        notes.append(left_out(len(expression.parameters) - MOST_DERIVATIVES))
    notes += _notes_on_bounds(expression.tree)
    return Formulas(prediction, total, tuple(found), tuple(notes))


def _notes_on_bounds(tree: Tree) -> list[str]:
    """Return a sentence where the installed PyTorch has another slope at the bounds of clamp."""
    clamps = any(isinstance(node, Apply) and node.function == "clamp" for node in postorder(tree))
    if not clamps or release(installed_version("torch")) < _OTHER_BOUNDS:
        return []
    return [tr("Where x of clamp meets a bound, PyTorch from 2.14 on has another derivative.")]


def formulas_of(text: str, *, fit: bool, loss: str = "", order: int = 1) -> Formulas:
    """Return the formulas of a typed expression, or of a typed network, which is fitted always.

    `loss` is a name of the catalogue; empty for that which the model has of itself.

    Raises:
        ExpressionError: the text is none.
    """
    if names_network(text):
        return network_formulas(parse_network(text), loss)
    expression = parse(text)
    if fit and expression.fittable:
        return fit_formulas(expression, loss or "squared errors")
    return point_formulas(expression, order)
