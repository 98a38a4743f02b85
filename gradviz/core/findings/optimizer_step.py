"""What one step of an optimizer did to each parameter, and what it remembers after it."""

import msgspec

from gradviz.core.graphs.tensors import TensorSummary

#: A buffer by PyTorch's name: a tensor, a number, or a list of tensors in words.
Buffer = TensorSummary | float | str


class ParameterStep(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter in one step.

    Attributes:
        before, after: Its values before and after the step.
        gradient: What backward gave, before the step; None where it gave nothing.
        update: after - before, in the parameter's dtype.
        buffers: The optimizer's state for it after the step, by PyTorch's names.
    """

    name: str
    before: TensorSummary
    gradient: TensorSummary | None
    update: TensorSummary
    after: TensorSummary
    buffers: dict[str, Buffer] = {}


class OptimizerStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the training.

    Attributes:
        optimizer: A name of the catalogue.
        learning_rate: That of this step.
        loss: The loss before this step.
        parameters: One for each parameter, in their order.
        whole: State that the optimizer has for all parameters together, by PyTorch's names.
    """

    optimizer: str
    learning_rate: float
    loss: float
    parameters: tuple[ParameterStep, ...]
    whole: dict[str, Buffer] = {}
