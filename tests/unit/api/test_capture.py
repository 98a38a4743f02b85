"""`gradviz.capture`, as a user's script has it."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import networkx
import PIL.Image
import pytest
import torch
from IPython.core.formatters import DisplayFormatter
from torch import nn

import gradviz
from gradviz.core.errors import ExportError, GradvizError, SettingError
from gradviz.core.graphs.placement import Direction
from gradviz.core.number_text import counted
from gradviz.engine.captured.stored_passes import shown_passes, stored_passes
from gradviz.export.exporters import EXPORTERS
from gradviz.session_files.recordings import read_recording


def test_that_leaves_have_the_names_of_the_callers_variables() -> None:
    slope = torch.ones(2, requires_grad=True)
    model = nn.Linear(2, 1)
    hidden = model(slope * 3)
    names = {node.op for node in gradviz.capture(hidden.sum()).nodes if node.kind == "leaf"}
    assert names == {"slope", "weight", "bias"}
    labels = [node.label for node in gradviz.capture(hidden.sum()).nodes]
    assert "hidden" in labels


def test_that_given_names_come_before_those_of_variables() -> None:
    slope = torch.ones(2, requires_grad=True)
    found = gradviz.capture(slope.sum(), params={"a": slope})
    assert [node.op for node in found.nodes] == ["Sum", "a"]


_UNKNOWN: Any = "UP"
_TEXT: Any = "300"
_LIST: Any = []


class _Twice(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(*(nn.Linear(3, 3) for _ in range(4)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.layers(self.layers(x))
        return found


def _svg(found: gradviz.Capture) -> str:
    svg = found._repr_svg_()
    assert svg is not None
    return svg


def _run(folder: Path, text: str) -> str:
    """Run a script in `folder`, and return all that it prints; it tells nothing else."""
    script = folder / "script.py"
    script.write_text(text)
    environment = {**os.environ, "PYTHONPATH": str(Path(gradviz.__file__).parents[1])}
    ran = subprocess.run(
        [sys.executable, str(script)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.strip()


@pytest.fixture
def found() -> gradviz.Capture:
    return gradviz.capture(_Twice(), inputs=torch.ones(2, 3))


def test_that_gradients_are_given_by_the_names_of_the_leaves() -> None:
    a = torch.tensor([1.0, 2.0], requires_grad=True)
    gradients = gradviz.capture((a * a).sum()).gradients
    assert gradients["a"].tolist() == [2.0, 4.0]
    assert a.grad is None


def test_that_backward_returns_the_recording_that_is_shown_from_then_on() -> None:
    a = torch.ones(2, requires_grad=True)
    found = gradviz.capture(a * 2, params={"a": a})
    recording = found.backward(torch.tensor([1.0, 3.0]))
    assert [step.node for step in recording.trace.steps] == ["n0", "n1"]
    assert found.gradients["a"].tolist() == [2.0, 6.0]


def test_that_leaves_are_checked_by_their_names() -> None:
    a = torch.ones(2, requires_grad=True)
    (check,) = gradviz.capture((a * 2).sum()).check("a")
    assert check.node == "n2"


def test_that_networkx_has_every_node_and_edge(found: gradviz.Capture) -> None:
    found.backward()
    network = found.to_networkx()
    assert set(network.nodes) == {node.id for node in found.nodes}
    edges = {(edge.source, edge.target, edge.id) for edge in found.edges}
    assert set(network.edges(keys=True)) == edges
    leaf = next(node for node in found.nodes if node.kind == "leaf")
    expected = float(found.gradients[leaf.op].norm())
    assert network.nodes[leaf.id]["gradient_norm"] == pytest.approx(expected)
    assert networkx.is_directed_acyclic_graph(network)


_BEGINS: Final = {
    ".svg": b"<?xml",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".dot": b"//",
    ".json": b"{",
    ".graphml": b"<?xml",
    ".mmd": b"%%",
    ".html": b"<!DOCTYPE html>",
}


@pytest.mark.parametrize(("suffix", "begin"), _BEGINS.items())
def test_that_a_file_of_each_format_is_saved_and_names_model_and_seed(
    tmp_path: Path, suffix: str, begin: bytes
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(4711)
        found = gradviz.capture(_Twice(), inputs=torch.ones(2, 3))
    content = found.save(tmp_path / f"graph{suffix}").read_bytes()
    assert content.startswith(begin)
    assert b"_Twice" in content
    assert b"4711" in content


def test_that_every_format_of_the_table_is_tried() -> None:
    assert set(_BEGINS) == set(EXPORTERS)


def test_that_a_file_of_one_tensor_names_its_variable_and_no_seed_that_nobody_chose() -> None:
    slope = torch.ones(2, requires_grad=True)
    loss = slope.sum()
    with torch.random.fork_rng():
        torch.default_generator.manual_seed(torch.Generator().initial_seed())
        origin = gradviz.capture(loss).origin
    assert (origin.model, origin.seed) == ("loss", None)


def test_that_an_image_has_the_dots_and_the_ground_that_were_asked_for(
    found: gradviz.Capture, tmp_path: Path
) -> None:
    plain = PIL.Image.open(found.save(tmp_path / "plain.png", scale=1))
    dense = PIL.Image.open(found.save(tmp_path / "dense.png", dpi=288, transparent=True))
    assert dense.width == pytest.approx(plain.width * 3, abs=3)
    assert dense.info["dpi"][0] == pytest.approx(288, abs=1)
    assert plain.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    assert dense.convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_that_a_publication_is_saved_in_its_width_with_a_caption(
    found: gradviz.Capture, tmp_path: Path
) -> None:
    bare, told = (
        found.save(
            tmp_path / f"{caption}.svg", style="publication", width_mm=300, caption=caption
        ).read_text()
        for caption in (False, True)
    )
    assert '<svg width="300mm"' in bare
    assert '<svg width="300mm"' in told
    assert told.count("<path") > bare.count("<path")


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.svg", {"style": "print"}),
        ("a.svg", {"width_mm": 70.0}),
        ("a.svg", {"style": "publication", "width_mm": float("nan")}),
        ("a.dot", {"style": "publication"}),
    ],
)
def test_that_a_publication_that_does_not_work_is_told(
    found: gradviz.Capture, tmp_path: Path, name: str, options: dict[str, Any]
) -> None:
    with pytest.raises(GradvizError):
        found.save(tmp_path / name, **options)
    assert not list(tmp_path.iterdir())


def test_that_a_picture_has_the_groups_to_the_depth_that_was_asked(tmp_path: Path) -> None:
    x = torch.ones(2, 3)
    closed, opened = (gradviz.capture(_Twice(), inputs=x, depth=depth) for depth in (0, 9))
    few, many = (_svg(each).count("<text") for each in (closed, opened))
    assert few < many


def test_that_roll_joins_equal_groups_and_can_be_turned_off() -> None:
    x = torch.ones(2, 3)
    rolled = _svg(gradviz.capture(_Twice(), inputs=x, depth=2))
    spread = _svg(gradviz.capture(_Twice(), inputs=x, depth=2, roll=False))
    assert rolled.count("<text") < spread.count("<text")


def test_that_graph_dir_turns_the_picture(tmp_path: Path) -> None:
    a = torch.ones(2, requires_grad=True)
    output = a.exp().sin().cos().tanh().sum()
    sizes = []
    for direction in ("TB", "LR"):
        svg = _svg(gradviz.capture(output, graph_dir=direction))
        width, height = re.findall(r'viewBox="0 0 (\d+) (\d+)"', svg)[0]
        sizes.append(int(width) / int(height))
    assert sizes[0] < 1 < sizes[1]


@pytest.mark.parametrize(("graph_dir", "axis"), [("BT", 1), ("RL", 0)])
def test_that_graph_dir_lets_the_edges_run_up_or_to_the_left(
    graph_dir: Direction, axis: int
) -> None:
    a = torch.ones(2, requires_grad=True)
    svg = _svg(gradviz.capture(a.exp().sum(), params={"a": a}, graph_dir=graph_dir))
    places = {}
    for name in ("a", "Sum"):
        found = re.search(rf'<text[^>]* x="([\d.]+)" y="([\d.]+)"[^>]*>{name}<', svg)
        assert found is not None
        places[name] = float(found[1 + axis])
    assert places["Sum"] < places["a"]


def test_that_a_notebook_gets_a_page_and_a_picture_with_nothing_from_outside(
    found: gradviz.Capture,
) -> None:
    page = found._repr_html_()
    assert page.startswith('<iframe sandbox="allow-scripts" srcdoc=')
    for shown in (html.unescape(page), _svg(found)):
        links = re.findall(r'(?:href|src)="(?!#|data:)([^"]*)"', shown)
        assert links == []


def test_that_pictures_are_made_in_any_thread_without_an_application_of_qt(tmp_path: Path) -> None:
    printed = _run(
        tmp_path,
        "import sys, threading, torch, gradviz\n"
        "a = torch.ones(3, requires_grad=True)\n"
        "found = gradviz.capture(a.exp().sum())\n"
        "ts = [threading.Thread(target=found.save, args=(f'{i}.svg',)) for i in range(2)]\n"
        "[t.start() for t in ts]; [t.join() for t in ts]\n"
        "found.save('main.svg')\n"
        "print('PySide6' in sys.modules)\n",
    )
    assert printed == "False"
    pictures = {each.read_bytes() for each in tmp_path.glob("*.svg")}
    assert len(pictures) == 1


def _unrolled(steps: int) -> torch.Tensor:
    """Return the last state of a cell, behind whose graph no call is known."""
    cell, x = nn.LSTMCell(4, 4), torch.ones(1, 4)
    hidden = state = torch.zeros(1, 4)
    for _ in range(steps):
        hidden, state = cell(x, (hidden, state))
    return hidden


def test_that_a_long_graph_without_groups_is_drawn_as_on_the_command_line(tmp_path: Path) -> None:
    # In a process without the fonts of a window.
    _run(
        tmp_path,
        "import torch, gradviz\n"
        "from gradviz.api.picture_files import showing_with\n"
        "from gradviz.api.picture_options import PictureOptions\n"
        "from gradviz.export.exporters import write_graph\n"
        "cell, x = torch.nn.LSTMCell(4, 4), torch.ones(1, 4)\n"
        "hidden = state = torch.zeros(1, 4)\n"
        "for _ in range(70):\n"
        "    hidden, state = cell(x, (hidden, state))\n"
        "found = gradviz.capture(hidden)\n"
        "found.save('saved.svg')\n"
        "showing = showing_with(PictureOptions(), found.graph)\n"
        "write_graph(found.graph, 'written.svg', showing=showing, origin=found.origin)\n",
    )
    assert (tmp_path / "saved.svg").read_bytes() == (tmp_path / "written.svg").read_bytes()


def test_that_the_shape_of_a_very_long_graph_chooses_a_plan_that_is_done_at_once(
    tmp_path: Path,
) -> None:
    svg = gradviz.capture(_unrolled(300)).save(tmp_path / "long.svg").read_text()
    assert "laid out in rows" in svg
    assert "not done in time" not in svg


def test_that_a_moment_of_the_backward_pass_is_drawn(tmp_path: Path) -> None:
    a = torch.ones(2, requires_grad=True)
    found = gradviz.capture((a * 2).sum())
    found.backward()
    before = found.save(tmp_path / "before.svg").read_text()
    after = found.save(tmp_path / "after.svg", after=3).read_text()
    assert before != after
    assert "backward step 3 of 3" in after


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda found: found.save("graph.bogus"), "no suffix that names a format"),
        (lambda found: found.save("graph"), "no suffix that names a format"),
        (lambda found: found.save("/nowhere/graph.svg"), "no folder /nowhere"),
        (lambda found: found.save("graph.svg", after=1), "Call backward"),
        (lambda found: found.save("graph.svg", theme="blue"), "no theme 'blue'"),
        (lambda found: found.save("graph.svg", scale=0.0), "scale 0.0 does not work"),
        (lambda found: found.save("graph.png", dpi=-1), "-1 dpi do not work"),
        (lambda found: found.save("graph.png", dpi=_TEXT), "300 dpi do not work"),
        (lambda found: found.save("graph.svg", names=_TEXT), "no names '300'"),
        (lambda found: found.save("graph.svg", theme=_LIST), r"no theme \[\]"),
        (lambda _: gradviz.watch(None), "no tensor to watch in this NoneType"),
        (lambda _: gradviz.watch(nn.Linear(1, 1), every=_TEXT), "every='300' does not work"),
        (lambda found: found.check("nobody"), "no node nobody"),
        (lambda _: gradviz.capture(_Twice()), "is a module"),
        (lambda _: gradviz.capture(torch.ones(1), device="cpu"), "device is for a module"),
        (lambda _: gradviz.capture(torch.ones(1), depth=-1), "no depth -1"),
        (lambda _: gradviz.capture(torch.ones(1), graph_dir=_UNKNOWN), "no graph_dir 'UP'"),
        (lambda _: gradviz.capture(torch.ones(1)), "does not require a gradient"),
    ],
)
def test_that_bad_input_is_one_clear_error(
    found: gradviz.Capture, act: Callable[[gradviz.Capture], object], told: str
) -> None:
    with pytest.raises(gradviz.GradvizError, match=told) as raised:
        act(found)
    assert "\n" not in str(raised.value)


def test_that_a_notebook_is_told_of_an_error_in_place_of_a_traceback(
    found: gradviz.Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> bytes:
        raise ExportError("There is no <font>.")

    monkeypatch.setattr("gradviz.api.picture_files.shown", fails)
    assert found._repr_html_() == "<pre>There is no &lt;font&gt;.</pre>"


def test_that_a_picture_made_smaller_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    a = torch.ones(2, requires_grad=True)
    found = gradviz.capture((a * 2).sum())
    with pytest.warns(UserWarning, match="scale") as told:
        found.save(tmp_path / "large.png", scale=500.0)
    assert [each.filename for each in told] == [__file__]


def test_that_a_notebook_draws_a_pass_once(
    found: gradviz.Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, ...]] = []

    def draws(_figure: object, suffixes: Sequence[str], _direction: object) -> dict[str, bytes]:
        drawn.append(tuple(suffixes))
        return dict.fromkeys(suffixes, b"<svg/>")

    monkeypatch.setattr("gradviz.api.picture_files.shown", draws)
    formats, _ = DisplayFormatter().format(found)  # type: ignore[no-untyped-call]
    assert {"text/plain", "text/html", "image/svg+xml"} <= set(formats)
    assert drawn == [(".html", ".svg")]
    found.backward()
    found._repr_svg_()
    assert drawn == [(".html", ".svg")] * 2


def test_that_a_notebook_is_not_filled_with_a_picture_that_nobody_could_read() -> None:
    x = torch.ones(1, requires_grad=True)
    for _ in range(1600):
        x = x.exp()
    found = gradviz.capture(x)
    assert f"A picture of {counted(1601)} boxes is too large" in found._repr_html_()
    assert found._repr_svg_() is None


def test_that_the_public_names_are_loaded_when_they_are_used() -> None:
    assert set(gradviz.__all__) <= set(dir(gradviz))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gradviz.nothing  # noqa: B018
    code = "import sys, gradviz; print(sorted({'torch', 'PySide6', 'numpy'} & set(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_that_a_loss_is_recorded_without_the_modules_that_questions_and_given_gradients_need() -> (
    None
):
    code = (
        "import sys, torch, gradviz\n"
        "loss = torch.ones(3, requires_grad=True).exp().sum()\n"
        "gradviz.capture(loss).backward()\n"
        "from gradviz.api import shown_passes\n"
        "from gradviz.engine import presenter\n"
        "print(sorted({'sympy', 'yaml', 'gradviz.engine.inspection.rules'} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_that_a_recording_of_a_capture_or_a_watch_is_a_file(tmp_path: Path) -> None:
    model, x = nn.Linear(2, 1), torch.randn(3, 2)
    captured = gradviz.capture(model, inputs=x)
    path = captured.save(tmp_path / "linear.gviz")
    (found,) = shown_passes(read_recording(path))
    model(x).sum().backward()
    gradients = {
        found.recording.graph.node[leaf].op: each
        for leaf, each in found.recording.tensors.gradients.items()
    }
    assert gradients.keys() == {"weight", "bias"}
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None
        assert torch.equal(gradients[name], parameter.grad)
    with gradviz.watch(model) as watch:
        model(x).sum().backward()
    stored = read_recording(watch.recordings[0].save(tmp_path / "watched.gviz"))
    assert stored.recording.name == "Linear"
    assert stored.recording.passes[0].title == watch.recordings[0].title


def test_that_a_recording_is_without_what_does_not_fit_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = torch.ones(3, requires_grad=True)
    monkeypatch.setattr(
        "gradviz.api.recording_files.stored_passes",
        partial(stored_passes, megabytes=0),
    )
    with pytest.warns(UserWarning, match="without .* of the tensors"):
        gradviz.capture((w * w).sum()).save(tmp_path / "w.gviz")


def test_that_what_a_recording_cannot_have_is_refused(tmp_path: Path) -> None:
    w = torch.ones(3, requires_grad=True)
    captured = gradviz.capture((w * w).sum())
    with pytest.raises(SettingError, match="chosen for pictures"):
        captured.save(tmp_path / "w.gviz", theme="dark")
    with pytest.raises(ExportError, match="there is no folder"):
        captured.save(tmp_path / "none" / "w.gviz")
    assert not list(tmp_path.iterdir())
