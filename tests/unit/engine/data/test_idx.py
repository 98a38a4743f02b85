"""IDX files: what is written is read, and nothing that is damaged passes."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from image_files import idx_bytes, write_idx

from gradviz.core.choices.drawn_images import Bytes
from gradviz.core.errors import DataError
from gradviz.engine.data import idx
from gradviz.engine.data.idx import read_images, read_labels

same_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
images = arrays.arrays(np.uint8, arrays.array_shapes(min_dims=3, max_dims=3, max_side=6))
labels = arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=1, max_side=50))


@same_folder
@given(values=images)
def test_that_images_are_read_as_they_were_written(tmp_path: Path, values: Bytes) -> None:
    np.testing.assert_array_equal(read_images(write_idx(tmp_path / "i.gz", values)), values)


@same_folder
@given(values=labels)
def test_that_labels_are_read_as_they_were_written(tmp_path: Path, values: Bytes) -> None:
    np.testing.assert_array_equal(read_labels(write_idx(tmp_path / "l.gz", values)), values)


@same_folder
@given(values=images, data=st.data())
def test_that_a_file_cut_off_anywhere_is_refused(
    tmp_path: Path, values: Bytes, data: st.DataObject
) -> None:
    path = tmp_path / "i.gz"
    whole = gzip.compress(idx_bytes(values))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
    with pytest.raises(DataError, match=r"i\.gz"):
        read_images(path)


@same_folder
@given(values=images, data=st.data())
def test_that_bytes_missing_or_too_many_within_are_refused(
    tmp_path: Path, values: Bytes, data: st.DataObject
) -> None:
    path = tmp_path / "i.gz"
    whole = idx_bytes(values)
    other = data.draw(
        st.one_of(
            st.integers(0, len(whole) - 1).map(lambda end: whole[:end]),
            st.binary(min_size=1, max_size=20).map(lambda more: whole + more),
        )
    )
    path.write_bytes(gzip.compress(other))
    with pytest.raises(DataError, match=r"i\.gz"):
        read_images(path)


@same_folder
@given(values=images, place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_that_a_damaged_file_gives_an_error_or_the_same_images(
    tmp_path: Path, values: Bytes, place: int, bit: int
) -> None:
    path = tmp_path / "i.gz"
    whole = bytearray(gzip.compress(idx_bytes(values)))
    whole[place % len(whole)] ^= 1 << bit
    path.write_bytes(bytes(whole))
    try:
        read = read_images(path)
    except DataError:
        return
    # A few bits of gzip's head, such as the time, mean nothing.
    np.testing.assert_array_equal(read, values)


@same_folder
@given(junk=st.binary(max_size=200))
def test_that_whatever_is_no_such_file_is_refused(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "i.gz"
    for content in (junk, gzip.compress(junk)):
        path.write_bytes(content)
        with pytest.raises(DataError):
            read_images(path)


def test_that_labels_are_no_images_and_images_no_labels(tmp_path: Path) -> None:
    labels_path = write_idx(tmp_path / "l.gz", np.zeros(30, np.uint8))
    images_path = write_idx(tmp_path / "i.gz", np.zeros((2, 3, 4), np.uint8))
    with pytest.raises(DataError, match="no IDX file of images: it begins with 0x00000801"):
        read_images(labels_path)
    with pytest.raises(DataError, match="no IDX file of labels: it begins with 0x00000803"):
        read_labels(images_path)


def test_that_a_file_that_is_missing_empty_or_a_folder_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"There is no none\.gz"):
        read_images(tmp_path / "none.gz")
    write_idx(tmp_path / "empty.gz", np.zeros((0, 28, 28), np.uint8))
    with pytest.raises(DataError, match=r"no images in empty\.gz"):
        read_images(tmp_path / "empty.gz")
    (tmp_path / "folder.gz").mkdir()
    with pytest.raises(DataError, match=r"folder\.gz cannot be read"):
        read_images(tmp_path / "folder.gz")


def test_that_no_more_is_unpacked_than_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idx, "MOST_BYTES", 1000)
    said = tmp_path / "said.gz"
    said.write_bytes(gzip.compress(struct.pack(">4I", 0x0803, 2**32 - 1, 2**32 - 1, 28)))
    with pytest.raises(DataError, match="more than the 1\u202f000 allowed"):
        read_images(said)
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(struct.pack(">4I", 0x0803, 1, 1, 1) + bytes(10**6)))
    with pytest.raises(DataError, match="holds 1 byte and has 1\u202f001"):
        read_images(bomb)
