"""A kept recording as bytes, for a process in which the model of the recording never ran."""

import io
from collections.abc import Mapping
from typing import Any, Final

import msgspec
import torch

from gradviz.core.findings.changes import Kept
from gradviz.engine.inspection.kept_recording import KeptRecording
from gradviz.engine.recording.recording import Tensors

_PARTS: Final = ("values", "saved", "grad_outputs", "grad_inputs", "gradients")


def bytes_of(kept: KeptRecording) -> bytes:
    """Return the bytes of a recording; tensors of other classes than PyTorch's own are left out."""
    tensors = {part: _plain(getattr(kept.tensors, part)) for part in _PARTS}
    written = io.BytesIO()
    torch.save({"told": msgspec.msgpack.encode(kept.told), **tensors}, written)
    return written.getvalue()


def kept_of(data: bytes) -> KeptRecording:
    """Return the recording that the bytes hold; they are taken for data, never for code."""
    read = torch.load(io.BytesIO(data), weights_only=True)
    told = msgspec.msgpack.decode(read["told"], type=Kept)
    return KeptRecording(told, Tensors(**{part: read[part] for part in _PARTS}))


def _plain(value: Any) -> Any:
    """Return mappings and tuples of tensors with each tensor as PyTorch's own, or without it."""
    if isinstance(value, Mapping):
        plain = {name: _plain(each) for name, each in value.items()}
        return {name: each for name, each in plain.items() if each is not None}
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if type(value) in (torch.Tensor, torch.nn.Parameter) and not value.is_nested:
        return value.detach()
    return None
