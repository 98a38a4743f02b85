"""Conditions on the numbers that a sentence names."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.lessons.conditions.condition import Condition, like
from gradviz.ui.lessons.conditions.walk_conditions import node_named, step_of
from gradviz.ui.lessons.lesson_window import LessonWindow


def _are(
    find: Callable[[LessonWindow, str], TensorSummary | None],
    window: LessonWindow,
    numbers: Mapping[str, float],
) -> bool:
    return all(
        (found := find(window, name)) is not None
        and found.scalar is not None
        and like(found.scalar, value)
        for name, value in numbers.items()
    )


def _gradient(window: LessonWindow, name: str) -> TensorSummary | None:
    node, trace = node_named(window, name), window.state.trace
    return trace.leaf_grads.get(node.id) if node is not None and trace is not None else None


def _value(window: LessonWindow, name: str) -> TensorSummary | None:
    node = node_named(window, name)
    return node.value if node is not None else None


def _arrived(window: LessonWindow, name: str) -> TensorSummary | None:
    at = step_of(window, name)
    return window.state.steps[at - 1].grad_outputs[0] if at is not None else None


def _sent(window: LessonWindow, name: str) -> TensorSummary | None:
    at = step_of(window, name)
    sent = window.state.steps[at - 1].grad_inputs if at is not None else ()
    return next((each for each in sent if each is not None), None)


def _has_parameters(window: LessonWindow, numbers: Mapping[str, float]) -> bool:
    has = window.state.progress.parameters
    return all(name in has and like(has[name], value) for name, value in numbers.items())


def _has_none(window: LessonWindow, name: str) -> bool:
    missing = window.workbench.missing.found
    return missing is not None and name in [each.name for each in missing.missing]


CONDITIONS: Final[Mapping[str, Condition]] = {
    "parameters": Condition(
        Form("numbers", "Parameters at the step that is shown.", shown=False), _has_parameters
    ),
    "y": Condition(
        Form("number", "The value of the output.", shown=False),
        lambda window, y: (
            window.state.output_number is not None and like(window.state.output_number, y)
        ),
    ),
    "value": Condition(
        Form("numbers", "Values by the node that has them.", shown=False), partial(_are, _value)
    ),
    "gradient": Condition(
        Form("numbers", "Gradients by the leaf that has them at the end.", shown=False),
        partial(_are, _gradient),
    ),
    "arrived": Condition(
        Form("numbers", "Gradients by the node that they arrive at.", shown=False),
        partial(_are, _arrived),
    ),
    "sent": Condition(
        Form("numbers", "Gradients by the node that sends them on.", shown=False),
        partial(_are, _sent),
    ),
    "no_gradient": Condition(
        Form("text", "This parameter has no gradient: its `.grad` stays None.", shown=False),
        _has_none,
    ),
}
