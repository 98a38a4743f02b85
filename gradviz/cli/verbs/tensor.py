"""`gradviz tensor`: the values and statistics of one tensor of a recorded pass."""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

import msgspec
import numpy as np

from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.arguments import Parsers, add_json, new_verb
from gradviz.cli.options.model_options import add_model
from gradviz.cli.options.point_options import add_point
from gradviz.cli.options.training_options import add_at_step
from gradviz.cli.recorded_pass import RecordedPass, node_named, recorded_pass
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import DONE, print_json, print_lines
from gradviz.core.choices.settings import RECORDING_MB
from gradviz.core.findings.tensor_view import Component, Statistics
from gradviz.core.graphs.places import Part, TensorPlace
from gradviz.core.language.saying import listed, marked, sentences, tr
from gradviz.core.number_text import counted
from gradviz.export.strict_json import Json
from gradviz.protocol.commands import LimitRecording
from gradviz.protocol.events import BackwardRecorded
from gradviz.protocol.questions import (
    MeasureTensor,
    ReadTensorChunk,
    ReadTensorPage,
    TensorChunk,
    TensorMeasured,
    TensorPage,
)

_USUAL_COUNT: Final = 10
_MOST_COUNT: Final = 1 << 18
#: The statistics as they are told; nan and std are called so everywhere.
_STATISTICS: Final = {
    "elements": marked("elements"),
    "zeros": marked("zeros"),
    "infinite": marked("infinite"),
    "minimum": marked("minimum"),
    "maximum": marked("maximum"),
    "mean": marked("mean"),
    "norm": marked("norm"),
}

_EXAMPLES: Final = (
    "gradviz tensor autograd Sub grad_input",
    "gradviz tensor autograd Sub grad_input --npy g.npy",
)


def add(verbs: Parsers) -> None:
    """Add the verb."""
    parser = new_verb(verbs, "tensor", tr("print or save one tensor of a recorded pass"), _EXAMPLES)
    add_model(parser)
    parser.add_argument(
        "node", metavar="NODE", help=tr("its id in gradviz graph, or the name of a leaf")
    )
    parser.add_argument("part", metavar="PART", choices=get_args(Part), help=_part_help())
    parser.add_argument(
        "--index", type=int, default=0, metavar="N", help=tr("which of the node's gradients (0)")
    )
    parser.add_argument(
        "--name", default="", metavar="NAME", help=tr("which saved tensor or buffer, such as self")
    )
    parser.add_argument(
        "--component",
        default="",
        metavar="NAME",
        help=tr("what of a sparse or nested tensor, such as indices (default: its values)"),
    )
    parser.add_argument(
        "--count",
        type=int,
        default=_USUAL_COUNT,
        metavar="N",
        help=tr("how many values are printed, in C order (default {usual})", usual=_USUAL_COUNT),
    )
    parser.add_argument("--npy", type=Path, metavar="FILE", help=tr("write the whole for NumPy"))
    parser.add_argument(
        "--memory",
        type=int,
        metavar="MB",
        help=tr(
            "memory for the tensors of a pass; larger ones are computed again ({usual})",
            usual=RECORDING_MB,
        ),
    )
    add_point(parser)
    add_at_step(parser)
    add_json(parser)
    parser.set_defaults(verb=_tensor)


def _part_help() -> str:
    return tr("one of {names}", names=listed(get_args(Part)))


def _tensor(options: argparse.Namespace) -> int:
    if not 0 <= options.count <= _MOST_COUNT:
        raise InputError(
            tr("{count} values cannot be printed.", count=options.count),
            tr("Use {least} to {most}.", least=0, most=counted(_MOST_COUNT)),
        )
    engine = Engine()
    recorded = recorded_pass(engine, options)
    if options.memory is not None:
        recorded = _limited(engine, options.memory, recorded)
    asked = _Asked(engine, options, recorded)
    page = asked.page()
    part = next(
        (each for each in page.head.components if options.component in ("", each.name)), None
    )
    if part is None:
        told = tr("There are no such values.")
        raise InputError(sentences([told, *page.head.notes]), _names(page))
    if options.npy is not None:
        _save(asked, part, options.npy)
    if options.json:
        print_json(_document(page, part, asked))
    else:
        print_lines(*_lines(page, part, asked))
    return DONE


def _limited(engine: Engine, megabytes: int, recorded: RecordedPass) -> RecordedPass:
    if megabytes < 0:
        raise InputError(tr("--memory cannot be negative."), tr("Use a number of megabytes."))
    return recorded._replace(event=engine.event(LimitRecording(RUN, megabytes), BackwardRecorded))


def _names(page: TensorPage) -> str:
    names = [each.name for each in page.head.components]
    return tr("It has: {names}.", names=listed(names)) if names else tr("Choose another tensor.")


class _Asked:
    """The questions about one tensor."""

    def __init__(self, engine: Engine, options: argparse.Namespace, recorded: RecordedPass) -> None:
        self._engine, self._options = engine, options
        self._recording = recorded.recording
        node = node_named(recorded.graph, options.node)
        self.place = TensorPlace(node, options.part, options.index, options.name)
        self.count: int = options.count

    def page(self) -> TensorPage:
        """Return the tensor's metadata, without values."""
        question = ReadTensorPage(place=self.place, rows=0, columns=0)
        return self._engine.answer(question, self._recording, TensorPage)

    def chunk(self, start: int, count: int) -> TensorChunk:
        """Return elements in C order."""
        question = ReadTensorChunk(
            place=self.place, component=self._options.component, start=start, count=count
        )
        return self._engine.answer(question, self._recording, TensorChunk)

    def statistics(self) -> Statistics | None:
        """Return the statistics of all elements."""
        question = MeasureTensor(place=self.place, component=self._options.component)
        return self._engine.answer(question, self._recording, TensorMeasured).statistics


def _save(asked: _Asked, part: Component, path: Path) -> None:
    from gradviz.export.atomic import replacing
    from gradviz.export.npy import npy_header

    with replacing(path, waiting=True) as stream:
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
        told = _told(statistics).items()
        yield "  ".join(f"{tr(_STATISTICS.get(name, name))} {value}" for name, value in told)
    if asked.count:
        values = asked.chunk(0, asked.count).values.numpy()
        rest = ", …" if part.size > len(values) else ""
        yield ", ".join(str(value) for value in values) + rest


def _told(statistics: Statistics) -> dict[str, float]:
    found: dict[str, float] = msgspec.structs.asdict(statistics)
    return {name: value for name, value in found.items() if value is not None}


def _document(page: TensorPage, part: Component, asked: _Asked) -> Json:
    statistics = asked.statistics()
    values = asked.chunk(0, asked.count).values.numpy()
    numbers: list[Json] = [
        [float(value.real), float(value.imag)] if np.iscomplexobj(values) else value.item()
        for value in values
    ]
    return {
        "node": asked.place.node,
        "part": asked.place.part,
        "component": part.name,
        "shape": list(part.shape),
        "dtype": part.dtype,
        "notes": list(page.head.notes),
        "statistics": None if statistics is None else dict(_told(statistics)),
        "values": numbers,
    }
