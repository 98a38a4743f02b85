"""`gradviz tensor`: the values and statistics of one tensor of a recorded pass."""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import msgspec
import numpy as np

from gradviz.cli.arguments import JSON_HELP, Parsers, add_model, add_optimizer, add_point, new_verb
from gradviz.cli.failures import InputError
from gradviz.cli.machine import RUN, accepted
from gradviz.cli.output import DONE, print_json, print_lines
from gradviz.cli.recorded import recorded_in
from gradviz.core.findings.tensor_view import Component, Statistics
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import Part, TensorPlace
from gradviz.protocol.events import BackwardRecorded, Event
from gradviz.protocol.tensor_questions import (
    AskTensorChunk,
    AskTensorPage,
    AskTensorStatistics,
    LimitRecording,
    TensorChunk,
    TensorMeasured,
    TensorPage,
)

if TYPE_CHECKING:
    from gradviz.engine.documents import Json
    from gradviz.engine.machine import Machine

_USUAL_COUNT: Final = 10
_MOST_COUNT: Final = 1 << 18


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "tensor", "print or save one tensor of a recorded pass")
    add_model(parser)
    parser.add_argument(
        "node", metavar="NODE", help="its id in gradviz graph, or the name of a leaf"
    )
    parser.add_argument("part", metavar="PART", choices=get_args(Part), help=_part_help())
    parser.add_argument(
        "--index", type=int, default=0, metavar="N", help="which of the node's gradients (0)"
    )
    parser.add_argument(
        "--name", default="", metavar="NAME", help="which saved tensor or buffer, such as self"
    )
    parser.add_argument(
        "--component",
        default="",
        metavar="NAME",
        help="what of a sparse or nested tensor, such as indices (default: its values)",
    )
    parser.add_argument(
        "--count",
        type=int,
        default=_USUAL_COUNT,
        metavar="N",
        help=f"how many values are printed, in C order (default {_USUAL_COUNT})",
    )
    parser.add_argument("--npy", type=Path, metavar="FILE", help="write the whole for NumPy")
    parser.add_argument(
        "--memory",
        type=int,
        metavar="MB",
        help="what the tensors of a pass may take; larger ones come of running it again (512)",
    )
    add_point(parser)
    parser.add_argument(
        "--at-step", type=int, default=0, metavar="N", help="train N steps first (default 0)"
    )
    add_optimizer(parser)
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    parser.set_defaults(verb=_tensor)


def _part_help() -> str:
    return "one of " + ", ".join(get_args(Part))


def _tensor(options: argparse.Namespace) -> int:
    from gradviz.engine.machine import Machine

    if not 0 <= options.count <= _MOST_COUNT:
        raise InputError(f"{options.count} values cannot be printed.", f"Use 0 to {_MOST_COUNT:,}.")
    machine = Machine()
    recorded = recorded_in(machine, options)
    if options.memory is not None:
        recorded = _limited(machine, options, recorded)
    asked = _Asked(machine, options, recorded)
    page = asked.page()
    part = next(
        (each for each in page.head.components if options.component in ("", each.name)), None
    )
    if part is None:
        raise InputError("There are no such values. " + " ".join(page.head.notes), _names(page))
    if options.npy is not None:
        _save(asked, part, options.npy)
    if options.json:
        print_json(_document(page, part, asked))
    else:
        print_lines(*_lines(page, part, asked))
    return DONE


def _limited(
    machine: "Machine", options: argparse.Namespace, recorded: BackwardRecorded
) -> BackwardRecorded:
    if options.memory < 0:
        raise InputError("--memory cannot be negative.", "Use a number of megabytes.")
    for event in accepted(machine.handle(LimitRecording(RUN, options.memory)), options.model):
        if isinstance(event, BackwardRecorded):
            recorded = event
    return recorded


def _names(page: TensorPage) -> str:
    names = ", ".join(each.name for each in page.head.components)
    return f"It has: {names}." if names else "Choose another tensor."


class _Asked:
    """The questions about one tensor."""

    def __init__(
        self, machine: "Machine", options: argparse.Namespace, recorded: BackwardRecorded
    ) -> None:
        self._machine, self._options = machine, options
        self._recording = recorded.recording
        node = _node(recorded.graph, options.node)
        self.place = TensorPlace(node, options.part, options.index, options.name)
        self.count: int = options.count

    def page(self) -> TensorPage:
        """Return what the tensor is."""
        question = AskTensorPage(
            run=RUN, recording=self._recording, place=self.place, rows=0, columns=0
        )
        return next(e for e in self._answers(question) if isinstance(e, TensorPage))

    def chunk(self, start: int, count: int) -> TensorChunk:
        """Return elements in C order."""
        question = AskTensorChunk(
            run=RUN,
            recording=self._recording,
            place=self.place,
            component=self._options.component,
            start=start,
            count=count,
        )
        return next(e for e in self._answers(question) if isinstance(e, TensorChunk))

    def statistics(self) -> Statistics | None:
        """Return the statistics of all elements."""
        question = AskTensorStatistics(
            run=RUN,
            recording=self._recording,
            place=self.place,
            component=self._options.component,
        )
        events = list(self._answers(question))
        while self._machine.training:
            events += accepted(self._machine.advance(), self._options.model)
        measured = [event for event in events if isinstance(event, TensorMeasured)]
        return measured[-1].statistics if measured else None

    def _answers(
        self, question: AskTensorPage | AskTensorChunk | AskTensorStatistics
    ) -> Iterator[Event]:
        return accepted(self._machine.handle(question), self._options.model)


def _node(graph: Graph, name: str) -> str:
    if name in graph.node:
        return name
    found = [node.id for node in graph.nodes if node.op == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"There are {len(found)} nodes {name}.", f"Use {' or '.join(found)}.")
    raise InputError(f"There is no node {name}.", "See gradviz graph.")


def _save(asked: _Asked, part: Component, path: Path) -> None:
    from gradviz.export.atomic import replacing
    from gradviz.export.npy import npy_header

    with replacing(path) as stream:
        start = 0
        while start < max(1, part.size):
            values = asked.chunk(start, _MOST_COUNT).values
            if not start:
                stream.write(npy_header(np.dtype(values.dtype), part.shape))
            stream.write(values.data)
            start += max(1, math.prod(values.shape))


def _lines(page: TensorPage, part: Component, asked: _Asked) -> Iterator[str]:
    yield f"{asked.place.node} {asked.place.part}: {part.name} {part.shape} {part.dtype}"
    yield from page.head.notes
    statistics = asked.statistics()
    if statistics is not None:
        yield "  ".join(f"{name} {value}" for name, value in _told(statistics).items())
    if asked.count:
        values = asked.chunk(0, asked.count).values.numpy()
        rest = ", …" if part.size > len(values) else ""
        yield ", ".join(str(value) for value in values) + rest


def _told(statistics: Statistics) -> dict[str, float]:
    found: dict[str, float] = msgspec.structs.asdict(statistics)
    return {name: value for name, value in found.items() if value is not None}


def _document(page: TensorPage, part: Component, asked: _Asked) -> "Json":
    from gradviz.engine.documents import number

    statistics = asked.statistics()
    values = asked.chunk(0, asked.count).values.numpy()
    numbers: list[Json] = [
        [number(float(value.real)), number(float(value.imag))]
        if np.iscomplexobj(values)
        else number(value.item())
        for value in values
    ]
    return {
        "node": asked.place.node,
        "part": asked.place.part,
        "component": part.name,
        "shape": list(part.shape),
        "dtype": part.dtype,
        "notes": list(page.head.notes),
        "statistics": None
        if statistics is None
        else {name: number(value) for name, value in _told(statistics).items()},
        "values": numbers,
    }
