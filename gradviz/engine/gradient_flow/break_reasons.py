"""A lost gradient in words: one sentence with the line, and the remedy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import torch

from gradviz.core.findings.missing import CodePlace, MissingGradient
from gradviz.core.language.saying import marked, tr
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
    "__complex__": "complex()",
    "__contains__": "in",
}
#: Those that are told in words.
_CALLS_IN_WORDS: Final[Mapping[str, str]] = {
    "__index__": marked("an index of Python"),
    "__bool__": marked("a question of Python's, such as if"),
}
_METHODS: Final = frozenset(
    {"detach", "detach_", "item", "tolist", "numpy", "to", "type"}
    | {"long", "int", "short", "char", "byte", "bool"}
)
_INSTEAD: Final[Mapping[str, str]] = {
    "tensor": marked(
        "Use torch.stack or torch.cat, or the tensor itself: torch.tensor copies its value."
    ),
    "as_tensor": marked("Use torch.stack or torch.cat, or the tensor itself."),
    "grad": marked("Give torch.autograd.grad create_graph=True."),
    "argmax": marked("Use softmax in its place, or what was found as an index alone."),
    "argmin": marked("Use softmax in its place, or what was found as an index alone."),
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
            sentence=tr(
                "{name} has the dtype {dtype}, which has no gradient: only floating-point and "
                "complex tensors have one.",
                name=name,
                dtype=dtype_name(leaf.dtype),
            ),
        )
    return MissingGradient(
        name=name,
        reason="frozen",
        sentence=tr(
            "requires_grad of {name} is False, so PyTorch keeps no graph for it.", name=name
        ),
        hint=tr("Make {name} with requires_grad=True, if its gradient is wanted.", name=name)
        if given
        else _set_true(name),
    )


def _set_true(name: str) -> str:
    """Return the instruction to set requires_grad, as Python where the name is one in Python."""
    if all(part.isidentifier() for part in name.split(".")):
        return tr("Set {name}.requires_grad_() before the forward pass.", name=name)
    return tr("Call requires_grad_() of the parameter {name} before the forward pass.", name=name)


def without_leaf(name: str, leaf: torch.Tensor) -> MissingGradient | None:
    """Return why a tensor that was computed has no gradient; None where it is a leaf."""
    if leaf.is_leaf:
        return None
    made = leaf.grad_fn.name().rpartition("::")[2] if leaf.grad_fn is not None else ""
    return MissingGradient(
        name=name,
        reason="not_a_leaf",
        sentence=tr(
            "{name} is not a leaf: {operation} computed it, and PyTorch keeps the gradients of "
            "leaves alone.",
            name=name,
            operation=made or tr("an operation"),
        ),
        hint=tr(
            "Make the computed tensor the leaf, as nn.Parameter(…) does, or call "
            "{name}.retain_grad().",
            name=name,
        ),
    )


def unused(name: str) -> MissingGradient:
    """Return that a leaf has no part in the output."""
    return MissingGradient(
        name=name,
        reason="not_used",
        sentence=tr("{name} is not used for this output.", name=name),
        hint=tr("Compute the output from it, or leave it out of the model."),
    )


def replaced(name: str, place: CodePlace | None) -> MissingGradient:
    """Return that forward puts another parameter in the place of the one that training moves."""
    return MissingGradient(
        name=name,
        reason="replaced",
        sentence=tr(
            "{line} puts a new parameter in the place of {name} at every call of forward. The "
            "output follows from the new one, and training moves the first.",
            line=at_beginning(place),
            name=name,
        ),
        place=place,
        hint=tr(
            "Make the parameter in __init__ alone; to set its values in forward, use copy_() under "
            "torch.no_grad()."
        ),
    )


def untold(name: str) -> MissingGradient:
    """Return that a leaf is in no graph, where PyTorch does not tell whether it is used at all."""
    return MissingGradient(
        name=name,
        reason="unknown",
        sentence=tr(
            "{name} is in no graph of this output, and this version of PyTorch does not tell "
            "whether the output depends on its value.",
            name=name,
        ),
        hint=tr("Look whether the output is computed from it."),
    )


def unknown(name: str, first: CodePlace | None) -> MissingGradient:
    """Return that the output depends on a leaf, and that nothing shows where its gradient goes.

    `first` is the line that uses it first.
    """
    return MissingGradient(
        name=name,
        reason="unknown",
        sentence=tr(
            "{line} uses {name}. The output depends on its value, and there or later its gradient "
            "is lost within code that PyTorch does not show, such as C++ or a compiled function.",
            line=at_beginning(first),
            name=name,
        ),
        place=first,
        hint=tr("Look at what is called with it, or compute that with functions of PyTorch."),
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
        return tr("{line} runs under {mode}", line=line, mode=f"torch.{loss.reason}()")
    if loss.reason == "python_value":
        call = call_text(loss.call)
        return tr("{line} takes a value out of PyTorch with {call}", line=line, call=call)
    call = f"{loss.function}.apply" if loss.function else call_text(loss.call)
    return tr("{line} cuts the gradient with {call}", line=line, call=call)


def where(place: CodePlace | None) -> str:
    """Return `line 12 of net.py`, or that it is not known."""
    if place is None:
        return tr("a line that is not known")
    return tr("line {line} of {file}", line=place.line, file=Path(place.file).name)


def at_beginning(place: CodePlace | None) -> str:
    """Return `where` as it begins a sentence: `Line 12 of net.py`."""
    if place is None:
        return tr("A line that is not known")
    return tr("Line {line} of {file}", line=place.line, file=Path(place.file).name)


def call_text(call: str) -> str:
    """Return a function as it is written: `.detach()`, `argmax`."""
    if call in _METHODS:
        return f".{call}()"
    if call in _CALLS_IN_WORDS:
        return tr(_CALLS_IN_WORDS[call])
    return _CALLS.get(call, call)


def _told(name: str, loss: GradientBreak) -> tuple[str, str]:
    call = call_text(loss.call)
    told = {"line": at_beginning(loss.place), "name": name}
    match loss.reason:
        case "no_grad" | "inference_mode":
            return _under(name, loss)
        case "integer":
            return _whole(name, loss)
        case "function":
            return _in_function(name, loss)
        case "python_value":
            return (
                tr(
                    "{line} takes a value that depends on {name} out of PyTorch with {call}; "
                    "nothing else of it reaches this output, and what follows from a number has no "
                    "gradient.",
                    **told,
                    call=call,
                ),
                tr("Use the tensor itself in {line}.", line=where(loss.place)),
            )
    text = loss.place.text if loss.place is not None else ""
    if text and loss.call in _METHODS and loss.call not in text:
        sentence = tr("{line} calls what cuts {name} off with {call}.", **told, call=call)
        return sentence, _instead_of(text)
    sentence = tr("{line} cuts {name} off with {call}.", **told, call=call)
    if loss.call in _INSTEAD:
        return sentence, tr(_INSTEAD[loss.call])
    return sentence, tr("Remove {call} in {line}.", call=call, line=where(loss.place))


def _in_function(name: str, loss: GradientBreak) -> tuple[str, str]:
    """Tell of a loss within the forward of a Function, and what to do."""
    told = {"line": at_beginning(loss.place), "name": name}
    if loss.call == "apply":
        return (
            tr(
                "{line} computes with {name} in {function}.forward what has no gradient: it is "
                "marked as not differentiable, or is not among what forward returns.",
                **told,
                function=loss.function,
            ),
            tr(
                "Return it from {function}.forward without ctx.mark_non_differentiable.",
                function=loss.function,
            ),
        )
    if loss.function == "CheckpointFunction":
        return (
            tr(
                "{line} uses {name} within a checkpoint with use_reentrant=True, to which no "
                "input with a gradient was given.",
                **told,
            ),
            tr("Use use_reentrant=False, or give it an input that requires a gradient."),
        )
    return (
        tr(
            "{line} uses {name} within {function}.forward, where PyTorch records nothing, "
            "and it is no argument of apply.",
            **told,
            function=loss.function,
        ),
        tr(
            "Give {name} to {function}.apply, and return its gradient from backward.",
            name=name,
            function=loss.function,
        ),
    )


def _instead_of(text: str) -> str:
    """Return what to call in a line in place of a library's function that cuts gradients off."""
    if _STACKED in text:
        return tr(
            "Stack the parameters with torch.stack, which keeps their graph, or train what "
            "{function} returns.",
            function=_STACKED,
        )
    return tr("Call something in its place that keeps the graph.")


def _under(name: str, loss: GradientBreak) -> tuple[str, str]:
    mode = f"torch.{loss.reason}()"
    told = {
        "line": at_beginning(loss.place),
        "mode": mode,
        "call": call_text(loss.call),
        "name": name,
    }
    if loss.block is not None and loss.block != loss.place:
        sentence = tr(
            "{line} runs under {mode}, which begins in {beginning}: {call} keeps no graph to "
            "{name}.",
            **told,
            beginning=where(loss.block),
        )
    else:
        sentence = tr("{line} runs under {mode}: {call} keeps no graph to {name}.", **told)
        if loss.block is not None and ".sample(" in loss.block.text:
            return sentence, tr("Use rsample() in place of sample().")
    return sentence, tr("Move {line} out of {mode}.", line=where(loss.place), mode=mode)


def _whole(name: str, loss: GradientBreak) -> tuple[str, str]:
    sentence = tr(
        "{line} makes {dtype} of {name} with {call}, and that dtype has no gradient.",
        line=at_beginning(loss.place),
        dtype=loss.dtype,
        name=name,
        call=call_text(loss.call),
    )
    if loss.call in _COMPARISONS:
        return sentence, tr("Use something smooth in its place, such as sigmoid.")
    if loss.call in _INSTEAD:
        return sentence, tr(_INSTEAD[loss.call])
    return sentence, tr("Stay with floating-point numbers there.")
