"""A file and a name: how they are typed, and how the file is read and trusted."""

import hashlib
from pathlib import Path

import pytest

from gradviz.core.errors import OwnModelError
from gradviz.own import OwnSource, TrustedFiles, own_source, read_model_file, trusted_files_path


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


def test_that_trust_is_kept_for_a_content_and_not_for_another(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "trusted_files"
    first, second = "a" * 64, "b" * 64
    assert first not in TrustedFiles(path)
    TrustedFiles(path).add(first)
    TrustedFiles(path).add(first)
    assert first in TrustedFiles(path)
    assert second not in TrustedFiles(path)
    assert path.read_text() == f"{first}\n"
    path.write_bytes(b"\xff\x00 damaged\n" + first.encode())
    assert first in TrustedFiles(path)
    assert "damaged" not in TrustedFiles(path)


def test_that_trust_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OwnModelError, match="cannot be remembered"):
        TrustedFiles(tmp_path / "file" / "trusted_files").add("a" * 64)


def test_that_trust_is_kept_in_the_folder_of_the_users_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert trusted_files_path() == tmp_path / "gradviz" / "trusted_files"
