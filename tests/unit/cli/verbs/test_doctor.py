"""`gradviz doctor`: what is broken is told with its remedy, and ends it with the exit code 1."""

import importlib.metadata
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from gradviz import cli
from gradviz.cli import installation
from gradviz.cli.installation import EXTRAS, REQUIRED, TriedPart
from gradviz.core.errors import ExportError
from gradviz.core.tried_versions import ANY_VERSION
from gradviz.export.exporters import EXPORTERS

_ROOT = Path(__file__).parents[4]


def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the exit code, and the parts by their names."""
    code = cli.main(["doctor", "--json"])
    document = json.loads(capsys.readouterr().out)
    parts = {part["name"]: part for part in document["parts"]}
    assert document["broken"] == sum(part["state"] == "broken" for part in parts.values())
    assert all(part["remedy"] for part in parts.values() if part["state"] != "works")
    return code, parts


def test_that_all_works_here(capsys: pytest.CaptureFixture[str]) -> None:
    code, parts = examined(capsys)
    broken = {name: part["told"] for name, part in parts.items() if part["state"] == "broken"}
    assert (code, broken) == (0, {})
    assert {f"{suffix[1:]} files" for suffix in EXPORTERS} <= set(parts)
    assert "cpu" in parts["devices"]["told"]


def test_that_it_is_readable_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert any(re.match(r"✓ torch +torch 2\.", line) for line in lines)
    assert re.fullmatch(r"\d+ parts: \d+ work, \d+ absent, 0 broken", last)


def test_that_the_libraries_are_those_of_the_package() -> None:
    stated = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]
    found = [re.match(r"([\w-]+)>=([\w.]+)", each) for each in stated["dependencies"]]
    assert {each[1]: each[2] for each in found if each} == REQUIRED
    for extra, (library, _) in EXTRAS.items():
        assert any(each.startswith(library) for each in stated["optional-dependencies"][extra])


def test_that_a_library_that_is_missing_old_or_too_new_is_told_with_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    true = importlib.metadata.version
    made_up = {"numpy": "1.26.4", "torch": "9.0", "av": ""}

    def version(name: str) -> str:
        if name == "lark" or made_up.get(name) == "":
            raise importlib.metadata.PackageNotFoundError(name)
        return made_up.get(name) or true(name)

    monkeypatch.setattr("importlib.metadata.version", version)
    # Where a release is tried, nothing is told of it.
    monkeypatch.delenv(ANY_VERSION, raising=False)
    code, parts = examined(capsys)
    assert code == 1
    assert parts["lark"]["told"] == "lark is not installed."
    assert parts["numpy"]["told"] == "numpy 1.26.4 is older than 2.0."
    assert 'pip install "numpy>=2.0"' in parts["numpy"]["remedy"]
    assert "up to, but not including, 2.15" in parts["torch"]["told"]
    assert 'pip install "torch>=2.13,<2.15"' in parts["torch"]["remedy"]
    assert parts["video"]["state"] == "absent"
    assert "gradviz-studio[video]" in parts["video"]["remedy"]


def test_that_the_other_package_of_the_name_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "gradviz-0.1.2.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: gradviz\nVersion: 0.1.2\n")
    monkeypatch.syspath_prepend(tmp_path)
    code, parts = examined(capsys)
    assert code == 1
    assert "gradviz (0.1.2)" in parts["name"]["told"]
    assert "pip uninstall gradviz" in parts["name"]["remedy"]


def test_that_a_format_and_a_device_that_do_not_work_are_told_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise ExportError("There is no ink.")

    monkeypatch.setattr(f"{EXPORTERS['.png'].module}.render", fails)
    monkeypatch.setattr("gradviz.engine.tensors.devices.resolved", fails)
    code, parts = examined(capsys)
    assert code == 1
    assert "There is no ink." in parts["png files"]["told"]
    assert "There is no ink." in parts["devices"]["told"]
    assert parts["svg files"]["state"] == parts["pdf files"]["state"] == "works"


@pytest.mark.parametrize(
    ("platform", "state"), [("offscreen", "works"), ("no-such-platform", "broken")]
)
def test_that_the_display_is_tried_as_the_window_does(
    monkeypatch: pytest.MonkeyPatch, platform: str, state: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert installation._display().state == state


def test_that_no_display_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    # Elsewhere there always is one.
    monkeypatch.setattr(sys, "platform", "linux")
    part = installation._display()
    assert (part.state, bool(part.remedy)) == ("absent", True)


def test_that_a_library_of_the_system_that_qt_lacks_is_told_with_the_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(installation, "_not_found", lambda file: ["libxcb-cursor.so.0"])
    (found,) = (part for part in installation.parts() if part.name == "libraries of Qt")
    assert found == TriedPart("libraries of Qt", "broken", found.told, found.remedy)
    assert "libxcb-cursor.so.0" in found.told
    assert "apt-get install" in found.remedy
