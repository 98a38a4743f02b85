"""The forward values in a graph that was built unheard: those that autograd itself has kept."""

from gradviz.engine.recording.capture import Walk
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.saved_tensors import kept_by


def hear_kept(walk: Walk, recorder: ForwardRecorder) -> None:
    """Let `recorder` hear each saved tensor, which knows the node that computed it."""
    for node in walk.operations:
        for saved in kept_by(node):
            if saved.tensor is not None and saved.tensor.grad_fn in walk.ids:
                recorder.hear(saved.tensor)
