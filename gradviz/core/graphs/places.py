"""Where a recorded pass has its tensors: the address by which one of them is asked for."""

from typing import Literal

import msgspec

#: value: what the node gave forwards, or the leaf's value. grad_output and grad_input: what its
#: backward got and what it sent on. saved: what it kept for that. gradient: a leaf's sum.
#: buffer: what the optimizer keeps for a leaf.
Part = Literal["value", "grad_output", "grad_input", "saved", "gradient", "buffer"]


class TensorPlace(msgspec.Struct, frozen=True):
    """One tensor of a recording.

    Attributes:
        node: The id of the node in the recorded graph.
        part: What it is to the node.
        index: Which of the node's gradients, in the order of `Step`.
        name: PyTorch's name of a saved tensor, or of an optimizer's buffer.
    """

    node: str
    part: Part
    index: int = 0
    name: str = ""
