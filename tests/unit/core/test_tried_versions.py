"""Which installed libraries are told to lie outside of the range that gradviz was tried with."""

import tomllib
from pathlib import Path

import pytest

from gradviz.core.tried_versions import (
    ANY_VERSION,
    TRIED,
    unloadable,
    untried,
    untried_libraries,
)

_ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _versions_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ANY_VERSION, raising=False)


def test_that_the_ranges_are_those_of_the_package() -> None:
    text = (_ROOT / "pyproject.toml").read_text()
    stated = tomllib.loads(text)["project"]["dependencies"]
    for library, tried in TRIED.items():
        assert f"{library}>={tried.first},<{tried.end}" in stated


def test_that_the_pinned_versions_lie_within_the_ranges() -> None:
    lines = (_ROOT / "constraints.txt").read_text().splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    assert all(not untried(name, pins[name.replace("-", "_")]) for name in TRIED)


@pytest.mark.parametrize("version", ["2.13", "2.13.0", "2.13.0+cpu", "2.14.1", "2.14.9"])
def test_that_a_version_within_the_range_is_not_told(version: str) -> None:
    assert untried("torch", version) == ""


@pytest.mark.parametrize(
    ("version", "told"),
    [("6.10.3", True), ("6.11.0", False), ("6.11.3", False), ("6.12.0", True)],
)
def test_that_pyside_is_told_before_and_after_its_range(version: str, told: bool) -> None:
    assert bool(untried("PySide6-Essentials", version)) == told


def test_that_the_ranges_are_stated_for_these_three_alone() -> None:
    assert set(TRIED) == {"torch", "PySide6-Essentials", "pyqtgraph"}


@pytest.mark.parametrize("version", ["2.12.1", "2.15.0", "2.15.0+cu130", "2.15.0a0+git1", "3.0"])
def test_that_a_version_outside_is_told_in_one_sentence_with_the_range(version: str) -> None:
    told = untried("torch", version)
    assert told.startswith(f"PyTorch {version} is installed, ")
    assert "from 2.13 up to, but not including, 2.15" in told
    assert "\n" not in told


def test_that_a_version_that_cannot_be_read_is_not_told() -> None:
    assert untried("torch", "unknown") == ""


def test_that_nothing_is_told_while_a_release_is_being_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ANY_VERSION, "1")
    assert untried("torch", "9.0") == ""


def test_that_every_library_of_the_table_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1")
    told = untried_libraries()
    assert [each.split()[0] for each in told] == ["PyTorch", "PySide6", "pyqtgraph"]


def test_that_the_engines_torch_counts_and_not_the_one_that_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1")
    assert untried_libraries("2.15.0")[0].startswith("PyTorch 2.15.0 is installed")


def _raised_by(module: str, statement: str) -> Exception:
    """Return the error of a statement within a module, while that is loaded."""
    code = compile(statement, f"{module}.py", "exec")
    with pytest.raises(Exception) as raised:  # noqa: PT011 - of any kind
        exec(code, {"__name__": module})  # noqa: S102 - a statement of this test
    return raised.value


@pytest.mark.parametrize(
    ("module", "statement", "name"),
    [
        ("torch", "raise OSError('no symbol')", "PyTorch"),
        ("torch._ops", "1 / 0", "PyTorch"),
        ("gradviz.engine", "raise ImportError('no name', name='torch.utils.weak')", "PyTorch"),
        ("gradviz.app", "raise ModuleNotFoundError('none', name='PySide6')", "PySide6"),
        ("shiboken6", "raise RuntimeError('another Python')", "PySide6"),
        ("pyqtgraph.functions", "raise AttributeError('QtCore')", "pyqtgraph"),
    ],
)
def test_that_a_library_that_cannot_be_loaded_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, module: str, statement: str, name: str
) -> None:
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.1")
    error = _raised_by(module, statement)
    told = unloadable(error)
    assert told.startswith(
        f"{name} 0.1 cannot be loaded ({type(error).__name__}: {error}): install "
    )
    assert "\n" not in told


def test_that_of_an_error_of_several_lines_the_first_is_told() -> None:
    told = unloadable(_raised_by("torch", "raise ImportError('first\\nsecond')"))
    assert "(ImportError: first)" in told
    assert "(ImportError):" in unloadable(_raised_by("torch", "raise ImportError"))


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("gradviz.engine", "raise ImportError('no name', name='msgspec')"),
        ("gradviz.engine", "raise ValueError('torch')"),
        ("torchvision", "raise RuntimeError"),
        ("gradviz.engine", "import torch; torch.ones(2) @ torch.ones(3)"),
    ],
)
def test_that_another_error_is_none_of_loading(module: str, statement: str) -> None:
    assert unloadable(_raised_by(module, statement)) == ""
