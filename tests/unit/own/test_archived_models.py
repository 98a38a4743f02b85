"""Archives with models are told apart by their directories, whatever is in them."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.errors import OwnModelError
from gradviz.own.archived_models import archive_kind, archive_text
from gradviz.own.siblings import read_model_files
from gradviz.own.source import OwnSource, names_file, own_source


def archive(**entries: str) -> bytes:
    """Return an archive with these entries; `__` in a name stands for a slash, `_py` for .py."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name, text in entries.items():
            file.writestr(name.replace("__", "/").replace("_py", ".py"), text)
    return stream.getvalue()


SCRIPTED = archive(
    **{
        "net__constants.pkl": "",
        "net__code__net_py": "def forward(self): pass",
        "net__version": "3",
    }
)
EXPORTED = archive(**{"net__models__model.json": "{}", "net__archive_format": "pt2"})
WEIGHTS = archive(**{"net__data.pkl": "", "net__data__0": "1234"})


def test_that_each_kind_is_told_by_its_entries() -> None:
    assert archive_kind(SCRIPTED) == "TorchScript"
    assert archive_kind(EXPORTED) == "exported program"
    assert archive_kind(WEIGHTS) is None
    assert archive_kind(b"no archive") is None


def test_that_the_text_of_an_archive_has_its_entries_and_its_code() -> None:
    text = archive_text(SCRIPTED)
    assert text.startswith("# TorchScript, 3 entries")
    assert "net/code/net.py" in text
    assert "def forward(self): pass" in text
    assert "model.json" in archive_text(EXPORTED)


@pytest.mark.parametrize("suffix", [".pt2", ".pt", ".pth", ".torchscript", ".PT2"])
def test_that_a_path_of_an_archive_is_that_of_a_model(suffix: str) -> None:
    assert names_file(f"a/net{suffix}")
    assert own_source(f"a/net{suffix}") == OwnSource(f"a/net{suffix}")


def test_that_nobody_is_asked_to_trust_weights_alone(tmp_path: Path) -> None:
    path = tmp_path / "net.pt"
    path.write_bytes(WEIGHTS)
    with pytest.raises(OwnModelError, match=r"neither an exported program nor TorchScript") as told:
        read_model_files(str(path))
    assert "--weights" in told.value.hint


def test_that_an_archive_is_read_once_and_brings_all_of_its_code(tmp_path: Path) -> None:
    path = tmp_path / "net.pt2"
    path.write_bytes(EXPORTED)
    files = read_model_files(str(path))
    path.write_bytes(SCRIPTED)
    assert files.file.content == EXPORTED
    assert files.every == (files.file,)
    assert files.file.names == ()


@given(
    st.sampled_from((SCRIPTED, EXPORTED, WEIGHTS)),
    st.integers(0, 2_000),
    st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 7)), max_size=4),
)
def test_that_no_damage_raises(content: bytes, length: int, flips: list[tuple[int, int]]) -> None:
    damaged = bytearray(content[:length])
    for place, bit in flips:
        if damaged:
            damaged[place % len(damaged)] ^= 1 << bit
    kind = archive_kind(bytes(damaged))
    assert kind in (None, "TorchScript", "exported program")
    archive_text(bytes(damaged))
