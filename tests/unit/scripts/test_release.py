"""A release: the wheel and the sdist hold all, with checksums and notes, and work installed."""

import hashlib
import os
import runpy
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

import gradviz

ROOT = Path(__file__).parents[3]
_SCRIPT = ROOT / "scripts" / "release.py"


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release that was built."""
    folder = tmp_path_factory.mktemp("release")
    subprocess.run([sys.executable, str(_SCRIPT), str(folder)], check=True, capture_output=True)
    return folder


def test_that_both_hold_all_files_of_the_package(release: Path) -> None:
    wheel, sdist = next(release.glob("*.whl")), next(release.glob("*.tar.gz"))
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "gradviz").rglob("*")
        if path.suffix in (".py", ".lark")
    }
    icons = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources").rglob("*.svg")}
    assert icons
    desktop = {path.relative_to(ROOT).as_posix() for path in (ROOT / "resources/desktop").iterdir()}
    assert desktop
    assert any(name.endswith(".lark") for name in package)
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
    assert package | {f"gradviz/{each}" for each in icons | desktop} <= held
    # Help shows what is new.
    assert "gradviz/resources/CHANGELOG.md" in held
    with tarfile.open(sdist) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    assert (
        package | icons | desktop | {"CHANGELOG.md", "pyproject.toml", "README.md", "LICENSE"}
        <= inside
    )


def test_that_the_checksums_and_the_notes_are_those_of_the_files(release: Path) -> None:
    lines = (release / "SHA256SUMS").read_text().splitlines()
    sums = {name: digest for digest, name in (line.split() for line in lines)}
    assert len(sums) == 2
    for name, digest in sums.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest
    notes = (release / "RELEASE_NOTES.md").read_text()
    assert notes.startswith(f"# gradviz {gradviz.__version__}\n\n### Added\n")


def test_that_the_notes_are_one_section_alone() -> None:
    notes_of: Any = runpy.run_path(str(_SCRIPT))["notes_of"]
    changelog = "# Changelog\n\n## [0.2.0] - soon\n\n- New.\n\n## [0.1.0] - then\n\n- Old.\n"
    assert notes_of("0.2.0", changelog) == "# gradviz 0.2.0\n\n- New.\n"
    assert notes_of("0.1.0", changelog) == "# gradviz 0.1.0\n\n- Old.\n"
    with pytest.raises(SystemExit):
        notes_of("0.3.0", changelog)


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_that_it_starts_draws_and_exports_from_an_environment_of_its_own(
    release: Path, tmp_path: Path, pattern: str
) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    packages = next((tmp_path / "venv").rglob("site-packages"))
    # The libraries are those of this environment, without gradviz, which is linked there.
    others = Path(pytest.__file__).parents[1]
    (packages / "libraries.pth").write_text(f"{others}\n")
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = ["-m", "pip", "install", "--no-deps", "--no-index", "--no-build-isolation"]
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONSAFEPATH")}

    def done(*command: str) -> str:
        ended = subprocess.run(
            command, cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    done(str(python), *install, str(next(release.glob(pattern))))
    place = done(str(python), "-c", "import gradviz; print(gradviz.__file__)").strip()
    assert Path(place).is_relative_to(packages)
    command = str(python.parent / "gradviz")
    assert done(command, "--version") == f"gradviz {gradviz.__version__}\n"
    done(command, "export", "a + b x", "-o", "g.svg", "-o", "g.png", "-o", "g.json")
    assert (tmp_path / "g.svg").read_text().startswith("<?xml")
    assert (tmp_path / "g.png").read_bytes().startswith(b"\x89PNG")
    window = "from gradviz.app import open_window; app, window = open_window('a x'); "
    shown = "print(window.isVisible()); window.close()"
    opened = done(str(python), "-c", f"{window}{shown}")
    assert opened == "True\n"
