"""`gradviz bench`: how long this machine takes for a model, from its code to its picture."""

import argparse
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

import msgspec

from gradviz.cli.begun_runs import fresh_run
from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.own_options import training_loss
from gradviz.cli.options.training_options import add_loss
from gradviz.cli.progress import ProgressBar
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, print_json, print_lines
from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.shown.first_picture import first_picture
from gradviz.core.language.saying import marked, tr, tr_n
from gradviz.export.strict_json import Json
from gradviz.protocol.commands import StartTraining
from gradviz.render.groups.rough_measure import rough_size

_Result = TypeVar("_Result")

_EXAMPLES: Final = (
    "gradviz bench",
    "gradviz bench classifier --rounds 3",
    "gradviz bench net.py:Net --trust --json",
)
_USUAL_MODEL: Final = "a + b x + c x^2 + d x^3"
_STEPS: Final = 100
_MOST_ROUNDS: Final = 1000
_TOLD: Final = {
    "load": marked("load PyTorch"),
    "build": marked("build the model"),
    "record": marked("run it forwards and backwards, and record that"),
    "step": marked("train one step"),
    "layout": marked("lay its graph out"),
    "draw": marked("draw the graph as SVG"),
}


def add(verbs: Parsers) -> None:
    """Add the verb."""
    purpose = tr("measure how long this machine takes for a model, from its code to its picture")
    parser = new_verb(verbs, "bench", purpose, _EXAMPLES)
    add_model(parser, usual=_USUAL_MODEL)
    add_loss(parser)
    parser.add_argument(
        "--rounds", type=int, default=5, metavar="N", help=tr("medians of N rounds (default 5)")
    )
    add_json(parser)
    parser.set_defaults(verb=_bench)


def _bench(options: argparse.Namespace) -> int:
    rounds: int = options.rounds
    if not 0 < rounds <= _MOST_ROUNDS:
        raise InputError(
            tr("There are no {count} rounds.", count=rounds),
            tr("Use {least} to {most}.", least=1, most=_MOST_ROUNDS),
        )
    engine, load_s = _timed(Engine)
    run = fresh_run(options, fitted=True)
    # A model that cannot be built is refused as by every other verb.
    built, first = engine.build(run.model)
    kept = run.kept or built.training
    training = msgspec.structs.replace(kept, loss=training_loss(options) or kept.loss)
    seconds: dict[str, list[float]] = {"load": [load_s]}
    with ProgressBar(tr("measuring"), rounds) as progress:
        for done in range(rounds):
            for name, taken in _round(run.model).items():
                seconds.setdefault(name, []).append(taken)
            seconds.setdefault("step", []).append(_step_s(engine, training, done + 1))
            progress.show(done + 1)
    medians = {name: statistics.median(seconds[name]) for name in _TOLD}
    if options.json:
        print_json(_document(options.model, len(first.graph.nodes), rounds, medians))
    else:
        head = tr(
            "{model}: {nodes}, {medians}",
            model=options.model,
            nodes=tr_n("{count} nodes", "{count} node", len(first.graph.nodes)),
            medians=tr_n("medians of {count} rounds", "medians of {count} round", rounds),
        )
        print_lines(head)
        print_lines(*(f"{medians[name] * 1e3:10.2f} ms  {tr(_TOLD[name])}" for name in _TOLD))
    return DONE


def _timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    """Return the result of a piece of work, and the seconds that it took."""
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


def _round(model: Model) -> dict[str, float]:
    """Return the seconds of each part of the way from the code to the picture."""
    from gradviz.engine.runs.run import Run
    from gradviz.export.exporters import EXPORTERS
    from gradviz.export.figure import GraphFigure
    from gradviz.export.page import laid_out

    run, build_s = _timed(lambda: Run(model))
    (_, graph, trace), record_s = _timed(run.record)
    showing = first_picture(graph, rough_size)
    figure = GraphFigure(graph=graph, showing=showing, trace=trace)
    placement, layout_s = _timed(lambda: laid_out(figure.shown, figure.outline))
    placed = msgspec.structs.replace(figure, placement=placement)
    _, draw_s = _timed(lambda: EXPORTERS[".svg"].render(placed))
    return {"build": build_s, "record": record_s, "layout": layout_s, "draw": draw_s}


def _step_s(engine: Engine, suited: Training, rounds: int) -> float:
    """Return the seconds of one of a hundred more steps of training."""
    training = msgspec.structs.replace(suited, steps=_STEPS * rounds)
    _, seconds = _timed(lambda: list(engine.follow(StartTraining(RUN, training))))
    return seconds / _STEPS


def _document(model: str, nodes: int, rounds: int, medians: Mapping[str, float]) -> Json:
    import torch

    return {
        "model": model,
        "nodes": nodes,
        "rounds": rounds,
        "seconds": dict(medians),
        "torch": torch.__version__,
        "threads": torch.get_num_threads(),
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
