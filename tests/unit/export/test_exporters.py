"""The table of formats and the one way to write a graph."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sample_graphs import shared_graph, shared_trace

from gradviz.core.errors import ExportError
from gradviz.export.exporters import EXPORTERS, write_graph

ROOT = Path(__file__).parents[3]
HEADS = {
    ".svg": b"<?xml",
    ".png": b"\x89PNG\r\n",
    ".pdf": b"%PDF-",
    ".dot": b"// Autograd graph",
    ".json": b"{",
    ".graphml": b"<?xml",
    ".mmd": b"%% Autograd graph",
    ".html": b"<!DOCTYPE html>",
}


def in_a_bare_process(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `code` where no Qt application exists and no display is known."""
    program = (
        "from sample_graphs import *\nfrom gradviz.export.exporters import write_graph\n" + code
    )
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_there_is_a_head_to_know_each_format_by() -> None:
    assert set(HEADS) == set(EXPORTERS)
    assert all(suffix == exporter.suffix for suffix, exporter in EXPORTERS.items())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", EXPORTERS)
def test_that_each_format_is_written_under_its_suffix(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{suffix.upper()}"
    write_graph(shared_graph(), path, trace=shared_trace(), cursor=2)
    assert path.read_bytes().startswith(HEADS[suffix])
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["graph", "graph.bmp", ".svg", "graph.svg.txt"])
def test_that_an_unknown_format_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.svg, \.png, \.pdf, \.dot, \.json"):
        write_graph(shared_graph(), tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf")])
def test_that_a_scale_that_makes_no_sense_is_refused(scale: float, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="scale"):
        write_graph(shared_graph(), tmp_path / "graph.png", scale=scale)


@pytest.mark.parametrize("suffix", [".dot", ".json", ".graphml", ".mmd"])
def test_that_data_is_written_without_loading_qt(suffix: str, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "write_graph(shared_graph(), sys.argv[1], trace=shared_trace(), cursor=2)\n"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))\n"
    )
    done = in_a_bare_process(code, tmp_path / f"graph{suffix}")
    assert (done.returncode, done.stderr) == (0, "")


def test_that_pictures_are_written_where_there_is_no_display(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "for suffix in ('svg', 'png', 'pdf'):\n"
        "    write_graph(tutorial_graph(), f'{sys.argv[1]}/graph.{suffix}')\n"
    )
    done = in_a_bare_process(code, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list(tmp_path.iterdir())) == 3


def test_that_a_machine_without_fonts_is_told_to_install_one(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from PySide6.QtGui import QFontDatabase\n"
        "QFontDatabase.families = staticmethod(lambda: [])\n"
        "from gradviz.core.errors import ExportError\n"
        "try:\n"
        "    write_graph(shared_graph(), sys.argv[1])\n"
        "except ExportError as error:\n"
        "    print(error)\n"
    )
    done = in_a_bare_process(code, tmp_path / "graph.svg")
    assert "DejaVu" in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("qapp")
def test_that_a_failed_write_is_told_before_nothing_is_lost(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="does not exist"):
        write_graph(shared_graph(), tmp_path / "nowhere" / "graph.svg")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", EXPORTERS)
def test_that_a_target_that_cannot_be_written_keeps_what_it_held(
    suffix: str, tmp_path: Path
) -> None:
    folder = tmp_path / f"folder{suffix}"
    folder.mkdir()
    with pytest.raises(ExportError, match="it is a folder"):
        write_graph(shared_graph(), folder)
    with pytest.raises(ExportError, match="does not exist"):
        write_graph(shared_graph(), tmp_path / "nowhere" / f"graph{suffix}")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", EXPORTERS)
def test_that_a_full_disk_is_told_and_keeps_the_old_bytes(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"graph{suffix}"
    path.write_bytes(b"before")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="no space left"):
        write_graph(shared_graph(), path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("suffix", EXPORTERS)
def test_that_a_name_without_a_suffix_is_written_in_the_format_that_is_told(
    suffix: str, tmp_path: Path
) -> None:
    write_graph(shared_graph(), tmp_path / "graph", suffix=suffix)
    assert (tmp_path / "graph").read_bytes().startswith(HEADS[suffix])
