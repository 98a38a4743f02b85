"""`gradviz graph`: the graph that PyTorch built, printed or written to a file."""

import argparse
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, get_args

import msgspec

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.onnx_options import onnx_graph_of, onnx_name
from gradviz.cli.options.order_options import add_order
from gradviz.cli.options.own_options import training_loss
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.publication_options import add_publication, publication_of
from gradviz.cli.options.showing_options import add_showing, showing_of
from gradviz.cli.options.training_options import add_fresh_training, add_loss
from gradviz.cli.output.graph_output import graph_lines
from gradviz.cli.output.outline_output import outline_lines
from gradviz.cli.progress import ProgressBar
from gradviz.cli.recorded_pass import built_pass, node_named
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, note, print_json, print_lines
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import in_modules
from gradviz.core.graphs.outline import Showing, outline_of
from gradviz.core.graphs.placement import layout_text
from gradviz.core.graphs.shown.first_picture import BoxMeasure
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.shown.opening import opened_all, opened_at_least
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import listed, sentences, tr
from gradviz.export.exporters import EXPORTERS, Written, write_graph
from gradviz.export.figure import DOTS_PER_INCH
from gradviz.export.formats.json import graph_document
from gradviz.export.origin import Origin
from gradviz.export.publication import PRINT_DPI
from gradviz.export.streams import leads_to_stream
from gradviz.export.strict_json import Json
from gradviz.own.source import names_onnx
from gradviz.protocol.questions import CompiledShown, ShowCompiled
from gradviz.render.groups.rough_measure import rough_size

#: What a pipe gets, whose name tells no format.
_USUAL_SUFFIX: Final = ".svg"
_USUAL_SCALE: Final = 2.0


_EXAMPLES: Final = (
    'gradviz graph "a + b x" -o graph.svg',
    'gradviz graph "a + b x" -o graph.png --scale 4',
    "gradviz graph net.py:Net --trust --expand layers -o net.svg",
    'gradviz graph "a + b x" --json',
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(
        verbs, "graph", tr("print the graph that PyTorch built, or write it to a file"), _EXAMPLES
    )
    told = tr(
        "write to FILE{suffixes}; a file of that name is replaced, a pipe is written to",
        suffixes=suffixes(),
    )
    add_file(parser, told, dest="output")
    add_drawing(parser)
    add_json(parser)
    parser.set_defaults(verb=_graph)


def add_file(parser: argparse.ArgumentParser, told: str, **chosen: Any) -> None:
    """Add the file to write to, with what is told of it, and the rest of what argparse takes."""
    parser.add_argument("-o", "--file", type=Path, metavar="FILE", help=told, **chosen)


def add_drawing(parser: argparse.ArgumentParser, *, trained: bool = False) -> None:
    """Add the model, the part of its graph that is shown, and how that is written to a file.

    With `trained` it can be trained before, else only its loss is chosen.
    """
    add_model(parser)
    add_point(parser)
    add_order(parser, drawn=True)
    add_showing(parser)
    parser.add_argument(
        "--compiled",
        metavar="NODE",
        help=tr(
            "show the forward and the backward graph that torch.compile made of the compiled "
            "function of this node, such as CompiledFunction"
        ),
    )
    parser.add_argument(
        "--format",
        choices=[suffix.removeprefix(".") for suffix in EXPORTERS],
        help=tr("with -o: the format, where the name of FILE does not tell it (a pipe: svg)"),
    )
    _add_sharpness(parser)
    add_publication(parser)
    parser.add_argument(
        "--transparent",
        action="store_true",
        help=tr("with -o: leave out the ground of a drawing, so that a page shows through"),
    )
    parser.add_argument(
        "--names",
        choices=get_args(NodeNames),
        help=tr(
            "with -o: name nodes by the operations of the forward pass, such as Add, or as "
            "PyTorch's backward does, AddBackward0 (default forward, in a .dot file backward)"
        ),
    )
    parser.add_argument(
        "--after",
        type=int,
        default=0,
        metavar="N",
        help=tr("with -o: show the gradients after N steps of the backward pass (default 0)"),
    )
    if trained:
        add_fresh_training(parser)
    else:
        add_loss(parser)


def _add_sharpness(parser: argparse.ArgumentParser) -> None:
    """Add how many pixels an image has."""
    sharpness = parser.add_mutually_exclusive_group()
    sharpness.add_argument(
        "--scale",
        type=float,
        metavar="N",
        help=tr(
            "with -o: N pixels of a PNG image for each pixel of the picture (default 2), fewer "
            "where the image would be too large"
        ),
    )
    sharpness.add_argument(
        "--dpi",
        type=float,
        metavar="N",
        help=tr(
            "with -o: N pixels of a PNG image for each inch, as print wants it, such as 300; "
            "--scale 1 is {dpi}",
            dpi=DOTS_PER_INCH,
        ),
    )


def suffixes() -> str:
    """Return the suffixes of all formats as a list in words."""
    *first, last = EXPORTERS
    return tr("{first} or {last}", first=listed(first), last=last)


class _Shown(NamedTuple):
    """The graph that is shown, and all that is told with it.

    Attributes:
        headline: The output of the pass in a line; empty of a graph without a pass.
        origin: The model, for the metadata of files.
        output: The value of the output, where there is a pass.
        trace: The steps of the pass.
        facts: Further fields of the document.
    """

    graph: Graph
    origin: Origin
    headline: str = ""
    output: float | None = None
    trace: Trace | None = None
    facts: Mapping[str, Json] = {}


def _graph(options: argparse.Namespace) -> int:
    refuse_loss(options)
    if options.compiled is not None and options.after:
        raise InputError(
            tr("A compiled graph has no steps."), tr("Leave out {option}.", option="--after")
        )
    if options.output is not None:
        return write_graphs(options, [options.output])
    publication_of(options)
    shown = _shown(options)
    graph, headline = shown.graph, [shown.headline] if shown.headline else []
    outline = outline_of(graph, _showing_of(graph, options))
    if options.json:
        document = graph_document(graph, output=shown.output, outline=outline)
        print_json({**document, **shown.facts})
    elif graph.groups:
        print_lines(*headline, *outline_lines(graph, outline))
    else:
        print_lines(*headline, *graph_lines(graph))
    return DONE


def _shown(options: argparse.Namespace) -> _Shown:
    """Return the graph of the model, or that of the compiled function chosen in it.

    Raises:
        GradvizError: the options do not go together, or there is no such graph.
    """
    if names_onnx(options.model):
        return _Shown(onnx_graph_of(options), Origin(model=onnx_name(options), torch=None))
    engine = Engine()
    recorded = built_pass(engine, options)
    if options.compiled is None:
        facts = {**recorded.loss, **recorded.typed.json}
        headline, output = recorded.headline, recorded.output
        return _Shown(recorded.graph, recorded.origin, headline, output, recorded.trace, facts)
    node = node_named(recorded.graph, options.compiled)
    shown = engine.answer(ShowCompiled(node), recorded.recording, CompiledShown)
    if shown.graph is None:
        told = tr("{node} has no compiled graph.", node=options.compiled)
        raise InputError(sentences([told, shown.note]), "")
    return _Shown(shown.graph, recorded.origin)


def _showing_of(
    graph: Graph, options: argparse.Namespace, measure: BoxMeasure = rough_size
) -> Showing:
    """Return the part that is shown; a small compiled graph is shown as a whole."""
    showing = showing_of(graph, options, measure)
    if options.compiled is None:
        return showing
    if in_modules(graph.groups):
        return showing if options.depth is not None else opened_at_least(graph, showing)
    if options.depth is None and not options.expand and not showing.root:
        showing = opened_all(graph, showing)
    return msgspec.structs.replace(showing, parameters=True)


def refuse_loss(options: argparse.Namespace) -> None:
    """Raise InputError where there is a loss that matters only after a step of training."""
    if training_loss(options):
        raise InputError(
            tr("--loss is for a model in a file of yours here."),
            tr("Leave it out, or see gradviz step --at-step N --loss NAME."),
        )


def write_graphs(options: argparse.Namespace, targets: Sequence[Path]) -> int:
    """Build the model once, and write its graph to each of the files.

    Raises:
        GradvizError: the format or the step does not exist, or writing failed.
    """
    each = [argparse.Namespace(**{**vars(options), "output": target}) for target in targets]
    suffixes = [_chosen_suffix(chosen) for chosen in each]
    for chosen, suffix in zip(each, suffixes, strict=True):
        # A wish that does not work is refused before anything is built.
        publication_of(chosen, suffix)
    shown = _shown(options)
    for chosen, suffix in zip(each, suffixes, strict=True):
        _write_graph(shown, chosen, suffix)
    return DONE


def _write_graph(shown: _Shown, options: argparse.Namespace, suffix: str) -> None:
    last = 0 if shown.trace is None else len(shown.trace.steps)
    if not 0 <= options.after <= last:
        raise InputError(
            tr("There is no step {step}.", step=options.after),
            tr("Use a number from {least} to {most}.", least=0, most=last),
        )
    with ProgressBar(tr("drawing the graph")):
        written = _written(shown, options, suffix)
    note("gradviz: " + tr("wrote {path}", path=options.output))
    if written.placement is not None and written.placement.reason:
        told = tr("the graph is {layout}", layout=layout_text(written.placement))
        note(f"gradviz: {told}")
    if written.remark:
        note(f"gradviz: {written.remark}")


def _written(shown: _Shown, options: argparse.Namespace, suffix: str) -> Written:
    return write_graph(
        shown.graph,
        options.output,
        suffix=suffix,
        waiting=True,
        showing=_showing_of(shown.graph, options, _measure(suffix)),
        direction=options.drawn_direction,
        trace=shown.trace,
        cursor=options.after,
        scale=_scale(options),
        # Only autograd's own nodes have a name of the backward pass.
        names=options.names or (None if shown.trace is not None else "forward"),
        transparent=options.transparent,
        publication=publication_of(options, suffix),
        origin=shown.origin,
    )


def _measure(suffix: str) -> BoxMeasure:
    """Return the measure of boxes: that of the window for a drawing, which needs Qt anyway."""
    if not EXPORTERS[suffix].needs_layout:
        return rough_size
    from gradviz.export.page import require_application
    from gradviz.render.measure import measured

    require_application()
    return measured


def _scale(options: argparse.Namespace) -> float:
    """Return the pixels for each of the picture; raises InputError for a number of no use."""
    if options.scale is not None:
        return float(options.scale)
    if options.dpi is None:
        return _USUAL_SCALE if options.style is None else PRINT_DPI / DOTS_PER_INCH
    if not 0 < options.dpi < math.inf:
        raise InputError(
            tr("{dpi:g} dpi do not work.", dpi=options.dpi),
            tr("Use a number above 0, such as {usual}.", usual=300),
        )
    return float(options.dpi) / DOTS_PER_INCH


def _chosen_suffix(options: argparse.Namespace) -> str:
    """Return the suffix of the format; raises InputError where nothing tells which one."""
    if options.format is not None:
        return f".{options.format}"
    suffix: str = options.output.suffix.lower()
    if suffix in EXPORTERS:
        return suffix
    if leads_to_stream(options.output):
        return _USUAL_SUFFIX
    raise InputError(
        tr("{path} does not end in the name of a format.", path=options.output),
        tr("Use one of {suffixes}, or --format.", suffixes=listed(EXPORTERS)),
    )
