"""Live tensors with the graph behind them, described and differentiated without a model."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import torch
from torch import nn

from gradviz.core.errors import ModelError, RecordingError
from gradviz.core.findings.checks import NodeCheck
from gradviz.core.findings.health import Health, Thresholds, examined
from gradviz.core.findings.missing import MissingGradient
from gradviz.core.graphs.graph import Graph
from gradviz.core.language.saying import listed, tr
from gradviz.engine.captured.kept_pass import frozen
from gradviz.engine.captured.kept_values import hear_kept
from gradviz.engine.captured.missing_without_replay import missing_from
from gradviz.engine.captured.module_pass import ModulePass
from gradviz.engine.captured.other_device import on_device
from gradviz.engine.captured.tensor_names import given_names
from gradviz.engine.inspection.answers import Inspected, whole
from gradviz.engine.own.nested_tensors import Place, place_text, tensors_in
from gradviz.engine.recording.backward import run_kept_backward
from gradviz.engine.recording.capture import Forward, Walk, graph_of
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record_running, record_walk
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.replay import Replay
from gradviz.engine.tensors.summary import Summaries
from gradviz.engine.torch_internals.hooks import without_hooks_after_accumulation
from gradviz.engine.torch_internals.tensor_memory import has_values
from gradviz.protocol.questions import ExplainMissing, MissingGradients

#: The gradients that a backward pass starts with: of the one output, or of each by its name.
Starts = torch.Tensor | Mapping[str, torch.Tensor] | Sequence[torch.Tensor] | None


class Captured:
    """The graph behind one output or several, with its tensors as they are.

    The graph stays as it is, whatever is asked: a backward pass keeps its saved tensors, and gives
    the gradients of the leaves back as they were.

    Attributes:
        outputs: The outputs that have a graph, by their names: `output`, `loss` or `hidden[0]`.
        names: The tensors that have a name of their own, leaves and others.
    """

    def __init__(
        self,
        output: Any,
        names: Mapping[str, torch.Tensor] | None = None,
        recorder: ForwardRecorder | None = None,
        expected: Mapping[str, torch.Tensor] | None = None,
        replay: Replay | None = None,
    ) -> None:
        """Walk the graph behind `output`, a tensor or any nesting of tensors.

        Args:
            output: A tensor, or a tuple, list, dict or dataclass of tensors.
            names: Tensors by the names that they are shown by; matched by identity.
            recorder: Heard the forward pass; without one only those values are known that
                autograd has kept.
            expected: The tensors whose gradient the user wants, by name.
            replay: Runs the pass again, where something can.

        Raises:
            ModelError: no tensor in it has a graph.
        """
        found = tensors_in(output)
        self.outputs = {
            place_text(place): each for place, each in found.items() if each.requires_grad
        }
        if not self.outputs:
            raise _without_graph(output, found)
        self.names = dict(names or {})
        self._expected = dict(expected or {})
        self._replay = replay if len(self.outputs) == 1 else None
        self._started: Starts = None
        self._recorder = recorder or _late_recorder()
        self._walk = Walk(tuple(self.outputs.values()), self.names)
        # A tensor that has no part in a pass is not kept alive. A leaf may have one that is not
        # seen, as within a checkpoint.
        self.names = {
            name: each
            for name, each in self.names.items()
            if (each.is_leaf and each.requires_grad) or each.grad_fn in self._walk.ids
        }
        self._recording: Recording | None = None
        self._graph: Graph | None = None
        if self._recorder.late:
            hear_kept(self._walk, self._recorder)
            for name, tensor in self.names.items():
                self._recorder.name(tensor, name)
        for tensor in self.outputs.values():
            self._recorder.hear(tensor)

    @property
    def graph(self) -> Graph:
        """Return the graph with all values that are known, as they were when it was first asked."""
        if self._graph is None:
            self._graph = graph_of(self._walk, Forward(self._walk, self._recorder), Summaries())
        return self._graph

    @property
    def leaf_ids(self) -> set[int]:
        """Return the identities of the leaves that the graph ends in."""
        return {id(leaf.variable) for leaf in self._walk.leaves}

    @property
    def number(self) -> float:
        """Return the output as a number; nan where it is not one real number with a value."""
        outputs = tuple(self.outputs.values())
        one = len(outputs) == 1 and outputs[0].numel() == 1
        if not one or not has_values(outputs[0]) or outputs[0].is_complex():
            return math.nan
        return float(outputs[0].detach().item())

    @property
    def recording(self) -> Recording:
        """Return the last backward pass, or run one that starts with ones.

        Raises:
            ModelError: as `backward` does.
        """
        return self._recording or self.backward()

    def backward(self, gradient: Starts = None) -> Recording:
        """Run one backward pass through the graph, and return it with all its tensors.

        No gradient of a leaf is changed, and the graph can be differentiated again. Hooks of the
        user run as in any pass, but for those that run after a gradient was accumulated.

        Args:
            gradient: One for each output, of its shape; ones where it is None.

        Raises:
            ModelError: the pass raised, as for a graph whose saved tensors were freed.
            RecordingError: `gradient` does not fit the outputs.
        """
        outputs = tuple(self.outputs.values())
        starts = self._starts(gradient) if gradient is not None else _usual_starts(outputs)
        run = partial(run_kept_backward, outputs, starts)
        self._started = gradient
        # Such a hook may do a step of an optimizer, which is none of a pass that only looks.
        leaves = [*(leaf.variable for leaf in self._walk.leaves), *self.names.values()]
        with without_hooks_after_accumulation(leaves):
            self._recording = record_walk(self._walk, run, self.names, self._recorder)
        self._graph = self._recording.graph
        return self._recording

    def record_running(self, run: Callable[[], None], at_step: int = 0) -> Recording:
        """Record the pass of the user's that `run` runs, with all its effects, and return it.

        Raises:
            BaseException: whatever `run` raises.
        """
        self._recording = record_running(self._walk, run, self._recorder, at_step)
        self._graph = self._recording.graph
        return self._recording

    def kept(self, megabytes: int) -> Recording:
        """Return the last pass with copies of all that its program may change, and go on with it.

        Why gradients are missing has to be asked before.
        """
        self._recording = frozen(self.recording, megabytes)
        self._graph = self._recording.graph
        return self._recording

    def inspected(self) -> Inspected:
        """Return the last pass as questions find it.

        It can be run again where a module was captured with its inputs, and where the pass has
        started with ones at the one output.
        """
        return Inspected(self.recording, self._replay if self._started is None else None)

    def checked(self, nodes: Sequence[str] = ()) -> tuple[NodeCheck, ...]:
        """Return the check of each of `nodes` by their ids, or of every leaf.

        Where the pass can be run again the gradients are compared with finite differences too,
        else with those of torch.autograd.grad alone.

        Raises:
            GradvizError: there is no such node, or the graph cannot be differentiated again.
        """
        if not all(map(has_values, self.outputs.values())):
            raise RecordingError(
                tr("There are no values to check, only shapes."),
                tr("Capture the same computation with values, such as on the CPU."),
            )
        # Whoever shows or draws a graph need not wait for what checks it.
        from gradviz.engine.captured.checks_without_replay import checked_again
        from gradviz.engine.inspection.checks.checker import checked, checked_nodes

        inspected = self.inspected()
        recording = inspected.recording
        wanted = checked_nodes(recording, tuple(nodes))
        if inspected.replayed_by is not None:
            return tuple(checked(inspected.replayed_by, recording, wanted))
        starts = self._starts(self._started)
        outputs = tuple(self.outputs.values())
        return tuple(checked_again(self._walk, recording, outputs, starts, wanted))

    def missing(self) -> tuple[MissingGradient, ...]:
        """Return why tensors have no gradient whose gradient the user wants, each with a reason.

        These are the parameters of a module, and those that were named for it.
        """
        return self.explained_missing().missing

    def explained_missing(self) -> MissingGradients:
        """Return that with the number of tensors whose gradient the user wants."""
        inspected = self.inspected()
        if inspected.replayed_by is None:
            found = missing_from(self._walk, inspected.recording, self._expected)
            return MissingGradients(leaves=len(self._expected), missing=tuple(found))
        answer = whole(ExplainMissing(), inspected)
        assert isinstance(answer, MissingGradients)  # noqa: S101 - for the type checker
        return answer

    def health(self, thresholds: Thresholds | None = None) -> Health:
        """Return the health of every node: norms, zeros, and where gradients are not finite."""
        from gradviz.engine.inspection.measured_health import counted

        recording = self.recording
        limits = thresholds or Thresholds()
        return examined(recording.graph, recording.trace, limits, counted(recording))

    def _starts(self, gradient: Starts) -> list[torch.Tensor | None]:
        outputs = self.outputs
        if gradient is None:
            # PyTorch itself refuses a complex output, in words.
            return [
                None if each.is_complex() else torch.ones_like(each) for each in outputs.values()
            ]
        if isinstance(gradient, torch.Tensor):
            gradient = (gradient,)
        if isinstance(gradient, Mapping):
            given = [gradient.get(name) for name in outputs]
            fits = set(gradient) == set(outputs)
        else:
            given = list(gradient)
            fits = len(given) == len(outputs)
        fits = fits and all(
            isinstance(each, torch.Tensor) and each.shape == output.shape
            for each, output in zip(given, outputs.values(), strict=False)
        )
        if not fits:
            shapes = listed(f"{name} {tuple(each.shape)}" for name, each in outputs.items())
            raise RecordingError(
                tr("The gradient does not fit the outputs."),
                tr("Give one tensor for each, of its shape: {shapes}.", shapes=shapes),
            )
        return given


def captured_module(
    module: nn.Module,
    inputs: Any,
    params: Any = None,
    device: str | None = None,
) -> Captured:
    """Run `module` on `inputs` once, and return its graph, with the calls that made the nodes.

    Args:
        module: It is as it was afterwards, its buffers and all random numbers too.
        inputs: A tensor, a sequence of arguments, or a dict of arguments by their names.
        params: Names as `given_names` takes them, before those of the module itself.
        device: Where a copy of both is run instead; `meta` has shapes, and no values.

    Raises:
        ModelError: the module raised, or nothing that it returned has a graph.
        DeviceError: there is no such device.
    """
    if device is not None:
        module, inputs = on_device(module, inputs, device)
    ran = ModulePass(module, inputs)
    result, recorder = ran.heard()
    names = {**given_names(params), **ran.leaves}
    return Captured(result, names, recorder, ran.expected_leaves, ran)


def _late_recorder() -> ForwardRecorder:
    recorder = ForwardRecorder(calls=False)
    recorder.late = True
    # Hooks may have been set anywhere before.
    recorder.gave_nodes = True
    return recorder


def _without_graph(output: Any, found: Mapping[Place, torch.Tensor]) -> ModelError:
    """Return the error that nothing in `output` can be differentiated."""
    if not found:
        return ModelError(
            tr("There is no tensor in this {type}.", type=type(output).__name__),
            tr("Give the output of a computation: a tensor, or a tuple, list or dict of tensors."),
        )
    return ModelError(
        tr("The output has no graph: it does not require a gradient."),
        tr("Give a result of tensors that require one, before detach() and outside of no_grad()."),
    )


def _usual_starts(outputs: Sequence[torch.Tensor]) -> list[torch.Tensor | None]:
    """Return what a pass starts with that no one has said: ones, which a loss needs not be given.

    For a given gradient, PyTorch loads its symbolic shapes, and sympy with them, at the first pass:
    a third of a second. A complex output it refuses in words.
    """
    return [
        None if each.numel() == 1 or each.is_complex() else torch.ones_like(each)
        for each in outputs
    ]
