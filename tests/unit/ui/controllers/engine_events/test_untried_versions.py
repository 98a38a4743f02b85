"""The window tells of libraries that gradviz was not tried with, when the engine starts."""

from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot
from silent_engine import CATALOGUE, Bench

from gradviz.core.tried_versions import ANY_VERSION, NOT_LOADED
from gradviz.protocol.events import EngineStarted
from gradviz.ui.state.window_state import Notice


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.delenv(ANY_VERSION, raising=False)
    return Bench()


@pytest.fixture
def told(bench: Bench) -> list[Notice]:
    notices: list[Notice] = []
    bench.state.noticed.connect(notices.append)
    return notices


def start(bench: Bench, torch: str) -> None:
    bench.hear(EngineStarted(msgspec.structs.replace(CATALOGUE, torch=torch)))


def test_that_the_version_of_the_engines_torch_is_told_once(
    bench: Bench, told: list[Notice]
) -> None:
    start(bench, "9.1.0")
    start(bench, "9.1.0")
    assert [each.message.split(",")[0] for each in told] == ["PyTorch 9.1.0 is installed"]
    assert told[0].subject == "window"


def test_that_a_torch_that_was_tried_is_not_told(bench: Bench, told: list[Notice]) -> None:
    start(bench, "2.13.0+cpu")
    assert told == []


def test_that_an_untried_library_of_the_window_is_told_too(
    bench: Bench, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = {"PySide6-Essentials": "6.7.3", "pyqtgraph": "0.14.0"}
    monkeypatch.setattr("importlib.metadata.version", versions.__getitem__)
    start(bench, "2.13.0")
    assert [each.message.split(",")[0] for each in told] == ["PySide6 6.7.3 is installed"]


def test_that_another_package_of_the_same_name_is_told_once(
    bench: Bench, told: list[Notice], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "gradviz-0.1.2.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: gradviz\nVersion: 0.1.2\n")
    monkeypatch.syspath_prepend(tmp_path)
    start(bench, "2.13.0")
    start(bench, "2.13.0")
    assert [each.message.split(" is ")[0] for each in told] == [
        "Another package called gradviz (0.1.2)"
    ]
    assert told[0].hint.startswith("Run: python -m pip uninstall gradviz")


def test_that_an_engine_that_never_started_is_told_with_the_version_that_may_be_why(
    bench: Bench, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "9.1")
    bench.end()
    assert "PyTorch 9.1 is installed" in told[0].hint


def test_that_an_engine_without_torch_is_told_by_its_last_line_and_not_started_again(
    bench: Bench, told: list[Notice]
) -> None:
    bench.end(NOT_LOADED, "a warning\nPyTorch cannot be loaded: install it.\n")
    assert [each.message for each in told] == ["PyTorch cannot be loaded: install it."]
    assert "Model ▸ Restart engine" in told[0].hint
    assert (bench.engine.starts, bench.state.engine) == (0, "ended")
