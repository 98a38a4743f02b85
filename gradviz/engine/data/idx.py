"""Images and labels in the IDX files of MNIST and FashionMNIST, read strictly.

An IDX file is a number for the type of its elements and the number of its dimensions, the length
of each dimension, and the bytes. Each file is compressed by gzip.

https://github.com/zalandoresearch/fashion-mnist
"""

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import Final

import numpy as np

from gradviz.core.choices.drawn_images import Bytes
from gradviz.core.errors import DataError, words_of
from gradviz.core.number_text import counted

#: The first four bytes: unsigned bytes, in so many dimensions.
_MAGIC: Final = {1: 0x0801, 3: 0x0803}
_WHAT: Final = {1: "labels", 3: "images"}
#: The most bytes that a file may hold; FashionMNIST's largest holds 47 million.
MOST_BYTES: Final = 256 * 2**20
_AGAIN: Final = "Download the file again."


def read_images(path: Path) -> Bytes:
    """Return the images of a file, shape (count, height, width).

    Raises:
        DataError: the file is missing, is no such file, or is damaged.
    """
    return _read(path, dimensions=3)


def read_labels(path: Path) -> Bytes:
    """Return the labels of a file, shape (count,); raises DataError as `read_images` does."""
    return _read(path, dimensions=1)


def _read(path: Path, dimensions: int) -> Bytes:
    head = 4 + 4 * dimensions
    content = _unpacked(path, head)
    if len(content) < head:
        raise DataError(f"{path.name} ends within its first {head} bytes.", _AGAIN)
    magic, *shape = struct.unpack(f">{1 + dimensions}I", content[:head])
    if magic != _MAGIC[dimensions]:
        raise DataError(
            f"{path.name} is no IDX file of {_WHAT[dimensions]}: it begins with {magic:#010x} "
            f"and not with {_MAGIC[dimensions]:#010x}.",
            "Take the file of that name as FashionMNIST has it.",
        )
    size = math.prod(shape)
    if size > MOST_BYTES:
        raise DataError(
            f"{path.name} says that it holds {counted(size)} bytes, "
            f"more than the {counted(MOST_BYTES)} allowed.",
            _AGAIN,
        )
    if size == 0:
        raise DataError(f"There are no {_WHAT[dimensions]} in {path.name}.", _AGAIN)
    if len(content) - head != size:
        raise DataError(
            f"{path.name} says that it holds {counted(size)} bytes "
            f"and has {counted(len(content) - head)}.",
            _AGAIN,
        )
    return np.frombuffer(content, np.uint8, offset=head).reshape(shape)


def _unpacked(path: Path, head: int) -> bytes:
    """Return the unpacked content of the file; of a file that is too large only its beginning."""
    try:
        with gzip.open(path) as file:
            return file.read(head + MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise DataError(
            f"There is no {path.name} in {path.parent}.", "Choose its folder."
        ) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(f"{path.name} is no whole gzip file: {words_of(error)}.", _AGAIN) from error
    except OSError as error:
        raise DataError(
            f"{path.name} cannot be read: {words_of(error)}.", "Allow reading it."
        ) from error
