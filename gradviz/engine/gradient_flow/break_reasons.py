"""A lost gradient in words: one sentence with the line, and the remedy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch

from gradviz.core.findings.missing import CodePlace, MissingGradient
from gradviz.engine.gradient_flow.gradient_breaks import GradientBreak
from gradviz.engine.tensors.summary import dtype_name

_CALLS: Final[Mapping[str, str]] = {
    "data.__get__": ".data",
    "data.__set__": ".data",
    "tensor": "torch.tensor",
    "as_tensor": "torch.as_tensor",
    "grad": "torch.autograd.grad",
    "__array__": "NumPy",
    "__float__": "float()",
    "__int__": "int()",
    "__index__": "an index of Python",
    "__bool__": "a question of Python's, such as if",
    "__complex__": "complex()",
    "__contains__": "in",
}
_METHODS: Final = frozenset(
    {"detach", "detach_", "item", "tolist", "numpy", "to", "type"}
    | {"long", "int", "short", "char", "byte", "bool"}
)
_INSTEAD: Final[Mapping[str, str]] = {
    "tensor": "Use torch.stack or torch.cat, or the tensor itself: torch.tensor copies its value.",
    "as_tensor": "Use torch.stack or torch.cat, or the tensor itself.",
    "grad": "Give torch.autograd.grad create_graph=True.",
    "argmax": "Use softmax in its place, or what was found as an index alone.",
    "argmin": "Use softmax in its place, or what was found as an index alone.",
}
#: It makes new leaves, with the values of the parameters of several modules.
_STACKED: Final = "stack_module_state"
_COMPARISONS: Final = frozenset(
    {"gt", "ge", "lt", "le", "eq", "ne", "__gt__", "__ge__", "__lt__", "__le__", "__eq__"}
    | {"__ne__", "greater", "greater_equal", "less", "less_equal", "isclose"}
)


def frozen(name: str, leaf: torch.Tensor, *, given: bool) -> MissingGradient | None:
    """Return why a tensor that requires no gradient has none; None where it requires one.

    `given` says that it is an input, which is made outside of the module.
    """
    if leaf.requires_grad:
        return None
    if not (leaf.is_floating_point() or leaf.is_complex()):
        return MissingGradient(
            name=name,
            reason="integer",
            sentence=f"{name} has the dtype {dtype_name(leaf.dtype)}, which has no gradient: only "
            "floating-point and complex tensors have one.",
        )
    return MissingGradient(
        name=name,
        reason="frozen",
        sentence=f"requires_grad of {name} is False, so PyTorch keeps no graph for it.",
        hint=f"Make {name} with requires_grad=True, if its gradient is wanted."
        if given
        else f"{_set_true(name)} before the forward pass.",
    )


def _set_true(name: str) -> str:
    """Return the instruction to set requires_grad, as Python where the name is one in Python."""
    if all(part.isidentifier() for part in name.split(".")):
        return f"Set {name}.requires_grad_()"
    return f"Call requires_grad_() of the parameter {name}"


def without_leaf(name: str, leaf: torch.Tensor) -> MissingGradient | None:
    """Return why a tensor that was computed has no gradient; None where it is a leaf."""
    if leaf.is_leaf:
        return None
    made = leaf.grad_fn.name().rpartition("::")[2] if leaf.grad_fn is not None else "an operation"
    return MissingGradient(
        name=name,
        reason="not_a_leaf",
        sentence=f"{name} is not a leaf: {made} computed it, and PyTorch keeps the gradients of "
        "leaves alone.",
        hint="Make the computed tensor the leaf, as nn.Parameter(…) does, or call "
        f"{name}.retain_grad().",
    )


def unused(name: str) -> MissingGradient:
    """Return that a leaf has no part in the output."""
    return MissingGradient(
        name=name,
        reason="not_used",
        sentence=f"{name} is not used for this output.",
        hint="Compute the output from it, or leave it out of the model.",
    )


def replaced(name: str, place: CodePlace | None) -> MissingGradient:
    """Return that forward puts another parameter in the place of the one that training moves."""
    return MissingGradient(
        name=name,
        reason="replaced",
        sentence=f"{_begun(where(place))} puts a new parameter in the place of {name} at every "
        "call of forward. The output follows from the new one, and training moves the first.",
        place=place,
        hint="Make the parameter in __init__ alone; to set its values in forward, use copy_() "
        "under torch.no_grad().",
    )


def untold(name: str) -> MissingGradient:
    """Return that a leaf is in no graph, where PyTorch does not tell whether it is used at all."""
    return MissingGradient(
        name=name,
        reason="unknown",
        sentence=f"{name} is in no graph of this output, and this version of PyTorch does not tell "
        "whether the output depends on its value.",
        hint="Look whether the output is computed from it.",
    )


def unknown(name: str, first: CodePlace | None) -> MissingGradient:
    """Return that the output depends on a leaf, and that nothing shows where its gradient goes.

    `first` is the line that uses it first.
    """
    return MissingGradient(
        name=name,
        reason="unknown",
        sentence=f"{_begun(where(first))} uses {name}. The output depends on its value, and there "
        "or later its gradient is lost within code that PyTorch does not show, such as C++ or a "
        "compiled function.",
        place=first,
        hint="Look at what is called with it, or compute that with functions of PyTorch.",
    )


def in_words(name: str, loss: GradientBreak) -> MissingGradient:
    """Return where and how the gradient of the leaf `name` was lost."""
    sentence, hint = _told(name, loss)
    return MissingGradient(
        name=name, reason=loss.reason, sentence=sentence, hint=hint, place=loss.place
    )


def lost_at(loss: GradientBreak) -> str:
    """Return the line and the call that lost a gradient, `line 12 of … with .detach()`."""
    line = where(loss.place)
    if loss.reason in ("no_grad", "inference_mode"):
        return f"{line} runs under torch.{loss.reason}()"
    if loss.reason == "python_value":
        return f"{line} takes a value out of PyTorch with {call_text(loss.call)}"
    call = f"{loss.function}.apply" if loss.function else call_text(loss.call)
    return f"{line} cuts the gradient with {call}"


def where(place: CodePlace | None) -> str:
    """Return `line 12 of net.py`, or that it is not known."""
    if place is None:
        return "a line that is not known"
    return f"line {place.line} of {Path(place.file).name}"


def call_text(call: str) -> str:
    """Return a function as it is written: `.detach()`, `argmax`."""
    if call in _METHODS:
        return f".{call}()"
    return _CALLS.get(call, call)


def _told(name: str, loss: GradientBreak) -> tuple[str, str]:
    line, call = where(loss.place), call_text(loss.call)
    at = _begun(line)
    match loss.reason:
        case "no_grad" | "inference_mode":
            return _under(name, loss, at)
        case "integer":
            return _whole(name, loss, at)
        case "function" if loss.call == "apply":
            return (
                f"{at} computes with {name} in {loss.function}.forward what has no gradient: it is "
                "marked as not differentiable, or is not among what forward returns.",
                f"Return it from {loss.function}.forward without ctx.mark_non_differentiable.",
            )
        case "function" if loss.function == "CheckpointFunction":
            return (
                f"{at} uses {name} within a checkpoint with use_reentrant=True, to which no input "
                "with a gradient was given.",
                "Use use_reentrant=False, or give it an input that requires a gradient.",
            )
        case "function":
            return (
                f"{at} uses {name} within {loss.function}.forward, where PyTorch records nothing, "
                "and it is no argument of apply.",
                f"Give {name} to {loss.function}.apply, and return its gradient from backward.",
            )
        case "python_value":
            return (
                f"{at} takes a value that depends on {name} out of PyTorch with {call}; nothing "
                "else of it reaches this output, and what follows from a number has no gradient.",
                f"Use the tensor itself in {line}.",
            )
    text = loss.place.text if loss.place is not None else ""
    if text and loss.call in _METHODS and loss.call not in text:
        return f"{at} calls what cuts {name} off with {call}.", _instead_of(text)
    instead = _INSTEAD.get(loss.call, f"Remove {call} in {line}.")
    return f"{at} cuts {name} off with {call}.", instead


def _instead_of(text: str) -> str:
    """Return what to call in a line in place of a library's function that cuts gradients off."""
    if _STACKED in text:
        return (
            "Stack the parameters with torch.stack, which keeps their graph, or train what "
            f"{_STACKED} returns."
        )
    return "Call something in its place that keeps the graph."


def _under(name: str, loss: GradientBreak, at: str) -> tuple[str, str]:
    mode = f"torch.{loss.reason}()"
    elsewhere = loss.block is not None and loss.block != loss.place
    begun = f", which begins in {where(loss.block)}" if elsewhere else ""
    sentence = f"{at} runs under {mode}{begun}: {call_text(loss.call)} keeps no graph to {name}."
    if loss.block is not None and not elsewhere and ".sample(" in loss.block.text:
        return sentence, "Use rsample() in place of sample()."
    return sentence, f"Move {where(loss.place)} out of {mode}."


def _whole(name: str, loss: GradientBreak, at: str) -> tuple[str, str]:
    sentence = (
        f"{at} makes {loss.dtype} of {name} with {call_text(loss.call)}, and that dtype has no "
        "gradient."
    )
    if loss.call in _COMPARISONS:
        return sentence, "Use something smooth in its place, such as sigmoid."
    return sentence, _INSTEAD.get(loss.call, "Stay with floating-point numbers there.")


def _begun(line: str) -> str:
    return line[0].upper() + line[1:]
