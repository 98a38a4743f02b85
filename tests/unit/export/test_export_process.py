"""An export in a process of its own: the same files, progress, and every way that it can end."""

import os
import queue
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import MappingProxyType

import msgspec
import pytest
from export_cases import outlined_figure, tutorial_figure
from graphs_in_groups import grouped
from PySide6.QtGui import QGuiApplication
from sample_graphs import tutorial_graph, tutorial_trace, wide_graph, wide_trace

from gradviz.core.graphs.outline import Showing
from gradviz.core.graphs.union_layout import Marks
from gradviz.export import __main__, exporters
from gradviz.export.export_messages import (
    Exported,
    ExportFailed,
    ExportMessage,
    ExportProgressed,
    ExportRequest,
    WholeRequest,
    messages_of,
)
from gradviz.export.exporters import EXPORTERS
from gradviz.export.figure import GraphFigure
from gradviz.export.running_export import ExportCancelled, ExportOutcome, RunningExport
from gradviz.layout.rows import place_in_rows
from gradviz.protocol.codec import Codec
from gradviz.render.measure import boxes, links
from gradviz.render.shades import Legend, Shades

pytestmark = pytest.mark.usefixtures("qapp")

ROOT = Path(__file__).parents[3]


class Run:
    """An export with what it told."""

    def __init__(
        self,
        figure: GraphFigure,
        suffix: str,
        path: Path | None,
        on_progress: Callable[["Run"], None] = lambda _: None,
    ) -> None:
        self.progress: list[ExportProgressed] = []
        self._acts = on_progress
        self._ended: queue.SimpleQueue[ExportOutcome] = queue.SimpleQueue()
        self._ready: queue.SimpleQueue[None] = queue.SimpleQueue()
        request = ExportRequest(
            suffix=suffix,
            font=QGuiApplication.font().toString(),
            figure=figure,
            path=str(path) if path else None,
        )
        self.export = RunningExport(request, self._on_progress, self._ended.put)
        self._ready.put(None)

    def _on_progress(self, progress: ExportProgressed) -> None:
        if not self.progress:
            self._ready.get()
        self.progress.append(progress)
        self._acts(self)

    def outcome(self) -> ExportOutcome:
        return self._ended.get()

    def kill(self) -> None:
        assert self.export.pid is not None
        os.kill(self.export.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def wide() -> GraphFigure:
    graph = wide_graph(4000)
    placement = place_in_rows(tuple(boxes(graph)), tuple(links(graph)))
    return GraphFigure(graph=graph, trace=wide_trace(graph), cursor=500, placement=placement)


def decorated() -> GraphFigure:
    """Return a figure with all that a figure can have."""
    figure = tutorial_figure(scale=1.5)
    return msgspec.structs.replace(
        figure,
        marks=Marks(came=frozenset({"pow"}), changed=frozenset({"sub"}), at_step=3),
        shades=Shades(
            MappingProxyType({"sum": "#440154", "sub": "#FDE725"}),
            MappingProxyType({"sub": "dead"}),
            Legend("Gradient norm", "0.1", "9", ("dead",)),
        ),
    )


def drawn_in(pdf: bytes) -> bytes:
    """Return a PDF up to its fonts, without the second at which it was made, and without its id.

    Qt writes the fonts in another order in each process.
    """
    made = rb"D:[0-9+'Z-]+|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:+Z-]+|[0-9a-f]{8}-[0-9a-f-]{27}"
    packet = rb"<\?xpacket begin.*?<\?xpacket end|/ID \[.*?\]"
    drawn, _, _ = pdf.partition(b"/Type /FontDescriptor")
    return re.sub(made, b"", re.sub(packet, b"", drawn, flags=re.DOTALL))


def in_groups() -> GraphFigure:
    """Return a figure of a graph with open and closed groups."""
    graph = grouped(tutorial_graph(), poly=["add3"], poly__b=["mulb", "b"], loss=["pow", "sub"])
    return outlined_figure(graph, Showing(frozenset({"poly"})), tutorial_trace(), 4)


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_that_groups_are_shown_as_this_process_would_show_them(suffix: str, tmp_path: Path) -> None:
    figure, path = in_groups(), tmp_path / f"graph{suffix}"
    assert Run(figure, suffix, path).outcome() == Exported()
    written, expected = path.read_bytes(), EXPORTERS[suffix].render(figure)
    if suffix == ".pdf":
        written, expected = drawn_in(written), drawn_in(expected)
    assert written == expected


def test_that_a_picture_made_smaller_is_told(tmp_path: Path) -> None:
    figure = msgspec.structs.replace(tutorial_figure(), scale=1000.0)
    outcome = Run(figure, ".png", tmp_path / "graph.png").outcome()
    assert isinstance(outcome, Exported)
    assert "not 1000" in outcome.remark


@pytest.mark.parametrize("suffix", EXPORTERS)
def test_that_the_file_is_the_one_that_this_process_would_have_made(
    suffix: str, tmp_path: Path
) -> None:
    figure, path = decorated(), tmp_path / f"graph{suffix}"
    run = Run(figure, suffix, path)
    assert run.outcome() == Exported()
    expected = EXPORTERS[suffix].render(figure)
    written = path.read_bytes()
    if suffix == ".pdf":
        assert len(written) == len(expected)
        written, expected = drawn_in(written), drawn_in(expected)
    assert written == expected
    assert list(tmp_path.iterdir()) == [path]


def test_that_without_a_path_the_bytes_come() -> None:
    figure = tutorial_figure()
    assert Run(figure, ".dot", None).outcome() == Exported(EXPORTERS[".dot"].render(figure))


def test_that_the_parts_of_a_request_make_it_whole(wide: GraphFigure) -> None:
    codec, whole = Codec[ExportMessage](ExportMessage), WholeRequest()
    for figure in (wide, decorated(), in_groups(), msgspec.structs.replace(wide, trace=None)):
        request = ExportRequest(suffix=".svg", figure=figure, path="graph.svg")
        sent = list(messages_of(request))
        decoded = [codec._decoder.decode(codec._encoder.encode(message)) for message in sent]
        *before, last = [whole.take(message) for message in decoded]
        assert set(before) <= {None}
        assert last == request
    assert max(len(codec._encoder.encode(each)) for each in messages_of(request)) < 1_000_000


def test_that_the_drawing_is_told_part_by_part(wide: GraphFigure, tmp_path: Path) -> None:
    run = Run(wide, ".svg", tmp_path / "graph.svg")
    assert run.outcome() == Exported()
    drawing = [each for each in run.progress if each.phase == "drawing"]
    assert len(drawing) > 2
    done = [each.done for each in drawing]
    assert done == sorted(set(done))
    (total,) = {each.total for each in drawing}
    assert done[-1] <= total
    assert done[-1] <= drawing[0].total
    assert [each.phase for each in run.progress][-1] == "writing"


def test_that_a_cancelled_export_leaves_the_old_bytes_and_nothing_else(
    wide: GraphFigure, tmp_path: Path
) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    for phase in ("drawing", "writing"):

        def cancel(run: Run, phase: str = phase) -> None:
            if run.progress[-1].phase == phase:
                run.export.cancel()

        run = Run(wide, ".svg", path, cancel)
        outcome = run.outcome()
        # Once it writes, the file may be whole before the process is ended.
        cancelled = isinstance(outcome, ExportCancelled)
        assert cancelled or phase == "writing"
        assert cancelled == (path.read_bytes() == b"old")
        assert list(tmp_path.iterdir()) == [path]


def test_that_an_export_can_be_cancelled_at_once(wide: GraphFigure, tmp_path: Path) -> None:
    run = Run(wide, ".svg", tmp_path / "graph.svg")
    run.export.cancel()
    assert run.outcome() == ExportCancelled()
    assert not list(tmp_path.iterdir())


def test_that_a_process_that_is_killed_is_told_in_a_sentence_and_loses_nothing(
    wide: GraphFigure, tmp_path: Path
) -> None:
    path = tmp_path / "graph.svg"
    path.write_bytes(b"old")
    run = Run(wide, ".svg", path, Run.kill)
    outcome = run.outcome()
    assert isinstance(outcome, ExportFailed)
    assert "graph.svg was ended before it was done (signal 9)" in outcome.message
    assert outcome.hint
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_process_that_fails_leaves_its_traceback(tmp_path: Path) -> None:
    outcome = Run(tutorial_figure(), ".unknown", tmp_path / "graph.unknown").outcome()
    assert isinstance(outcome, ExportFailed)
    assert "exit code 1" in outcome.message
    assert "KeyError: '.unknown'" in outcome.details


def test_that_what_can_be_put_right_is_told_with_its_hint(tmp_path: Path) -> None:
    outcome = Run(tutorial_figure(), ".dot", tmp_path / "nowhere" / "graph.dot").outcome()
    assert isinstance(outcome, ExportFailed)
    assert "nowhere does not exist" in outcome.message
    assert outcome.hint == "Create it, or choose another folder."


def refusals() -> Iterator[tuple[str | None, Callable[[GraphFigure], bytes], str]]:
    def no_memory(_: GraphFigure) -> bytes:
        raise MemoryError

    yield "graph.made", no_memory, "not enough memory"
    yield "/dev/stdout", lambda _: b"", "a stream of the program itself"


@pytest.mark.parametrize(("path", "render", "words"), refusals())
def test_that_the_process_refuses_in_a_sentence(
    path: str, render: object, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = exporters.Exporter(".made", "Made up", False, "made")
    monkeypatch.setattr(__main__, "EXPORTERS", {".made": made})
    monkeypatch.setattr(exporters.Exporter, "render", lambda _, figure: render(figure))  # type: ignore[operator]
    request = ExportRequest(suffix=".made", figure=tutorial_figure(), path=path)
    answer = __main__._answer(request, lambda _: None)
    assert isinstance(answer, ExportFailed)
    assert words in answer.message
    assert answer.hint


def test_that_the_process_knows_neither_torch_nor_widgets() -> None:
    code = (
        "import sys, gradviz.export.__main__\n"
        "from gradviz.export.formats import pdf, svg\n"
        "loaded = {'torch', 'PySide6.QtWidgets', 'pyqtgraph'} & set(sys.modules)\n"
        "sys.exit(str(loaded) if loaded else 0)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
