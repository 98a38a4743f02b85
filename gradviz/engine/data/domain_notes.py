"""Notes on numbers outside a function's domain, found before anything is trained.

The tree is evaluated in double precision over the inputs in use. A part is noted where its own
operands are finite and its value is not real, or not finite because of a pole.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

import torch

from gradviz.core.language.saying import sentences, tr, tr_n
from gradviz.core.number_text import counted, short
from gradviz.engine.data.program import operation_of
from gradviz.expression import (
    FUNCTIONS,
    Binary,
    Call,
    Domain,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
    children,
    postorder,
)
from gradviz.expression.folding import node_value
from gradviz.expression.printing import labels

#: So many are told; the first ones lead to the others.
_MOST: Final = 3
_LONGEST: Final = 40


class _Part(NamedTuple):
    """A part of the expression that is computed: its value, and whether x is in it."""

    value: torch.Tensor
    number: float | None
    label: str
    varies: bool


@torch.no_grad()
def domain_notes(
    tree: Tree, parameters: Mapping[str, torch.Tensor], x: torch.Tensor
) -> tuple[str, ...]:
    """Return a sentence for each part that leaves its domain, at most three.

    `x` has the shape (points,) or (); the parameters have the shape ().
    """
    inputs = x.detach().to(torch.float64)
    drawn = {name: value.detach().to(torch.float64) for name, value in parameters.items()}
    notes: dict[str, None] = {}
    parts: list[_Part] = []
    for node, label in zip(postorder(tree), labels(tree, _LONGEST), strict=True):
        first = len(parts) - len(children(node))
        operands = parts[first:]
        number = node_value(node, [part.number for part in operands])
        value = _value(node, number, [part.value for part in operands], inputs, drawn)
        varies = isinstance(node, Variable) or any(part.varies for part in operands)
        if number is None:
            note = _note(node, operands, value, inputs)
            if note:
                notes[note] = None
        parts[first:] = [_Part(value, number, label, varies)]
    return tuple(notes)[:_MOST]


def _value(
    node: Tree,
    number: float | None,
    operands: list[torch.Tensor],
    x: torch.Tensor,
    parameters: Mapping[str, torch.Tensor],
) -> torch.Tensor:
    if number is not None:
        return x.new_tensor(number)
    match node:
        case Variable():
            return x
        case Parameter():
            return parameters[node.name]
        case Number() | Pi():
            raise AssertionError(f"a number without a value: {node}")
        case _:
            result: torch.Tensor = operation_of(node)(*operands)
            return result


def _note(node: Tree, operands: list[_Part], value: torch.Tensor, x: torch.Tensor) -> str:
    """Return the note on a node, or nothing where it stays within its domain."""
    match node:
        case Call():
            domain = FUNCTIONS[node.function].domain
            outside, subject = _outside(operands[0].value, domain), 0
            rule = tr(
                "{function} is defined for {numbers}.",
                function=node.function,
                numbers=domain.words,
            )
        case Binary(operator="/" | "%"):
            outside, subject = operands[1].value == 0, 1
            rule = tr("Nothing can be divided by zero.")
        case Binary(operator="^"):
            base, exponent = (part.value for part in operands)
            outside, subject = ((base < 0) & (exponent != exponent.floor())), 0
            rule = tr("A negative number has whole powers only.")
            if bool(((base == 0) & (exponent < 0)).any()):
                outside = (base == 0) & (exponent < 0)
                rule = tr("Zero has no negative power.")
        case _:
            return ""
    for operand in operands:
        outside = outside & operand.value.isfinite()
    if not bool(outside.any()):
        return ""
    return sentences([rule, _places(operands[subject], outside, value, x)])


def _outside(argument: torch.Tensor, domain: Domain) -> torch.Tensor:
    """Return where the argument is beyond the bounds; a pole is met by chance only."""
    below = argument < domain.low if domain.low_included else argument <= domain.low
    above = argument > domain.high if domain.high_included else argument >= domain.high
    return below & argument.isfinite() | above & argument.isfinite()


def _places(part: _Part, outside: torch.Tensor, value: torch.Tensor, x: torch.Tensor) -> str:
    """Return the first place in words, and how many more there are."""
    shape = outside.shape
    index = int(outside.reshape(-1).nonzero()[0])

    def first(values: torch.Tensor) -> float:
        return float(values.expand(shape).reshape(-1)[index])

    count = int(outside.sum()) - 1
    told: dict[str, object] = {
        "part": part.label,
        "number": short(first(part.value)),
        "result": first(value),
    }
    points: dict[str, object] = {"more": counted(count), "points": counted(outside.numel())}
    if part.varies and part.label != "x":
        told["x"] = short(first(x))
        if not count:
            return tr("{part} = {number} at x = {x} gives {result}.", **told)
        return tr_n(
            "{part} = {number} at x = {x} gives {result}, and so do {more} more of {points} "
            "points.",
            "{part} = {number} at x = {x} gives {result}, and so does {more} more of {points} "
            "points.",
            count,
            **told,
            **points,
        )
    if not count:
        return tr("{part} = {number} gives {result}.", **told)
    return tr_n(
        "{part} = {number} gives {result}, and so do {more} more of {points} points.",
        "{part} = {number} gives {result}, and so does {more} more of {points} points.",
        count,
        **told,
        **points,
    )
