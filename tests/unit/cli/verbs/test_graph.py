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
from PIL import Image
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
    monkeypatch.setattr("gradviz.export.formats.png._MOST_PIXELS", 4_000_000)
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


def test_that_the_way_of_the_edges_can_be_upwards_or_to_the_left(tmp_path: Path) -> None:
    chosen = ("--focus", "h.3.mlp", "--hide", "views", "--scale", "1")
    for way, opposite in (("TB", "BT"), ("LR", "RL")):
        one, other = (
            struct.unpack(">II", written(tmp_path, ".png", *chosen, "--direction", each)[16:24])
            for each in (way, opposite)
        )
        assert one[0] == pytest.approx(other[0], abs=40)
        assert one[1] == pytest.approx(other[1], abs=40)


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
        shown = re.sub(rb"<title>.*?</title>", b"", path.read_bytes())
        return tuple(re.findall(rb"\bAdd(?:Backward0)?\b", shown))

    forward, backward = ("--names", "forward"), ("--names", "backward")
    assert texts(".svg") == texts(".svg", *forward) == (b"Add", b"AddBackward0")
    assert texts(".svg", *backward) == (b"AddBackward0", b"Add")
    assert texts(".dot") == texts(".dot", *backward) == (b"AddBackward0",)
    assert texts(".dot", *forward) == (b"Add",)
    assert texts(".json", *backward) == texts(".json")


def test_that_dots_per_inch_are_those_of_the_image(tmp_path: Path) -> None:
    path = tmp_path / "graph.png"
    assert cli.main(["graph", "a + b x", "-o", str(path), "--dpi", "300", "--seed", "7"]) == 0
    with Image.open(path) as image:
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)
        assert (image.info["Model"], image.info["Seed"]) == ("a + b x", "7")


@pytest.mark.parametrize("dpi", ["0", "-300", "nan", "inf"])
def test_that_a_resolution_of_no_use_is_refused(
    dpi: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "graph.png"
    assert cli.main(["graph", "a + b x", "-o", str(path), f"--dpi={dpi}"]) == 2
    assert "dpi do not work" in capsys.readouterr().err
    assert not path.exists()


def test_that_a_transparent_image_has_no_ground(tmp_path: Path) -> None:
    path = tmp_path / "graph.png"
    assert cli.main(["graph", "a + b x", "-o", str(path), "--transparent"]) == 0
    with Image.open(path) as image:
        assert image.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_that_a_drawing_for_print_has_its_width_in_millimetres_and_its_caption(
    tmp_path: Path,
) -> None:
    path = tmp_path / "graph.png"
    style = ["--style", "publication", "--width-mm", "60"]
    heights = []
    for caption in ([], ["--caption"], ["--caption", "Figure 1. " + "A long one. " * 20]):
        assert cli.main(["graph", "a + b x", "-o", str(path), *style, *caption]) == 0
        with Image.open(path) as image:
            assert image.width == pytest.approx(60 / 25.4 * 300, abs=1)
            heights.append(image.height)
    assert heights == sorted(set(heights))
    assert cli.main(["graph", "a + b x", "-o", str(path), *style, "--dpi", "100"]) == 0
    with Image.open(path) as image:
        assert image.width == pytest.approx(60 / 25.4 * 100, abs=1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["-o", "a.svg", "--style", "publication", "--width-mm", "0"], "A width of 0 mm"),
        (["-o", "a.svg", "--style", "publication", "--width-mm", "nan"], "A width of nan mm"),
        (["-o", "a.svg", "--style", "publication", "--width-mm", "10000"], "A width of 10000 mm"),
        (["-o", "a.dot", "--style", "publication"], "The style publication is for drawings"),
        (["-o", "a.svg", "--width-mm", "60"], "Add --style publication."),
        (["-o", "a.svg", "--caption"], "Add --style publication."),
        (["--style", "publication"], "Name it by -o."),
    ],
)
def test_that_a_print_that_does_not_work_is_told_in_a_sentence(
    options: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["graph", "a + b x", *options]) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


_COMPILED = """
import torch
from torch import nn
def Net():
    return torch.compile(nn.Sequential(nn.Linear(4, 2), nn.Tanh()), backend="aot_eager")
def example_inputs():
    return torch.ones(3, 4)
"""


# Dynamo itself reads the gradient of an input that is no leaf.
@pytest.mark.filterwarnings("ignore:The .grad attribute")
def test_that_a_compiled_function_is_drawn_as_the_compiler_has_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, picture = tmp_path / "net.py", tmp_path / "net.dot"
    file.write_text(_COMPILED)
    asked = ["graph", f"{file}:Net", "--trust", "--compiled", "CompiledFunction"]
    assert cli.main([*asked, "-o", str(picture)]) == 0
    titles = re.findall(r"label=\"(.*?)\"", picture.read_text())
    assert any("addmm" in title for title in titles)
    assert any("gradient of _orig_mod.0.weight" in title for title in titles)
    assert b"cluster" in picture.read_bytes()
    capsys.readouterr()
    assert cli.main([*asked, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [group["id"] for group in document["groups"]] == ["forward", "backward"]
    assert "primals_1" in {node["op"] for node in document["nodes"]}
    assert cli.main([*asked, "--focus", "backward"]) == 0
    text = capsys.readouterr().out
    assert "tanh_backward" in text
    assert "addmm" not in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--compiled", "nobody"), "There is no node nobody."),
        (("--compiled", "Add"), "torch.compile has not made it."),
        (("--compiled", "Add", "--after", "1", "-o", "a.svg"), "A compiled graph has no steps."),
    ],
)
def test_that_a_graph_that_is_not_compiled_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert cli.main(["graph", "a + b x", "--at", "2", *options]) == 2
    assert told in capsys.readouterr().err
