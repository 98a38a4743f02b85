"""Session files: what is written is read, old versions too; a damaged file is one clear error."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradviz.core.choices.compositions import Composition, SchedulerPart
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import DataError
from gradviz.core.graphs.shown.showing import Showing
from gradviz.session_files.contents import SCHEMA, SavedSession, StoredSession, View, names_session
from gradviz.session_files.reading import read_session
from gradviz.session_files.writing import write_session

#: Each example replaces the file of the one before.
_ONE_FOLDER = [HealthCheck.function_scoped_fixture]
_FIXTURES = Path(__file__).parent / "fixtures"
_SESSION = SavedSession(
    text="y = a + b x",
    model=Model(source="a + b x", initial={"a": 0.25}, trusted=""),
    training=Training(
        optimizer="adam",
        learning_rate=1e-3,
        options={"eps": 1e-8, "amsgrad": True},
        scheduler="SequentialLR",
        composition=Composition((SchedulerPart("StepLR", {"step_size": 3}),), (10,)),
    ),
    steps_done=7,
    view=View(workspace="train", showing=Showing(opened=frozenset({"h.3", "h"})), cursor=-2),
    state=msgspec.Raw(b'{"moments":[]}'),
)
_TENSORS = bytes(range(256)) * 5


def _bytes_of(session: SavedSession = _SESSION, tensors: bytes = _TENSORS) -> bytes:
    stream = io.BytesIO()
    write_session(stream, session, tensors)
    return stream.getvalue()


def _read(folder: Path, content: bytes) -> StoredSession:
    path = folder / "a.gviz"
    path.write_bytes(content)
    return read_session(path)


def _archive(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_that_a_session_comes_back_as_it_was(tmp_path: Path) -> None:
    found = _read(tmp_path, _bytes_of())
    assert found.tensors == _TENSORS
    assert bytes(found.session.state) == bytes(_SESSION.state)
    assert found.session.written_by.startswith("gradviz ")
    for name in ("text", "model", "training", "steps_done", "view", "pace", "recording_mb"):
        assert getattr(found.session, name) == getattr(_SESSION, name)


def test_that_the_same_session_gives_the_same_bytes() -> None:
    assert _bytes_of() == _bytes_of()


@pytest.mark.parametrize("version", range(SCHEMA + 1))
def test_that_files_of_every_version_are_read(version: int) -> None:
    found = read_session(_FIXTURES / f"version{version}.gviz").session
    assert found.schema == SCHEMA
    assert found.text == "y = a + b x"
    assert found.model.source == "a + b x"
    assert found.training.steps == 77
    assert found.view.workspace == ("train" if version else "")


def test_that_a_newer_version_says_so(tmp_path: Path) -> None:
    text = msgspec.json.encode({"schema": SCHEMA + 1, "anything": [1, 2]})
    with pytest.raises(DataError, match="newer version of gradviz") as told:
        _read(tmp_path, _archive({"session.json": text}))
    assert "Update" in told.value.hint


def _json() -> bytes:
    return msgspec.json.encode(_SESSION)


_TWICE = _archive({"session.json": _json(), "sessiom.json": b"{}"}).replace(b"sessiom", b"session")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        _archive({}),
        _archive({"other.json": b"{}"}),
        _archive({"session.json": b"{}"}),
        _archive({"session.json": b"[" * 100_000}),
        _archive({"session.json": b'{"schema": -3}'}),
        _archive({"session.json": b'{"schema": 1, "model": 3}'}),
        # The state of a training without its tensors.
        _archive({"session.json": _json()}),
        # A bomb: it is compressed, as no session is.
        _archive({"session.json": b" " * 50_000_000}, zipfile.ZIP_DEFLATED),
        _archive({"session.json": _json(), **{f"{n}": b"" for n in range(100)}}),
        _TWICE,
    ],
    # An archive holds the time at which it was made.
    ids=range(12),
)
def test_that_what_is_no_session_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError, match=r"a\.gviz is no session of gradviz, or it is damaged"):
        _read(tmp_path, content)


def test_that_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.gviz could not be opened: No such file"):
        read_session(tmp_path / "gone.gviz")
    with pytest.raises(DataError, match="could not be opened: Is a directory"):
        read_session(tmp_path)


def test_that_every_truncated_file_is_an_error(tmp_path: Path) -> None:
    content = _bytes_of()
    for size in range(len(content)):
        with pytest.raises(DataError):
            _read(tmp_path, content[:size])


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 7)), min_size=1, max_size=4))
def test_that_flipped_bits_are_an_error_or_change_nothing(
    tmp_path: Path, flips: list[tuple[float, int]]
) -> None:
    content = bytearray(_bytes_of())
    for part, bit in flips:
        content[round(part * (len(content) - 1))] ^= 1 << bit
    with suppress(DataError):
        # A bit of a date, or of the name of a member that nothing needs, is all that may differ.
        found = _read(tmp_path, bytes(content))
        assert found.session.model == _SESSION.model
        assert found.session.training == _SESSION.training
        assert found.tensors == _TENSORS


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300))
def test_that_any_bytes_are_an_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DataError):
        _read(tmp_path, content)


def test_that_a_session_is_known_by_its_name() -> None:
    assert names_session(" a b.GVIZ ")
    assert not names_session("a.gviz.py")
