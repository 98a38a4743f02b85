"""Random expressions for the engine's tests, and torch's own way to compute them."""

import torch
from hypothesis import strategies as st

from gradviz.engine.data.torch_functions import legendre_p3
from gradviz.expression import (
    Apply,
    Binary,
    Call,
    Compare,
    Negate,
    Number,
    Parameter,
    Pi,
    Tree,
    Variable,
)
from gradviz.expression.functions import function_value

_FUNCTIONS = ("sin", "cos", "exp", "tanh", "sigmoid", "relu", "abs", "P3", "sqrt", "log")


def trees() -> st.SearchStrategy[Tree]:
    """Return trees over x, a, b, whole and broken numbers and pi, of up to a dozen leaves."""
    leaves: st.SearchStrategy[Tree] = st.one_of(
        st.builds(Variable),
        st.builds(Parameter, st.sampled_from("ab")),
        st.builds(Number, st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.0, 7.25])),
        st.builds(Pi),
    )
    return st.recursive(leaves, _larger, max_leaves=12)


def _larger(inner: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.builds(Negate, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            lambda base, power: Binary("^", base, Number(power)),
            inner,
            st.sampled_from([2.0, 3.0, 0.5]),
        ),
        st.builds(Call, st.sampled_from(_FUNCTIONS), inner),
    )


def as_python_would(
    tree: Tree, x: torch.Tensor, parameters: dict[str, torch.Tensor]
) -> torch.Tensor | float:
    """Return the tree's value by plain recursion: the oracle for what the engine compiles."""
    match tree:
        case Number():
            return int(tree.value) if tree.value.is_integer() else tree.value
        case Pi():
            return torch.pi
        case Variable():
            return x
        case Parameter():
            return parameters[tree.name]
        case Negate():
            return -as_python_would(tree.operand, x, parameters)
        case Call():
            return _called(tree.function, as_python_would(tree.argument, x, parameters))
        case Binary():
            left = as_python_would(tree.left, x, parameters)
            right = as_python_would(tree.right, x, parameters)
            return _joined(tree.operator, left, right)
        case Apply() | Compare():
            raise AssertionError("the random trees have none")


def _called(function: str, argument: torch.Tensor | float) -> torch.Tensor | float:
    if not isinstance(argument, torch.Tensor):
        return function_value(function, argument)
    result: torch.Tensor = (
        legendre_p3(argument) if function == "P3" else getattr(torch, function)(argument)
    )
    return result


def _joined(
    operator: str, left: torch.Tensor | float, right: torch.Tensor | float
) -> torch.Tensor | float:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case _:
            return left**right
