"""A file and a name: how they are typed, and how the file is read."""

import hashlib
from pathlib import Path

import pytest

from gradviz.core.errors import OwnModelError
from gradviz.own.source import OwnSource, own_source, read_model_file


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("net.py", OwnSource("net.py")),
        ("a/b c.py:Net", OwnSource("a/b c.py", "Net")),
        (r"C:\models\net.py:Outer.Inner", OwnSource(r"C:\models\net.py", "Outer.Inner")),
        (" NET.PY : Net ", None),
        ("NET.PY:Net", OwnSource("NET.PY", "Net")),
        ("autograd", None),
        ("a + b x", None),
        ("net.pyc", None),
    ],
)
def test_that_a_file_is_told_from_an_expression(text: str, found: OwnSource | None) -> None:
    assert own_source(text) == found


@pytest.mark.parametrize("name", ["1a", "a b", "a()", "a.", "__import__('os')"])
def test_that_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(OwnModelError, match="no name") as caught:
        own_source(f"net.py:{name}")
    assert caught.value.field == "name"


def test_that_a_file_is_read_with_its_names_and_its_hash(tmp_path: Path) -> None:
    path = tmp_path / "net.py"
    content = "class A:\n    def f(self): ...\ndef make(): ...\ndef loss(o): ...\nclass _B: ...\n"
    path.write_text(content)
    file = read_model_file(str(path))
    assert file.names == ("A", "make")
    assert file.hash == hashlib.sha256(content.encode()).hexdigest()


def test_that_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.py"
    large.write_bytes(b"#" * 4_000_001)
    for path, message in (
        (tmp_path / "nothing.py", "does not exist"),
        (tmp_path, "is a folder"),
        (large, "more than"),
        (Path("/dev/zero"), "does not exist"),
    ):
        with pytest.raises(OwnModelError, match=message) as caught:
            read_model_file(str(path))
        assert caught.value.field == "source"
