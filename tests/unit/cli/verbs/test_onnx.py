"""An ONNX file on the command line: `gradviz graph` shows it, and every other verb says why not."""

import json
from pathlib import Path

import pytest
from onnx_models import residual, saved

from gradviz import cli
from gradviz.own.source import FORWARD_ALONE


@pytest.fixture
def file(tmp_path: Path) -> str:
    return str(saved(residual(), tmp_path / "net.onnx"))


def test_that_it_is_printed_as_a_tree_of_its_modules(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["graph", file, "--depth", "1"]) == 0
    note, *lines = capsys.readouterr().out.splitlines()
    assert note.startswith(FORWARD_ALONE)
    assert any(line.startswith("  layers.0 … layers.2 ×3") for line in lines)
    assert any("(batch, 4)" in line for line in lines)


def test_that_json_has_its_nodes_and_no_pass(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["graph", file, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["output"] is None
    assert "steps" not in document
    (softmax,) = (each for each in document["nodes"] if each["op"] == "Softmax")
    assert (softmax["shape"], softmax["sizes"]) == (None, "(batch, 4)")


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf", "dot", "json", "graphml", "mmd", "html"])
def test_that_each_format_is_written(file: str, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph.{suffix}"
    assert cli.main(["graph", file, "-o", str(path), "--expand", "all"]) == 0
    content = path.read_bytes()
    if suffix not in ("png", "pdf"):
        assert b"Softmax" in content
        assert b"(batch, 4)" in content
    if suffix == "json":
        facts = json.loads(content)["metadata"]
        assert facts["model"] == "net.onnx"
        assert "torch" not in facts


@pytest.mark.parametrize(
    "arguments",
    [
        ("step",),
        ("check",),
        ("health",),
        ("train",),
        ("code",),
        ("compare",),
        ("tensor", "Add", "value"),
        ("diff", "a x"),
    ],
)
def test_that_every_other_verb_says_that_there_is_a_forward_graph_alone(
    file: str, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    verb, *rest = arguments
    assert cli.main([verb, file, *rest]) == 2
    told = capfd.readouterr().err
    assert told.count(FORWARD_ALONE) == 1
    assert len(told.splitlines()) == 1


def test_that_a_film_of_it_is_refused(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = tmp_path / "film.gif"
    for animated in ("train", "backward"):
        assert cli.main(["export", file, "--animate", animated, "-o", str(film)]) == 2
        assert FORWARD_ALONE in capsys.readouterr().err
    assert not film.exists()


@pytest.mark.parametrize(
    "option",
    [("--after", "1"), ("--compiled", "op.1"), ("--create-graph",), ("--input", "ones(2)")],
)
def test_that_an_option_about_a_pass_is_refused(
    file: str, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
) -> None:
    assert cli.main(["graph", file, *option]) == 2
    assert f"{FORWARD_ALONE} Leave out {option[0]}." in capsys.readouterr().err


def test_that_a_damaged_file_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "net.onnx"
    path.write_bytes(residual().SerializeToString()[:-40])
    assert cli.main(["graph", str(path)]) == 2
    assert "net.onnx is no ONNX file, or is damaged" in capsys.readouterr().err
