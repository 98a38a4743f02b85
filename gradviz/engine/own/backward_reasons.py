"""The lines behind a failed backward pass of a user's module, found by running it once more."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from torch import nn

from gradviz.core.errors import OwnModelError
from gradviz.core.findings.missing import CodePlace
from gradviz.core.language.saying import sentences, tr
from gradviz.engine.gradient_flow.break_reasons import at_beginning, call_text, where
from gradviz.engine.gradient_flow.code_lines import line_of
from gradviz.engine.gradient_flow.in_place import ChangeInPlace, ChangesInPlace
from gradviz.engine.own.attributes import Attribute, kept_graphs
from gradviz.engine.own.running import FileRunner
from gradviz.engine.recording.backward_failures import BackwardError


def with_lines(
    error: BackwardError, module: nn.Module, runner: FileRunner, run: Callable[[], object]
) -> BackwardError:
    """Return the error with the lines at fault; `run` runs the failed forward pass once more."""
    explanation = error.explanation
    if explanation is None:
        return error
    try:
        if explanation.kind == "second_backward":
            sentence = _kept_graph(module, runner, run)
        elif explanation.kind == "in_place":
            sentence = _changed_in_place(run) or _kept_graph(module, runner, run)
        else:
            sentence = ""
    except OwnModelError:
        # A pass that fails when it runs again shows no line.
        return error
    hint = sentences([explanation.sentence, sentence or explanation.advice])
    return BackwardError(error.message, hint, error.details, explanation)


def _changed_in_place(run: Callable[[], object]) -> str:
    changes = ChangesInPlace()
    with changes.listening():
        run()
    found = changes.found()
    return _change_told(found[0]) if found else ""


def _change_told(change: ChangeInPlace) -> str:
    return tr(
        "{line} changes it with {call}, and {needed} needs it as it was. Compute a new tensor "
        "there: y = y + 1 in place of y += 1, inplace=False for an activation, or clone() before "
        "the change.",
        line=at_beginning(change.changed),
        call=call_text(change.call),
        needed=where(change.needed),
    )


def _kept_graph(module: nn.Module, runner: FileRunner, run: Callable[[], object]) -> str:
    """Return which attribute holds a graph of an earlier call; empty where none does."""
    kept = kept_graphs(module)
    if not kept:
        return ""
    told, attribute = next(iter(kept.items()))
    line = _line_that_sets(module, attribute, runner, run)
    if line is None:
        return tr(
            "{name} was computed once, with a graph, and is used in each call. Compute it in "
            "forward, or keep it with detach().",
            name=told,
        )
    return tr(
        "{name} is kept from one call to the next with its graph, in {line}. Detach it there: keep "
        "{name}.detach(), or detach it where the next call uses it.",
        name=told,
        line=where(line),
    )


def _line_that_sets(
    module: nn.Module, attribute: Attribute, runner: FileRunner, run: Callable[[], object]
) -> CodePlace | None:
    path, name = attribute
    part = module.get_submodule(path)
    content = vars(part).get(name)
    seen = [_state(content)]
    found: list[CodePlace] = []
    last: list[tuple[str, int]] = []

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        if frame.f_code.co_filename != str(runner.path):
            return None
        now = _state(vars(part).get(name))
        if now != seen[0] and last:
            seen[0] = now
            found.append(line_of(*last[0]))
        last[:] = [(frame.f_code.co_filename, frame.f_lineno)]
        return trace

    with _tracing(trace):
        run()
    if _state(vars(part).get(name)) != seen[0] and last:
        found.append(line_of(*last[0]))
    return found[-1] if found else None


def _state(value: Any) -> tuple[int, ...]:
    """Return the identities that change where a value, or one within a container, is another."""
    if isinstance(value, dict):
        return (id(value), *(id(each) for each in value.values()))
    if isinstance(value, list | tuple):
        return (id(value), *(id(each) for each in value))
    return (id(value),)


@contextmanager
def _tracing(trace: Callable[[FrameType, str, Any], Any]) -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)
