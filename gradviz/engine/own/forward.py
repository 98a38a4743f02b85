"""One forward pass of a user's own module on its inputs, and how it failed."""

from dataclasses import dataclass
from typing import Any

from torch import nn

from gradviz.core.errors import OwnModelError
from gradviz.core.language.saying import listed, sentences, tr
from gradviz.engine.autograd_errors import explanation_of
from gradviz.engine.own.call_signatures import signature_text
from gradviz.engine.own.chance import Chance
from gradviz.engine.own.inputs import Inputs
from gradviz.engine.own.nested_tensors import described
from gradviz.engine.own.running import FileRunner
from gradviz.engine.torch_internals.hooks import backward_hooks_of


@dataclass(frozen=True, slots=True)
class Forward:
    """A module with the inputs that it is run on."""

    runner: FileRunner
    module: nn.Module
    inputs: Inputs
    chance: Chance

    def output(self, step: int) -> Any:
        """Run the module as at a step; raises OwnModelError, with the inputs, where it raises."""
        self.chance.draw_anew(step)
        try:
            with self.runner.running("forward"):
                return self.module(*self.inputs.positional, **self.inputs.keywords)
        except OwnModelError as error:
            raise self._explained(error) from error.__cause__

    def _explained(self, error: OwnModelError) -> OwnModelError:
        """Return the error with the shapes of the inputs, which are at fault most often."""
        given = described((*self.inputs.positional, *self.inputs.keywords.values()))
        cause = error.__cause__
        called_wrongly = isinstance(cause, TypeError) and not self.runner.reaches(cause)
        taken = signature_text(self.module.forward) if called_wrongly else ""
        told = [
            tr("forward takes {arguments}.", arguments=taken) if called_wrongly else "",
            error.hint,
            self._hooked(cause) if error.hint else "",
            tr("The inputs are {inputs}.", inputs=given)
            if given
            else tr("It was given no inputs."),
        ]
        return OwnModelError(
            error.message,
            sentences(told),
            field="inputs" if called_wrongly else "",
            details=error.details,
        )

    def _hooked(self, cause: BaseException | None) -> str:
        """Return the modules with a backward hook, where one does not allow a change in place."""
        explanation = explanation_of(cause) if cause is not None else None
        if explanation is None or explanation.kind != "hooked_in_place":
            return ""
        hooks = [
            _hook_told(getattr(hook, "__qualname__", type(hook).__name__), name)
            for name, each in self.module.named_modules()
            for hook in backward_hooks_of(each)
        ]
        return tr("The hooks are: {names}.", names=listed(hooks)) if hooks else ""


def _hook_told(hook: str, module: str) -> str:
    """Return a hook with the module that it is on, the whole one where its name is empty."""
    if module:
        return tr("{hook} of {module}", hook=hook, module=module)
    return tr("{hook} of the module", hook=hook)
