"""The gradients of a recording, also those that were too large to be kept with it."""

from gradviz.core.findings.checks import CheckedPart
from gradviz.core.graphs.places import TensorPlace
from gradviz.engine.recording.recording import Gradients, Recording


def gradients_of(recording: Recording, node: str, part: CheckedPart) -> Gradients:
    """Return the recorded gradients of a node: the upstream ones, the sent ones or a leaf's sum.

    Raises:
        RecordingError: one of them was not kept, and the pass cannot be run again.
    """
    tensors = recording.tensors
    if part == "gradient":
        found: Gradients = (tensors.gradients.get(node),)
    else:
        every = tensors.grad_outputs if part == "grad_output" else tensors.grad_inputs
        found = every.get(node, ())
    return tuple(
        None if gradient is None else tensors.at(TensorPlace(node, part, index))
        for index, gradient in enumerate(found)
    )
