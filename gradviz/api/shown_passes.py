"""The passes that a window is to show: recorded now, or before."""

import dataclasses
from collections.abc import Mapping
from types import FrameType
from typing import Any

import msgspec
import torch

from gradviz.api.captures import Capture
from gradviz.api.watches import Watch, WatchedPass
from gradviz.core.errors import RecordingError
from gradviz.core.language.saying import tr
from gradviz.engine.captured.captured import Captured
from gradviz.engine.captured.kept_pass import KEPT_MB, Shown
from gradviz.engine.captured.tensor_names import given_names, variable_names
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.generators import generators_kept
from gradviz.protocol.questions import MissingGradients


def passes_of(
    shown: Any, params: Any, title: str, caller: FrameType
) -> tuple[str, tuple[Shown, ...]]:
    """Return the title, and the passes to show, the last of them first to be seen.

    Raises:
        GradvizError: `shown` has no graph, or it was freed, or a watch has recorded nothing yet.
    """
    if isinstance(shown, Watch):
        return title or shown.name, _watched(shown)
    if isinstance(shown, WatchedPass):
        return title or shown.name, (_of_watch(shown),)
    if isinstance(shown, Capture):
        # That of the module that was captured with its inputs.
        name = shown.groups[0].title if shown.groups else next(iter(shown.captured.outputs))
        return title or name, (_recorded_capture(shown.captured),)
    variables = variable_names(caller)
    given = given_names(params)
    known = {id(tensor) for tensor in given.values()}
    names = given | {name: each for name, each in variables.items() if id(each) not in known}
    wanted = given or {name: each for name, each in names.items() if each.is_leaf}
    expected = {name: each for name, each in wanted.items() if each.requires_grad}
    name = next((name for name, tensor in variables.items() if tensor is shown), "")
    captured = Captured(shown, names, expected=expected)
    return title or name or tr("output"), (_recorded(captured, name, expected),)


def _recorded(
    captured: Captured, name: str, expected: Mapping[str, torch.Tensor] | None = None
) -> Shown:
    """Record a pass, unless one was recorded before, and keep it as it is now."""
    with generators_kept():
        recording = captured.recording
        missing = None
        if expected is not None:
            missing = MissingGradients(leaves=len(expected), missing=captured.missing())
    recording = _named(captured.kept(KEPT_MB), name)
    return Shown(recording, name or tr("output"), captured.number, missing=missing)


def _recorded_capture(captured: Captured) -> Shown:
    """Record a pass, unless one was recorded before, with the gradients that it does not give."""
    with generators_kept():
        missing = captured.explained_missing()
    shown = _recorded(captured, "")
    return dataclasses.replace(shown, missing=missing if missing.leaves else None)


def _named(recording: Recording, name: str) -> Recording:
    """Return `recording` with the name of its output, where it has one."""
    graph = msgspec.structs.replace(recording.graph, result=name)
    return Recording(graph, recording.trace, recording.tensors)


def _watched(watch: Watch) -> tuple[Shown, ...]:
    if not watch.recordings:
        raise RecordingError(
            tr("Nothing is recorded yet."),
            tr(
                "Show it after a backward pass that it records; the first is one unless `when` "
                "is set."
            ),
        )
    return tuple(_of_watch(each) for each in watch.recordings)


def _of_watch(watched: WatchedPass) -> Shown:
    return Shown(
        _named(watched.backward_pass, "loss"),
        watched.title,
        watched.loss,
        watched.step,
        MissingGradients(leaves=watched.expected, missing=watched.missing()),
    )
