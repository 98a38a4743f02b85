"""The rule by which a node makes gradients of gradients, with the recorded numbers in it."""

import msgspec

from gradviz.core.tensors import TensorSummary


class RuleLine(msgspec.Struct, frozen=True, kw_only=True):
    """The rule for one input of a node.

    Attributes:
        slot: Which of the node's inputs, as edges count them.
        input: Its name in the operator's signature; empty where that is not known.
        receiver: The id of the node that gets the gradient.
        readable: The formula to read, empty where there is none.
        formula: PyTorch's own formula, empty for what is not in its table.
        summed: Whether the result is summed over what was broadcast forwards.
        local: What the node makes of an upstream gradient of ones: element by element that is the
            local derivative. None where it was not computed.
        result: What was sent in the recorded pass; None where PyTorch passed nothing.
    """

    slot: int
    input: str
    receiver: str
    readable: str = ""
    formula: str = ""
    summed: bool = False
    local: TensorSummary | None = None
    result: TensorSummary | None = None


class SourceText(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of a file of Python: `first` is the number of the first of them."""

    file: str
    first: int
    text: str


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """The rule of one node.

    Attributes:
        schema: The operator's signature in PyTorch; empty for what is not in its table.
        upstream: What the node got, one for each of its results.
        lines: One for each input that can get a gradient.
        backward: The backward method of a custom Function.
        saved: Names of what a custom Function saved, as its backward calls them, in order.
    """

    schema: str = ""
    upstream: tuple[TensorSummary | None, ...] = ()
    lines: tuple[RuleLine, ...] = ()
    backward: SourceText | None = None
    saved: tuple[str, ...] = ()
