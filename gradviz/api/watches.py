"""`gradviz.watch`: the backward passes of the user's own training, recorded while it runs."""

import inspect
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ContextDecorator
from typing import Any, Final, Literal, Self, TypeAlias

import torch

from gradviz.api.captures import Capture
from gradviz.core.errors import RecordingError, SettingError
from gradviz.core.findings.checks import NodeCheck
from gradviz.core.findings.missing import MissingGradient
from gradviz.core.language.saying import tr
from gradviz.core.number_text import counted, short
from gradviz.engine.captured.backward_calls import listen, stop_listening
from gradviz.engine.captured.captured import Captured, Starts
from gradviz.engine.captured.gradient_marks import GradientMarks
from gradviz.engine.captured.tensor_names import given_names
from gradviz.engine.recording.recording import Recording

#: A condition: a function of the step, or of the step and the loss; or that the loss is not finite.
When: TypeAlias = Callable[..., object] | Literal["nonfinite"]

#: The tensors of each kept pass take at most so many megabytes; of others the summaries stay.
_PASS_MB: Final = 512


class WatchedPass(Capture):
    """A backward pass of the user's own program, as it was when it ran.

    Attributes:
        name: The name of the watched model.
        step: How many passes of the model ran before it under its watch.
        loss: The value that it started from; nan where that is not one real number.
        expected: The number of parameters whose gradients it may have given.
        backward_pass: Its recording: `graph`, `trace` and `tensors`.
    """

    def __init__(self, captured: Captured, name: str, step: int, expected: int) -> None:
        super().__init__(captured, name=name)
        self.name = name
        self.step = step
        self.loss = captured.number
        self.expected = expected
        # Before copies take the place of the parameters.
        self._missing = captured.missing()
        self.backward_pass = self._recording = captured.kept(_PASS_MB)

    def __repr__(self) -> str:
        return f"<gradviz pass of {self.name}: {self.title}>"

    @property
    def title(self) -> str:
        """Return a few words that tell it from others: `step 20, loss 0.31`."""
        step = counted(self.step)
        if len(self.captured.outputs) > 1:
            return tr("step {step}", step=step)
        return tr("step {step}, loss {loss}", step=step, loss=short(self.loss))

    def backward(self, gradient: Starts = None) -> Recording:
        """Return the recording of the pass that has run; it is not run again.

        Raises:
            RecordingError: a gradient is given to start with.
        """
        if gradient is not None:
            raise RecordingError(
                tr("This pass has run, with the gradient of its own program."),
                tr("Leave out the gradient, or capture the loss before its backward pass."),
            )
        return self.backward_pass

    def missing(self) -> tuple[MissingGradient, ...]:
        """Return the parameters that got no gradient by it, each with the reason."""
        return self._missing

    def check(self, *nodes: str) -> tuple[NodeCheck, ...]:
        """Return the checks of recorded gradients, as far as the graph still is there.

        Raises:
            GradvizError: the pass has freed its graph, or the parameters have changed since.
        """
        try:
            return super().check(*nodes)
        except RuntimeError as error:
            raise RecordingError(
                tr(
                    "The graph of this pass is freed, or its tensors were changed since, so that "
                    "no gradient can be found once more."
                ),
                tr("Check gradviz.capture(loss, params=model) before loss.backward()."),
            ) from error


class Watch(ContextDecorator):
    """Records chosen backward passes of a model while it is entered; `gradviz.watch` makes it.

    Attributes:
        name: The name of the model's class.
        steps: How many passes have given the model a gradient so far.
        failures: Why passes could not be recorded that should have been; training went on.
    """

    def __init__(self, model: Any, every: int, when: When | None, keep: int) -> None:
        parameters = given_names(model)
        if not parameters:
            raise SettingError(
                tr("There is no tensor to watch in this {type}.", type=type(model).__name__),
                tr("Give the module that is trained, or a dict of names and tensors."),
            )
        self.name = type(model).__name__
        self.steps = 0
        self.failures: list[str] = []
        self._names = parameters
        self._known = {id(each) for each in parameters.values()}
        self._every = every
        self._condition = None if when is None else _condition(when)
        self._kept: deque[WatchedPass] = deque(maxlen=keep)
        self._marks = GradientMarks(parameters.values())
        self._entered = 0

    def __repr__(self) -> str:
        recorded = f"{len(self._kept)} of {counted(self.steps)} passes"
        return f"<gradviz watch on {self.name}: {recorded} recorded>"

    def __enter__(self) -> Self:
        """Watch from here on."""
        self._entered += 1
        if self._entered == 1:
            listen(self)
        return self

    def __exit__(self, *raised: object) -> None:
        """Watch no more; the recordings stay."""
        self._entered -= 1
        if not self._entered:
            stop_listening(self)

    @property
    def recordings(self) -> tuple[WatchedPass, ...]:
        """Return the passes that are kept, the oldest first."""
        return tuple(self._kept)

    def run(self, outputs: Sequence[torch.Tensor], backward: Callable[[], None]) -> None:
        """Run a backward pass of the user's, and record it where that is due."""
        captured = self._captured(outputs) if self._is_due(outputs) else None
        if captured is None:
            self.steps += self._marks.given_by(backward)
            return
        progress = _Progress(backward)
        try:
            captured.record_running(progress.run, self.steps)
            self._keep(captured)
        except Exception as error:
            if progress.began and not progress.ended:
                # It is the user's own pass that has failed.
                raise
            self._tell(error)
            if not progress.began:
                backward()
        self.steps += 1

    def _is_due(self, outputs: Sequence[torch.Tensor]) -> bool:
        if self._every and self.steps % self._every == 0:
            return True
        return self._condition is not None and bool(self._condition(self.steps, outputs[0]))

    def _captured(self, outputs: Sequence[torch.Tensor]) -> Captured | None:
        """Return the graph behind `outputs`; None where the model has no part in it."""
        try:
            captured = Captured(tuple(outputs), self._names, expected=self._names)
        except Exception as error:  # noqa: BLE001 - training goes on, whatever it is
            self._tell(error)
            return None
        return captured if self._known & captured.leaf_ids else None

    def _keep(self, captured: Captured) -> None:
        self._kept.append(WatchedPass(captured, self.name, self.steps, len(self._names)))

    def _tell(self, error: Exception) -> None:
        """Note that a pass could not be recorded; the first time it is a warning, too."""
        told = tr(
            "gradviz could not record step {step}: {reason}",
            step=self.steps,
            reason=str(error) or type(error).__name__,
        )
        if not self.failures:
            warnings.warn(told, stacklevel=2)
        self.failures.append(told)


class _Progress:
    """A pass of the user's, and how far it has come."""

    def __init__(self, backward: Callable[[], None]) -> None:
        self._backward = backward
        self.began = False
        self.ended = False

    def run(self) -> None:
        self.began = True
        self._backward()
        self.ended = True


def watch(
    model: Any, *, every: int | None = None, when: When | None = None, keep: int = 8
) -> Watch:
    """Return a watch that records backward passes of `model` while your own loop runs.

    Use it as a context or as a decorator of the function that trains. Each pass that gives the
    model a gradient is one step, counted from 0; a recorded pass is your own `loss.backward()`.

    Args:
        model: A module, or names and tensors as `gradviz.capture` takes them for `params`.
        every: Record each step that it divides; every step if neither this nor `when` is given.
        when: Record each step for which `when(step)` or `when(step, loss)` is true. "nonfinite"
            stands for a loss that is not finite, which on a GPU waits for the loss of each step.
        keep: How many recordings are kept; a newer one takes the place of the oldest.

    Raises:
        SettingError: there is no tensor in `model`, or a number is too small.
    """
    if every is None:
        every = 0 if when is not None else 1
    elif type(every) is not int or every < 1:
        raise SettingError(
            tr("{setting} does not work.", setting=f"every={every!r}"),
            tr("Use a whole number from 1 on."),
        )
    if type(keep) is not int or keep < 1:
        raise SettingError(
            tr("{setting} does not work.", setting=f"keep={keep!r}"),
            tr("Use a whole number from 1 on."),
        )
    return Watch(model, every, when, keep)


def _condition(when: When) -> Callable[[int, torch.Tensor], object]:
    """Return the condition as a function of the step and the loss."""
    if when == "nonfinite":
        return lambda _step, loss: not bool(torch.isfinite(loss.detach()).all())
    if not callable(when):
        raise SettingError(
            tr("{setting} is no condition.", setting=f"when={when!r}"),
            tr('Use a function of the step, or "nonfinite".'),
        )
    try:
        inspect.signature(when).bind(0, None)
    except (TypeError, ValueError):
        return lambda step, _loss: when(step)
    return lambda step, loss: when(step, loss.detach())
