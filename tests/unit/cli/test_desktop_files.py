"""The entry in the menus of a desktop, its kind of files, and its description."""

import configparser
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz import cli
from gradviz.cli.desktop_files import desktop_files, exec_argument, run_command
from gradviz.core.resource_folder import resources
from gradviz.session_files.contents import SUFFIX

_FOLDER = resources() / "desktop"
_MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
#: The main categories of the specification of desktop menus.
_MAIN = {
    "AudioVideo", "Audio", "Video", "Development", "Education", "Game", "Graphics", "Network",
    "Office", "Science", "Settings", "System", "Utility",
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the user's data, which is empty."""
    folder = tmp_path / "data of mine"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


def entry_in(text: str) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=", strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return dict(parser["Desktop Entry"])


def arguments_of(value: str) -> list[str]:
    """Read a value of Exec as the specification says: as a string, then as quoted arguments."""
    text = re.sub(r"\\(.)", lambda found: {"s": " ", "n": "\n"}.get(found[1], found[1]), value)
    found = re.findall(r'"((?:\\.|[^"\\])*)"|(\S+)', text)
    unquoted = [re.sub(r"\\(.)", r"\1", quoted) if quoted else plain for quoted, plain in found]
    return [each.replace("%%", "%") for each in unquoted]


def tree_of(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 - a file of the project


def files_beneath(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def installed(folder: Path) -> dict[str, bytes]:
    return {file.path.relative_to(folder).as_posix(): file.content for file in desktop_files(
        folder, "gradviz")}  # fmt: skip


def test_that_the_entry_has_what_the_specification_asks_for() -> None:
    entry = entry_in((_FOLDER / "gradviz.desktop").read_text(encoding="utf-8"))
    assert entry["Type"] == "Application"
    assert entry["Name"] == "gradviz"
    assert entry["Exec"].split() == ["gradviz", "%f"]
    categories = entry["Categories"].rstrip(";").split(";")
    assert _MAIN & set(categories)
    assert entry["Terminal"] in ("true", "false")
    for key in ("Categories", "Keywords", "MimeType"):
        assert entry[key].endswith(";")
    assert f"{_FOLDER.parent}/icons/{entry['Icon']}.svg" == str(
        _FOLDER.parent / "icons" / "gradviz.svg"
    )
    assert (_FOLDER.parent / "icons" / "gradviz.svg").is_file()


def test_that_all_three_name_the_same_kind_of_files() -> None:
    entry = entry_in((_FOLDER / "gradviz.desktop").read_text(encoding="utf-8"))
    kind = tree_of(_FOLDER / "gradviz.xml").find(f"{_MIME}mime-type")
    assert kind is not None
    glob = kind.find(f"{_MIME}glob")
    assert glob is not None
    assert glob.get("pattern") == f"*{SUFFIX}"
    (described,) = _FOLDER.glob("*.metainfo.xml")
    component = tree_of(described)
    assert entry["MimeType"] == f"{kind.get('type')};"
    assert component.findtext("provides/mediatype") == kind.get("type")
    assert component.findtext("launchable") == "gradviz.desktop"


def test_that_the_description_has_what_the_specification_asks_for() -> None:
    (path,) = _FOLDER.glob("*.metainfo.xml")
    component = tree_of(path)
    assert (component.tag, component.get("type")) == ("component", "desktop-application")
    assert f"{component.findtext('id')}.metainfo.xml" == path.name
    for tag in ("metadata_license", "project_license", "name", "summary", "description/p"):
        assert component.findtext(tag), tag
    assert not str(component.findtext("summary")).endswith(".")


def test_that_the_tools_of_the_desktop_agree_where_they_are_there() -> None:
    checks: tuple[tuple[str, list[str], str], ...] = (
        ("desktop-file-validate", [], "gradviz.desktop"),
        ("appstreamcli", ["validate", "--no-net"], "io.github.gradviz_studio.gradviz.metainfo.xml"),
    )
    for program, options, name in checks:
        if shutil.which(program):
            command = [program, *options, str(_FOLDER / name)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def test_that_it_is_installed_and_removed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--install-desktop"]) == 0
    wanted = installed(data)
    assert wanted.keys() <= files_beneath(data)
    told = capsys.readouterr().out.splitlines()
    assert sorted(told) == sorted(f"written {data / name}" for name in wanted)
    entry = entry_in((data / "applications/gradviz.desktop").read_text(encoding="utf-8"))
    *command, file = arguments_of(entry["Exec"])
    assert file == "%f"
    done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, "gradviz" in done.stdout) == (0, True)
    if shutil.which("update-mime-database"):
        assert f"application/x-gradviz:*{SUFFIX}" in (data / "mime/globs2").read_text()
    assert cli.main(["doctor", "--remove-desktop", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {Path(each).relative_to(data).as_posix() for each in document["removed"]} == set(wanted)
    assert not files_beneath(data) & wanted.keys()
    assert cli.main(["doctor", "--remove-desktop"]) == 0
    assert capsys.readouterr().out == "nothing is to be removed\n"


def test_that_files_of_others_are_left_alone(data: Path) -> None:
    other = data / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("[Desktop Entry]\n")
    cli.main(["doctor", "--install-desktop"])
    cli.main(["doctor", "--remove-desktop"])
    assert other.read_text() == "[Desktop Entry]\n"


def test_that_a_folder_that_takes_no_files_is_said(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data.mkdir()
    (data / "applications").write_text("a file")
    assert cli.main(["doctor", "--install-desktop"]) == 1
    assert "cannot be changed" in capsys.readouterr().err


def test_that_a_relative_folder_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cli.main(["doctor", "--install-desktop"]) == 0
    assert (tmp_path / ".local/share/applications/gradviz.desktop").is_file()


def test_that_another_system_is_told_so(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert cli.main(["doctor", "--install-desktop"]) == 1
    assert "desktops of Linux" in capsys.readouterr().err
    assert not data.exists()


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "),
                        min_size=1), min_size=1, max_size=3))  # fmt: skip
def test_that_any_path_comes_through_the_command(arguments: list[str]) -> None:
    assert arguments_of(" ".join(map(exec_argument, arguments))) == arguments


def test_that_the_command_is_one_of_this_environment() -> None:
    assert str(Path(sys.executable).parent) in arguments_of(run_command())[0]
