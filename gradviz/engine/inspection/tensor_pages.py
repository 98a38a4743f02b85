"""Windows of a tensor's values, cut out where it lies."""

from collections.abc import Sequence

import msgspec
import torch

from gradviz.core.errors import RecordingError
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Array
from gradviz.core.language.saying import marked, tr
from gradviz.engine.inspection.answers import Inspected, answers
from gradviz.engine.inspection.tensor_metadata import metadata_of
from gradviz.engine.recording.recording import Recording
from gradviz.engine.tensors.components import as_numpy, components_of, elements
from gradviz.protocol.questions import ReadTensorChunk, ReadTensorPage, TensorChunk, TensorPage

#: More values than these are never sent at once.
_MOST_VALUES = 1 << 20
_LET_GO = marked(
    "It was too large to be kept; the pass was run again for it, and gave the same numbers."
)
_CHANGED = marked("It was changed in place after this pass: these are its values now.")


@answers(ReadTensorPage)
def page(question: ReadTensorPage, inspected: Inspected) -> TensorPage:
    """Return the metadata of a tensor and the window that is asked for, as far as there is one."""
    recording = inspected.recording
    tensor = recording.tensors.at(question.place)
    components = components_of(tensor)
    head = metadata_of(tensor, components)
    if tensor.device.type != "meta" and recording.tensors.let_go(question.place):
        head = msgspec.structs.replace(head, notes=(tr(_LET_GO), *head.notes))
    elif recording.tensors.changed(question.place):
        head = msgspec.structs.replace(head, notes=(tr(_CHANGED), *head.notes))
    component = components.get(question.component or next(iter(components), ""))
    values = None
    if component is not None and component.numel():
        rows, columns = max(0, question.rows), max(1, question.columns)
        shown = window(
            plane(component, question.fixed),
            (question.row, min(rows, _MOST_VALUES // columns)),
            (question.column, columns),
        )
        values = Array.of(as_numpy(shown))
    return TensorPage(row=question.row, column=question.column, head=head, values=values)


@answers(ReadTensorChunk)
def chunk(question: ReadTensorChunk, inspected: Inspected) -> TensorChunk:
    """Return elements in C order.

    Raises:
        RecordingError: the tensor has no such component.
    """
    tensor = component_at(inspected.recording, question.place, question.component)
    start = max(0, question.start)
    stop = start + min(max(0, question.count), _MOST_VALUES)
    return TensorChunk(start=start, values=Array.of(elements(tensor, start, stop)))


def component_at(recording: Recording, place: TensorPlace, name: str) -> torch.Tensor:
    """Return one component of the tensor at `place`, its first where `name` is empty.

    Raises:
        RecordingError: there is none.
    """
    components = components_of(recording.tensors.at(place))
    found = components.get(name or next(iter(components), ""))
    if found is None:
        raise RecordingError(tr("This tensor has no such values."), tr("Choose another tensor."))
    return found


def plane(tensor: torch.Tensor, fixed: Sequence[int]) -> torch.Tensor:
    """Return the two last dimensions as a view, with the indices `fixed` of those before.

    A tensor of one dimension, or none, is one row. An index that is missing or too large is the
    nearest that there is.
    """
    if tensor.dim() < 2:
        return tensor.reshape(1, 1) if tensor.dim() == 0 else tensor.unsqueeze(0)
    for place in range(tensor.dim() - 2):
        wanted = fixed[place] if place < len(fixed) else 0
        tensor = tensor.select(0, min(max(0, wanted), tensor.size(0) - 1))
    return tensor


def window(plane: torch.Tensor, rows: tuple[int, int], columns: tuple[int, int]) -> torch.Tensor:
    """Return a view of rows and columns, each a start and a count; less where it ends."""
    for dimension, (start, count) in enumerate((rows, columns)):
        start = min(max(0, start), plane.size(dimension))
        plane = plane.narrow(dimension, start, min(count, plane.size(dimension) - start))
    return plane
