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
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.core.number_text import counted

#: The first four bytes: unsigned bytes, in so many dimensions.
_MAGIC: Final = {1: 0x0801, 3: 0x0803}
_OTHER_KIND: Final = {
    1: marked(
        "{file} is no IDX file of labels: it begins with {found:#010x} and not with "
        "{expected:#010x}."
    ),
    3: marked(
        "{file} is no IDX file of images: it begins with {found:#010x} and not with "
        "{expected:#010x}."
    ),
}
_NONE: Final = {
    1: marked("There are no labels in {file}."),
    3: marked("There are no images in {file}."),
}
#: The most bytes that a file may hold; FashionMNIST's largest holds 47 million.
MOST_BYTES: Final = 256 * 2**20
_AGAIN: Final = marked("Download the file again.")


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
        raise DataError(
            tr("{file} ends within its first {count} bytes.", file=path.name, count=head),
            tr(_AGAIN),
        )
    magic, *shape = struct.unpack(f">{1 + dimensions}I", content[:head])
    if magic != _MAGIC[dimensions]:
        raise DataError(
            tr(
                _OTHER_KIND[dimensions],
                file=path.name,
                found=magic,
                expected=_MAGIC[dimensions],
            ),
            tr("Take the file of that name as FashionMNIST has it."),
        )
    size = math.prod(shape)
    if size > MOST_BYTES:
        raise DataError(
            tr(
                "{file} says that it holds {size} bytes, more than the {most} allowed.",
                file=path.name,
                size=counted(size),
                most=counted(MOST_BYTES),
            ),
            tr(_AGAIN),
        )
    if size == 0:
        raise DataError(tr(_NONE[dimensions], file=path.name), tr(_AGAIN))
    if len(content) - head != size:
        raise DataError(
            tr_n(
                "{file} says that it holds {told} bytes and has {found}.",
                "{file} says that it holds {told} byte and has {found}.",
                size,
                file=path.name,
                told=counted(size),
                found=counted(len(content) - head),
            ),
            tr(_AGAIN),
        )
    return np.frombuffer(content, np.uint8, offset=head).reshape(shape)


def _unpacked(path: Path, head: int) -> bytes:
    """Return the unpacked content of the file; of a file that is too large only its beginning."""
    try:
        with gzip.open(path) as file:
            return file.read(head + MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise DataError(
            tr("There is no {file} in {folder}.", file=path.name, folder=path.parent),
            tr("Choose its folder."),
        ) from error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DataError(
            tr("{file} is no whole gzip file: {error}.", file=path.name, error=words_of(error)),
            tr(_AGAIN),
        ) from error
    except OSError as error:
        raise DataError(
            tr("{path} cannot be read: {error}.", path=path.name, error=words_of(error)),
            tr("Allow reading it."),
        ) from error
