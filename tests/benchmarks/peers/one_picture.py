"""Draw one model with one program, in this process alone; prints the figures as JSON.

The time is that from the built module, with its inputs, to the file: running the model, finding
its graph, laying it out and writing an SVG image.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

_TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parents[1]), str(_TESTS), str(_TESTS.parent)]

import torch
from library_rows import LIBRARY_MODELS
from own_models import choice_of
from peers.graphviz_svg import placement_of
from real_models import REAL_MODELS, RealModel

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.core.graphs.shown.readable import readable_share
from gradviz.core.graphs.shown.showing import Showing
from gradviz.engine.own.prepared import PreparedModel, prepare
from gradviz.engine.runs.run import Run
from gradviz.export.exporters import write_graph
from gradviz.own.source import own_source
from gradviz.render.groups.rough_measure import rough_size


class Task(NamedTuple):
    """A model, and the file that its picture is to be written to."""

    settings: Model
    target: Path

    def prepared(self) -> PreparedModel:
        """Return the module with its inputs, built as gradviz builds it."""
        source = own_source(self.settings.source)
        assert source is not None
        torch.manual_seed(self.settings.seed)
        return prepare(self.settings, source, torch.device("cpu"))


class Timed(NamedTuple):
    """How long a picture took, in seconds, and where its boxes lie."""

    seconds: float
    placement: Placement
    readable: float


def _gradviz(task: Task, *, whole: bool) -> Timed:
    run = Run(task.settings)
    started = time.perf_counter()
    _, graph, trace = run.record()
    everything = Showing(folding=False, parameters=True)
    showing = opened_all(graph, everything) if whole else first_picture(graph, rough_size)
    written = write_graph(graph, task.target, showing=showing, trace=trace)
    seconds = time.perf_counter() - started
    assert written.placement is not None
    return Timed(seconds, written.placement, readable_share(written.placement, graph.output))


def _gradviz_first(task: Task) -> Timed:
    return _gradviz(task, whole=False)


def _gradviz_whole(task: Task) -> Timed:
    return _gradviz(task, whole=True)


def _torchviz(task: Task) -> Timed:
    from torchviz import make_dot

    made = task.prepared()
    started = time.perf_counter()
    output = made.scalar.of(made.forward.output(0))
    dot = make_dot(output, params=dict(made.built.module.named_parameters()))
    dot.render(str(task.target.with_suffix("")), format="svg")
    return _timed(started, task)


def _torchview(task: Task) -> Timed:
    from torchview import draw_graph

    made = task.prepared()
    started = time.perf_counter()
    drawn = draw_graph(
        made.built.module,
        input_data=list(made.forward.inputs.positional),
        mode="train",
        expand_nested=True,
    )
    drawn.visual_graph.render(str(task.target.with_suffix("")), format="svg")
    return _timed(started, task)


def _torchlens(task: Task) -> Timed:
    import torchlens

    made = task.prepared()
    started = time.perf_counter()
    trace = torchlens.trace(made.built.module, list(made.forward.inputs.positional))
    trace.draw(
        vis_outpath=str(task.target.with_suffix("")), vis_fileformat="svg", vis_save_only=True
    )
    return _timed(started, task)


def _timed(started: float, task: Task) -> Timed:
    seconds = time.perf_counter() - started
    placement = placement_of(task.target)
    by_height = sorted(placement.centers, key=lambda key: placement.centers[key][1])
    # Some draw the output at the top: the end counts of which more can be read.
    share = max(readable_share(placement, by_height[end]) for end in (0, -1))
    return Timed(seconds, placement, share)


DRAWN: Final[dict[str, Callable[[Task], Timed]]] = {
    "gradviz, first picture": _gradviz_first,
    "gradviz, everything": _gradviz_whole,
    "torchviz": _torchviz,
    "torchview": _torchview,
    "torchlens": _torchlens,
}


def _named(name: str) -> RealModel:
    return next(each for each in (*LIBRARY_MODELS, *REAL_MODELS) if each.name == name)


def main(arguments: Iterable[str]) -> None:
    """Draw the model of this name with the program of that name into a file."""
    program, name, target = arguments
    model = _named(name)
    found = DRAWN[program](Task(choice_of(model), Path(target)))
    told: dict[str, Any] = {
        "seconds": found.seconds,
        "boxes": len(found.placement.centers),
        "readable": found.readable,
        "size": f"{found.placement.width:.0f} × {found.placement.height:.0f}",
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
