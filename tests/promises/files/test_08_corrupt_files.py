"""A corrupt file gives one clear error: each kind, with bits flipped, and ends cut off."""

import gzip
import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from image_files import idx_bytes
from promised import Tell, extent
from safetensors.torch import save
from torch import nn

from gradviz.core.errors import GradvizError, OwnModelError
from gradviz.engine.data.data_file import read_columns
from gradviz.engine.data.idx import read_images, read_labels
from gradviz.engine.own.weights import load_weights

_MUTATIONS = extent(120, 3000)


def _module() -> nn.Module:
    return nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2))


def _saved(*, as_zip: bool) -> bytes:
    file = io.BytesIO()
    torch.save(_module().state_dict(), file, _use_new_zipfile_serialization=as_zip)
    return file.getvalue()


def _compressed(archive: bytes) -> bytes:
    """Return an archive of torch with its entries compressed, as torch reads it too."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
    return made.getvalue()


def _weights(path: Path) -> None:
    load_weights(_module(), str(path))


def _columns(path: Path) -> None:
    read_columns(str(path))


_CSV = b'\xef\xbb\xbf"x","y"\n' + b"".join(b"%d,%.5f\r\n\n" % (i, i / 7) for i in range(40))
_KINDS: dict[str, tuple[str, Callable[[], bytes], Callable[[Path], object]]] = {
    "zip": ("w.pt", lambda: _saved(as_zip=True), _weights),
    "compressed zip": ("w.pth", lambda: _compressed(_saved(as_zip=True)), _weights),
    "legacy": ("w.bin", lambda: _saved(as_zip=False), _weights),
    "safetensors": ("w.safetensors", lambda: save(_module().state_dict()), _weights),
    "csv": ("points.csv", lambda: _CSV, _columns),
    "idx images": (
        "images.gz",
        lambda: gzip.compress(idx_bytes(np.arange(60, dtype=np.uint8).reshape(3, 4, 5))),
        read_images,
    ),
    "idx labels": (
        "labels.gz",
        lambda: gzip.compress(idx_bytes(np.arange(60, dtype=np.uint8))),
        read_labels,
    ),
}


def _mutated(whole: bytes, chance: np.random.Generator) -> bytes:
    """Return the bytes with a few bits flipped, cut off, or with a part written twice."""
    changed = bytearray(whole)
    place = int(chance.integers(len(changed)))
    match int(chance.integers(6)):
        case 0:
            del changed[place:]
        case 1:
            changed[place:place] = changed[place : place + int(chance.integers(1, 64))]
        case 2:
            for each in chance.integers(len(changed), size=4):
                changed[each] ^= 1 << int(chance.integers(8))
        case _:
            changed[place] ^= 1 << int(chance.integers(8))
    return bytes(changed)


def _peak_bytes() -> int:
    """Return the most memory that this process has had so far; 0 where that is not told."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@pytest.mark.parametrize("kind", _KINDS)
def test_that_a_damaged_file_is_read_or_refused_in_words(
    tmp_path: Path, kind: str, tell: Tell
) -> None:
    name, made, read = _KINDS[kind]
    path, whole = tmp_path / name, made()
    path.write_bytes(whole)
    read(path)
    chance = np.random.default_rng([*kind.encode()])
    before = _peak_bytes()
    refusals: list[GradvizError] = []
    for _ in range(_MUTATIONS):
        path.write_bytes(_mutated(whole, chance))
        try:
            read(path)
        except GradvizError as error:
            refusals.append(error)
    assert refusals
    for refusal in refusals:
        assert refusal.hint
        assert refusal.message.endswith(".")
        assert not refusal.message.endswith((": .", "..")), refusal.message
    grown = _peak_bytes() - before
    assert grown < 256 * 2**20
    tell(
        f"{kind}: {_MUTATIONS} damaged files, {len(refusals)} refused in words and the others "
        f"read; {grown / 2**20:.0f} MB more at most"
    )


def test_that_an_archive_that_would_grow_too_large_is_refused_with_its_limit(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bomb.pt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("bomb/version", "3\n")
        with archive.open("bomb/data/0", "w", force_zip64=True) as entry:
            for _ in range(260):
                entry.write(bytes(10**6))
    assert path.stat().st_size < 2_000_000
    with pytest.raises(
        OwnModelError, match=r"would take 260 MB once unpacked; the limit is 256 MB"
    ):
        _weights(path)


def test_that_an_archive_that_says_it_is_larger_than_it_is_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "w.pt"
    whole = bytearray(_saved(as_zip=True))
    entry = whole.index(b"PK\x01\x02")
    # The size of the first entry once unpacked stands at byte 24 of its line of the directory.
    struct.pack_into("<I", whole, entry + 24, 2_200_000_000)
    path.write_bytes(whole)
    with pytest.raises(OwnModelError, match=r"would take 2\.2 GB once unpacked"):
        _weights(path)


@pytest.mark.parametrize("blank", ["\n", " \n", ",\n", '"","" \r\n'])
def test_that_lines_without_anything_are_passed_over_at_once(tmp_path: Path, blank: str) -> None:
    path = tmp_path / "points.csv"
    count = 30_000_000 // len(blank)
    path.write_text(f"x,y\n3,4\n{blank * count}1,2\n", newline="")
    assert read_columns(str(path)) == ([1.0, 3.0], [2.0, 4.0])
    path.write_text(f"x,y\n3,4\n{blank * count}1,z\n", newline="")
    with pytest.raises(GradvizError, match=f"Line {count + 3} of points.csv: “z” is no number"):
        read_columns(str(path))


def test_that_a_file_of_numbers_that_is_too_large_is_refused_with_its_limit(
    tmp_path: Path,
) -> None:
    path = tmp_path / "points.csv"
    with path.open("wb") as file:
        file.truncate(80 * 2**20)
    with pytest.raises(GradvizError, match=r"points.csv has 80 MB; the limit is 64 MB"):
        read_columns(str(path))
