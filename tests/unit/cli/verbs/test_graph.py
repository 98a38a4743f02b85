"""`gradviz graph` of a real model: a tree of its modules, and files of what is shown of it."""

import json
import re
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pygraphviz
import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtSvg import QSvgRenderer

from gradviz import cli

_FILE = Path(__file__).parents[3] / "real_models.py"
_GPT2 = (f"{_FILE}:GPT2", "--args", "layers=12", "--input", "randint(0, 96, (1, 8))", "--trust")
_SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _trust_of_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is trusted in a folder that no other test and no user sees."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert cli.main(["graph", *_GPT2, *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def written(tmp_path: Path, suffix: str, *arguments: str) -> bytes:
    path = tmp_path / f"graph{suffix}"
    assert cli.main(["graph", *_GPT2, "-o", str(path), *arguments]) == 0
    return path.read_bytes()


def test_that_a_model_is_printed_as_a_tree_of_its_modules(
    capsys: pytest.CaptureFixture[str],
) -> None:
    headline, *lines = printed(capsys, "--depth", "1")
    assert headline.startswith("loss = ")
    model, *inside = lines
    assert re.fullmatch(r"GPT2 +GPT2 +41\u202f952 parameters +724 nodes", model)
    assert all(line.startswith("  ") and line[2] != " " for line in inside)
    assert any(re.match(r"  h\.0 … h\.11 ×12 +Block +39\u202f360 parameters", x) for x in inside)
    deeper = printed(capsys, "--depth", "1", "--expand", "h.3.attn")
    assert any(line.startswith("      h.3.attn.c_attn ") for line in deeper)
    assert any(line.startswith("  h.4 … h.11 ×8 ") for line in deeper)


def test_that_the_json_has_every_group_and_what_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (line,) = printed(capsys, "--json", "--depth", "1")
    document = json.loads(line)
    groups = {group["id"]: group for group in document["groups"]}
    assert groups["h.3.attn"]["class"] == "SelfAttention"
    assert groups["h.3.attn"]["parent"] == "h.3"
    (fold,) = (box for box in document["outline"]["boxes"] if len(box["groups"]) > 1)
    assert fold["groups"] == [f"h.{layer}" for layer in range(12)]
    page = (Path(__file__).parents[4] / "docs" / "json.md").read_text()
    documented = set(re.findall(r"`(\w+)`", page))
    assert fields(document["groups"]) | fields(document["outline"]) <= documented


def fields(value: Any) -> set[str]:
    """Return the names of all fields at any depth."""
    if isinstance(value, dict):
        return set(value).union(*map(fields, value.values()))
    return set().union(*map(fields, value)) if isinstance(value, list) else set()


def test_that_each_format_shows_the_same_groups(tmp_path: Path) -> None:
    chosen = ("--depth", "1", "--expand", "h.3.attn")
    document = json.loads(written(tmp_path, ".json", *chosen))
    frames = {frame["group"] for frame in document["outline"]["frames"]}
    assert frames == {"GPT2", "h.3", "h.3.attn"}
    boxes = [box["title"] for box in document["outline"]["boxes"]]
    svg = written(tmp_path, ".svg", *chosen)
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    groups = [each for each in root.iter(f"{_SVG}g") if each.get("class") == "group"]
    assert len(groups) == len(frames) + len(boxes)
    assert frames <= {each.get("id") for each in groups}
    assert QSvgRenderer(QByteArray(svg)).isValid()
    drawn = pygraphviz.AGraph(string=written(tmp_path, ".dot", *chosen).decode())
    labels = [node.attr["label"].split("\\n")[0] for node in drawn.nodes()]
    assert set(boxes) <= set(labels)
    assert clusters(drawn) == len(frames)
    assert len(labels) == len(boxes) + len(document["outline"]["nodes"])


def clusters(graph: pygraphviz.AGraph) -> int:
    """Return how many clusters there are, at any depth."""
    return sum(1 + clusters(each) for each in graph.subgraphs())


def test_that_all_is_everything_and_a_large_image_is_scaled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gradviz.export.png._MOST_PIXELS", 4_000_000)
    image = written(tmp_path, ".png", "--expand", "all")
    width, height = struct.unpack(">II", image[16:24])
    assert 3_000_000 < width * height <= 4_000_000
    assert re.search(r"gradviz: The scale is 0\.\d+, not 2, at which", capsys.readouterr().err)
    assert written(tmp_path, ".pdf").startswith(b"%PDF-")
    document = json.loads(written(tmp_path, ".json", "--expand", "all"))
    assert len(document["outline"]["nodes"]) == len(document["nodes"]) == 724
    assert len(document["outline"]["frames"]) == len(document["groups"])


def test_that_the_way_of_the_edges_can_be_to_the_right(tmp_path: Path) -> None:
    chosen = ("--focus", "h.3.mlp", "--hide", "views", "--scale", "1")
    down, right = (
        struct.unpack(">II", written(tmp_path, ".png", *chosen, "--direction", way)[16:24])
        for way in ("TB", "LR")
    )
    assert down[1] / down[0] > right[1] / right[0]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--expand", "h.3.atn"], "The nearest names are h.3.attn, "),
        (["--focus", "lm_heat"], "The nearest names are lm_head, "),
        (["--depth", "-1"], "There is no depth -1."),
        (["--focus", "h.3", "--expand", "h.4"], "it is not within h.3"),
    ],
)
def test_that_what_cannot_be_shown_is_refused(
    capsys: pytest.CaptureFixture[str], options: Sequence[str], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "graph.svg"
    assert cli.main(["graph", *_GPT2, *options, "-o", str(path)]) == 2
    assert told in capsys.readouterr().err
    assert not path.exists()


def test_that_nodes_have_the_names_that_are_chosen(tmp_path: Path) -> None:
    def texts(suffix: str, *names: str) -> tuple[bytes, ...]:
        path = tmp_path / f"names{suffix}"
        assert cli.main(["graph", "a + b x", "--at", "2", "-o", str(path), *names]) == 0
        return tuple(re.findall(rb"\bAdd(?:Backward0)?\b", path.read_bytes()))

    forward, backward = ("--names", "forward"), ("--names", "backward")
    assert texts(".svg") == texts(".svg", *forward) == (b"Add", b"AddBackward0")
    assert texts(".svg", *backward) == (b"AddBackward0", b"Add")
    assert texts(".dot") == texts(".dot", *backward) == (b"AddBackward0",)
    assert texts(".dot", *forward) == (b"Add",)
    assert texts(".json", *backward) == texts(".json")
