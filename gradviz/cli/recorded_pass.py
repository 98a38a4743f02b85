"""The recorded pass that a verb is about: before any training, or after some of it."""

import argparse
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from gradviz.cli.begun_runs import begun_run
from gradviz.cli.in_process_engine import RUN, Engine
from gradviz.cli.options.own_options import training_loss
from gradviz.cli.options.session_options import wants_training
from gradviz.cli.refusals import InputError
from gradviz.cli.terminal import say
from gradviz.core.choices.orders import place_text
from gradviz.core.choices.settings import Training
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr, tr_n
from gradviz.core.number_text import short
from gradviz.export.origin import Origin, origin_of
from gradviz.export.strict_json import Json
from gradviz.expression.euler import reading_of_e
from gradviz.protocol.commands import StartTraining, VisitStep
from gradviz.protocol.events import (
    BackwardRecorded,
    Event,
    ModelBuilt,
    OptimizerStepExplained,
    TrainingStopped,
)

_MOST_STEPS: Final = 10_000_000


class TypedFacts(NamedTuple):
    """Facts about a typed expression: how its e is taken, and the notes on its domain."""

    reading_of_e: str = ""
    notes: tuple[str, ...] = ()

    @property
    def json(self) -> dict[str, Json]:
        """Return its fields of the document; none for a model that is not typed."""
        fields: dict[str, Json] = {"e": self.reading_of_e} if self.reading_of_e else {}
        return fields | ({"notes": list(self.notes)} if self.notes else {})


def _typed(built: ModelBuilt) -> TypedFacts:
    source = built.model.source
    is_typed = not built.model.trusted and built.images is None
    return TypedFacts(reading_of_e(source) if is_typed else "", built.notes)


class RecordedPass(NamedTuple):
    """The newest pass of an engine, which can be asked about it.

    Attributes:
        headline: Its output in one line.
        output: The value of its output.
        last: The last step of the training before it; None before any training.
        diverged: Whether it is the pass in which a training diverged.
        loss: The loss and the target that are chosen beside a file of the user's, as they are
            typed, by these words; empty for every other model.
        typed: Facts about a typed expression.
        origin: The model, for the metadata of files.
        from_file: Whether it is a recording in a file, which cannot be run again.
    """

    event: BackwardRecorded
    headline: str
    output: float
    last: OptimizerStep | None = None
    diverged: bool = False
    loss: Mapping[str, str] = {}
    typed: TypedFacts = TypedFacts()
    origin: Origin = Origin()
    from_file: bool = False

    @property
    def graph(self) -> Graph:
        """Return the graph."""
        return self.event.graph

    @property
    def trace(self) -> Trace:
        """Return the steps of the pass."""
        return self.event.trace

    @property
    def recording(self) -> int:
        """Return the number by which questions name the pass."""
        return self.event.recording


def recorded_pass(engine: Engine, options: argparse.Namespace) -> RecordedPass:
    """Return the pass that the options ask for, of `add_at_step` and `add_optimizer` too.

    A training that diverges is told, and leaves the pass in which it did.

    Raises:
        GradvizError: the options do not go together.
    """
    if options.at_step:
        return _trained_pass(engine, options)
    chosen = (options.lr, options.optimizer, options.option, options.scheduler)
    composed = (options.schedulers, options.milestones)
    if any((*chosen, *composed, training_loss(options))):
        raise InputError(tr("How it is trained matters after a step."), tr("Add --at-step N."))
    return built_pass(engine, options)


def built_pass(engine: Engine, options: argparse.Namespace) -> RecordedPass:
    """Return the pass of the model as it is built, with the training that a session has."""
    begun = begun_run(engine, options)
    built, recorded = begun.built, begun.recorded
    if begun.steps:
        return _standing(recorded, begun.last, built)
    if begun.from_file:
        name = built.model.source
        headline = tr(
            "{name} = {value}, a recording in a file", name=name, value=short(built.output)
        )
        return RecordedPass(
            recorded, headline, built.output, origin=Origin(model=name), from_file=True
        )
    result = built.graph.result
    name = result or (tr("loss") if built.mode == "fit" else "y")
    place = f" {place_text(built.inputs)}" if result else ""
    output = recorded.graph.node[recorded.graph.output].value
    shapes_alone = output is not None and output.device == "meta"
    number = tr("without a value, on the meta device") if shapes_alone else short(built.output)
    return _of_model(built, RecordedPass(recorded, f"{name} = {number}{place}", built.output))


def node_named(graph: Graph, name: str) -> str:
    """Return the id of the node with this id, or with this name where there is one such node.

    Raises:
        InputError: there is none, or there are several.
    """
    if name in graph.node:
        return name
    found = [node.id for node in graph.nodes if node.op == name]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(
            tr("There are {count} nodes {name}.", count=len(found), name=name),
            tr("Use {names}.", names=tr(" or ").join(found)),
        )
    raise InputError(tr("There is no node {name}.", name=name), tr("See gradviz graph."))


def _own_loss(built: ModelBuilt) -> Mapping[str, str]:
    model = built.model
    return {"loss": model.own_loss, "target": model.own_target} if model.own_loss else {}


def _trained_pass(engine: Engine, options: argparse.Namespace) -> RecordedPass:
    if options.at is not None:
        raise InputError(
            tr("What is taken at a point is not trained."), tr("Leave out {option}.", option="--at")
        )
    if not 0 < options.at_step <= _MOST_STEPS:
        raise InputError(
            tr("There is no step {step}.", step=options.at_step), tr("Use a number from 0 on.")
        )
    begun = begun_run(engine, options, fitted=True)
    if options.at_step > begun.steps:
        events = _followed(engine, begun.trained(options, options.at_step))
    else:
        if wants_training(options):
            raise InputError(
                tr(
                    "{model} is trained up to step {step} already.",
                    model=options.model.strip(),
                    step=begun.steps,
                ),
                tr("Leave out how it is trained, or choose a later step."),
            )
        events = engine.follow(VisitStep(RUN, options.at_step))
    return _after(events, begun.built)


def _followed(engine: Engine, training: Training) -> Iterator[Event]:
    """Yield the events of a training, and those of a visit to the pass that failed."""
    failed: int | None = None
    for event in engine.follow(StartTraining(RUN, training)):
        if isinstance(event, TrainingStopped) and event.failed_step != event.step:
            failed = event.failed_step
        yield event
    if failed is not None:
        yield from engine.follow(VisitStep(RUN, failed))


def _after(events: Iterable[Event], built: ModelBuilt) -> RecordedPass:
    """Return the pass at which a training stands still; where it diverged, the one that failed."""
    newest: BackwardRecorded | None = None
    last: OptimizerStep | None = None
    diverged = False
    for event in events:
        match event:
            case BackwardRecorded():
                newest = event
            case OptimizerStepExplained():
                last = event.explained
            case TrainingStopped() if event.reason == "diverged":
                say(f"gradviz: {event.message}")
                diverged = True
            case _:
                pass  # Other events are for a window that follows the training.
    if newest is None:
        raise AssertionError("a training records where it stops")
    return _standing(newest, last, built)._replace(diverged=diverged)


def _standing(
    recorded: BackwardRecorded, last: OptimizerStep | None, built: ModelBuilt
) -> RecordedPass:
    """Return a pass in the middle of a training, or at its end."""
    value = recorded.graph.node[recorded.graph.output].value
    loss = math.nan if value is None or value.scalar is None else value.scalar
    headline = tr_n(
        "loss = {loss} after {count} steps",
        "loss = {loss} after {count} step",
        recorded.trace.at_step,
        loss=short(loss),
    )
    return _of_model(built, RecordedPass(recorded, headline, loss, last))


def _of_model(built: ModelBuilt, recorded: RecordedPass) -> RecordedPass:
    """Return a pass with the facts about its model."""
    return recorded._replace(
        loss=_own_loss(built), typed=_typed(built), origin=origin_of(built.model)
    )
