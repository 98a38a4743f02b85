"""A recorded pass that is kept while the program that recorded it goes on."""

from dataclasses import dataclass
from typing import Final

from gradviz.engine.inspection.kept_recording import keep
from gradviz.engine.recording.recording import Recording
from gradviz.protocol.questions import MissingGradients

#: The tensors of a pass take at most so many megabytes; of others the summaries stay.
KEPT_MB: Final = 2048


@dataclass(frozen=True)
class Shown:
    """A recorded pass to be shown.

    Attributes:
        recording: The pass and its tensors.
        title: A few words for a list of passes, such as `step 20, loss 0.31`.
        output: The value that the pass started from; nan where it is not one number.
        step: The step of its own program at which it was recorded.
        missing: The wanted gradients that it has not given, and why; None where that is not known.
    """

    recording: Recording
    title: str
    output: float
    step: int = 0
    missing: MissingGradients | None = None


def frozen(recording: Recording, megabytes: int = KEPT_MB) -> Recording:
    """Return `recording` with copies of the tensors that its program may change in place.

    Others are the very tensors of the pass, and take no more memory.
    """
    kept = keep(recording, "", megabytes)
    return Recording(kept.told.graph, kept.told.trace, kept.tensors)
