"""`gradviz graph`: the graph that PyTorch built, printed or written to a file."""

import argparse
from pathlib import Path
from typing import Final, get_args

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.order_options import add_order
from gradviz.cli.options.own_options import training_loss
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.showing_options import add_showing, showing_of
from gradviz.cli.options.training_options import add_loss
from gradviz.cli.output.graph_output import graph_lines
from gradviz.cli.output.outline_output import outline_lines
from gradviz.cli.recorded_pass import built_pass
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, print_json, print_lines, say
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.placement import layout_text
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.export import EXPORTERS, write_graph
from gradviz.export.json import graph_document
from gradviz.export.streams import leads_to_stream

#: What a pipe gets, whose name tells no format.
_USUAL_SUFFIX: Final = ".svg"


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "graph", "print the graph that PyTorch built, or write it to a file")
    add_model(parser)
    add_point(parser)
    add_order(parser, drawn=True)
    add_showing(parser)
    parser.add_argument(
        "-o",
        "--file",
        dest="output",
        type=Path,
        metavar="FILE",
        help=f"write to FILE{_suffixes()}; a file of that name is replaced, a pipe is written to",
    )
    parser.add_argument(
        "--format",
        choices=[suffix.removeprefix(".") for suffix in EXPORTERS],
        help="with -o: the format, where the name of FILE does not tell it (a pipe: svg)",
    )
    parser.add_argument(
        "--scale",
        type=float,
        default=2.0,
        metavar="N",
        help="with -o: N pixels of a PNG image for each pixel of the picture (default 2), fewer "
        "where the image would be too large",
    )
    parser.add_argument(
        "--names",
        choices=get_args(NodeNames),
        help="with -o: name nodes by the operations of the forward pass, such as Add, or as "
        "PyTorch's backward does, AddBackward0 (default forward, in a .dot file backward)",
    )
    parser.add_argument(
        "--after",
        type=int,
        default=0,
        metavar="N",
        help="with -o: show the gradients after N steps of the backward pass (default 0)",
    )
    add_loss(parser)
    add_json(parser)
    parser.set_defaults(verb=_graph)


def _suffixes() -> str:
    """Return the suffixes of all formats as a list in words."""
    *first, last = EXPORTERS
    return f"{', '.join(first)} or {last}"


def _graph(options: argparse.Namespace) -> int:
    if training_loss(options):
        raise InputError(
            "--loss is for a model in a file of yours here.",
            "Leave it out, or see gradviz step --at-step N --loss NAME.",
        )
    if options.output is not None:
        return _write_graph(options)
    recorded = built_pass(Engine(), options)
    graph = recorded.graph
    showing = showing_of(graph, options)
    if options.json:
        outline = outline_of(graph, showing)
        document = graph_document(graph, output=recorded.output, outline=outline)
        print_json({**document, **recorded.loss, **recorded.typed.json})
    elif graph.groups:
        print_lines(recorded.headline, *outline_lines(graph, outline_of(graph, showing)))
    else:
        print_lines(recorded.headline, *graph_lines(graph))
    return DONE


def _write_graph(options: argparse.Namespace) -> int:
    suffix = _chosen_suffix(options)
    recorded = built_pass(Engine(), options)
    last = len(recorded.trace.steps)
    if not 0 <= options.after <= last:
        raise InputError(f"There is no step {options.after}.", f"Use a number from 0 to {last}.")
    written = write_graph(
        recorded.graph,
        options.output,
        suffix=suffix,
        waiting=True,
        showing=showing_of(recorded.graph, options),
        direction=options.drawn_direction,
        trace=recorded.trace,
        cursor=options.after,
        scale=options.scale,
        names=options.names,
    )
    say(f"gradviz: wrote {options.output}")
    if written.placement is not None and written.placement.reason:
        say(f"gradviz: the graph is {layout_text(written.placement)}")
    if written.remark:
        say(f"gradviz: {written.remark}")
    return DONE


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
        f"{options.output} does not end in the name of a format.",
        f"Use one of {', '.join(EXPORTERS)}, or --format.",
    )
