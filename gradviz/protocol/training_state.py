"""The state of a training as it crosses between processes and is kept in files: data alone."""

from collections.abc import Iterator
from typing import Final

import msgspec

#: To take in a part of this size holds the interpreter's lock for less than a millisecond.
PART_BYTES: Final = 1 << 20
#: A larger state is not kept.
MAXIMUM_STATE_BYTES: Final = 2 << 30


class TrainingState(msgspec.Struct, frozen=True):
    """A state: its structure as a JSON text, and its tensors as safetensors' bytes."""

    structure: bytes
    tensors: bytes


class StatePart(msgspec.Struct, frozen=True):
    """A part of a state: the structure and the tensors, one behind the other."""

    content: bytes
    structure_bytes: int
    last: bool


def parts_of(state: TrainingState) -> Iterator[StatePart]:
    """Yield the parts of a state in their order, at least one."""
    whole = memoryview(state.structure + state.tensors)
    size = len(state.structure)
    for start in range(0, max(1, len(whole)), PART_BYTES):
        end = start + PART_BYTES
        yield StatePart(bytes(whole[start:end]), size, end >= len(whole))


class StateParts:
    """Takes the parts of a state as they come."""

    def __init__(self) -> None:
        self._parts: list[StatePart] = []

    def take(self, part: StatePart) -> bool:
        """Take the next part; tell whether it is the last."""
        self._parts.append(part)
        return part.last

    def state(self) -> TrainingState:
        """Return the state that has come whole, and begin anew."""
        parts, self._parts = self._parts, []
        whole = b"".join(part.content for part in parts)
        size = parts[-1].structure_bytes
        return TrainingState(whole[:size], whole[size:])
