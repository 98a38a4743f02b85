"""Where a recorded pass has its tensors: the address by which one of them is asked for."""

from typing import Literal

import msgspec

#: value: the node's result, or the leaf's value. grad_output: an upstream gradient of the node.
#: grad_input: a gradient that it sent on. saved: a saved tensor. gradient: a leaf's sum.
#: buffer: a tensor of the optimizer's state for a leaf.
Part = Literal["value", "grad_output", "grad_input", "saved", "gradient", "buffer"]


class TensorPlace(msgspec.Struct, frozen=True):
    """One tensor of a recording.

    Attributes:
        node: The id of the node in the recorded graph.
        part: Its role at the node.
        index: The place of a gradient among the node's own, in the order of `Step`.
        name: PyTorch's name of a saved tensor, or of an optimizer's buffer.
    """

    node: str
    part: Part
    index: int = 0
    name: str = ""
