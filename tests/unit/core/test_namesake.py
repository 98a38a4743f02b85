"""The other package of the same name is told where its files and these replace one another."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import gradviz
from gradviz.core.namesake import DISTRIBUTION, NAMESAKE_REMEDY, namesake

_ROOT = Path(__file__).parents[3]
_OWN = "See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live."


def install(
    root: Path, *files: str, name: str = "gradviz", summary: str = "Gradient norms."
) -> Path:
    """Install what pip would of a distribution with these files; return the folder of packages."""
    folder = root / "lib" / "python3" / "site-packages"
    kept = folder / f"{name}-0.1.2.dist-info"
    kept.mkdir(parents=True)
    # Later versions of Python know of a distribution only those of its files that are there.
    for file in files:
        path = Path(os.path.normpath(folder / file))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.2\nSummary: {summary}\n"
    (kept / "METADATA").write_text(metadata)
    if files:
        (kept / "RECORD").write_text("".join(f"{file},,\n" for file in files))
    return folder


@pytest.mark.parametrize(
    "files",
    [("gradviz/__init__.py",), ("../../../bin/gradviz",), ("../../Scripts/gradviz.exe",), ()],
)
def test_that_the_other_package_is_told_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: tuple[str, ...]
) -> None:
    monkeypatch.syspath_prepend(install(tmp_path, *files))
    told = namesake()
    assert "gradviz (0.1.2)" in told
    assert DISTRIBUTION in told


def test_that_packages_that_take_no_place_are_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "gradviz/__init__.py", name="gradviz_plugin")
    monkeypatch.syspath_prepend(install(tmp_path, "gradviz_norms/__init__.py"))
    assert namesake() == ""


def test_that_this_project_under_its_former_name_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = install(tmp_path, "gradviz/__init__.py", "../../../bin/gradviz", summary=_OWN)
    monkeypatch.syspath_prepend(folder)
    assert namesake() == ""


def test_that_the_distribution_has_its_own_name_and_the_command_stays() -> None:
    stated = tomllib.loads((_ROOT / "pyproject.toml").read_text())
    assert stated["project"]["name"] == DISTRIBUTION
    assert stated["project"]["description"] == _OWN == (gradviz.__doc__ or "").splitlines()[0]
    assert stated["project"]["scripts"] == {"gradviz": "gradviz.cli:main"}
    assert DISTRIBUTION in NAMESAKE_REMEDY


def test_that_the_command_line_tells_it_and_goes_on(tmp_path: Path) -> None:
    folder = install(tmp_path, "gradviz/__init__.py")
    done = subprocess.run(
        [sys.executable, str(_ROOT / "main.py"), "models"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr.startswith("gradviz: Another package called gradviz (0.1.2)")
    assert NAMESAKE_REMEDY in done.stderr
