"""What is asked about a recording, answered as events; each kind of question has its own module."""

from collections.abc import Iterator

import torch

from gradviz.core.tensors import Array
from gradviz.engine.health import measured
from gradviz.engine.recording import Recording
from gradviz.engine.run import Run, as_array
from gradviz.engine.summary import summarize
from gradviz.protocol.commands import AskHealth, AskTensor, Inspection
from gradviz.protocol.events import Event, TensorShown


def inspected(question: Inspection, run: Run, recording: Recording) -> Iterator[Event]:
    """Yield the answer to `question` about the newest recording of `run`.

    Raises:
        RecordingError: there is nothing to answer with.
    """
    match question:
        case AskTensor():
            yield _shown(question, recording)
        case AskHealth():
            yield measured(question, run, recording)


def _shown(question: AskTensor, recording: Recording) -> TensorShown:
    tensor = recording.tensors.at(question.place).detach()
    start = max(0, question.start)
    values = tensor.reshape(-1)[start : start + max(0, question.count)]
    return TensorShown(
        run=question.run,
        recording=question.recording,
        place=question.place,
        summary=summarize(tensor),
        start=start,
        values=_floats(values),
    )


def _floats(values: torch.Tensor) -> Array:
    return as_array(values.cpu().to(torch.float64))
