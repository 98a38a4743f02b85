"""Files as FashionMNIST has them, small ones, for tests of what reads them."""

import gzip
import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gradviz.engine.data.image_data import FILES

Bytes = npt.NDArray[np.uint8]


def idx_bytes(values: Bytes) -> bytes:
    """Return `values` (any shape) in the IDX format, not compressed."""
    head = struct.pack(f">{1 + values.ndim}I", 0x0800 | values.ndim, *values.shape)
    return head + values.tobytes()


def write_idx(path: Path, values: Bytes) -> Path:
    """Write `values` as a compressed IDX file."""
    path.write_bytes(gzip.compress(idx_bytes(values), compresslevel=1))
    return path


def write_fashion(folder: Path, count: int = 150, test_count: int = 40) -> tuple[Bytes, ...]:
    """Write the four files with random images, and return what is in them."""
    random = np.random.default_rng(7)
    parts = []
    for size in (count, test_count):
        parts.append(random.integers(0, 256, (size, 28, 28), dtype=np.uint8))
        parts.append((np.arange(size) % 10).astype(np.uint8))
    for name, values in zip(FILES, parts, strict=True):
        write_idx(folder / name, values)
    return tuple(parts)
