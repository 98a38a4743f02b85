"""What the engine reports: each event is a fact, with the run that it is about."""

from typing import Literal

import msgspec

from gradviz.core.choices.catalogue import Catalogue, Mode
from gradviz.core.choices.comparison import Standing
from gradviz.core.choices.images import ImageSet
from gradviz.core.choices.settings import Model, OwnParts, Training
from gradviz.core.findings.checks import NodeCheck
from gradviz.core.findings.health import Counts, Times
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.findings.rule import Rule
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.graphs.tensors import Array
from gradviz.core.graphs.trace import Trace
from gradviz.protocol.change_questions import ChangeAnswer
from gradviz.protocol.missing_questions import MissingGradients
from gradviz.protocol.source_questions import SourcesFound
from gradviz.protocol.tensor_questions import TensorAnswer


class EngineStarted(msgspec.Struct, frozen=True, tag=True):
    """The engine is ready; this is all that it offers."""

    catalogue: Catalogue


class ModelBuilt(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Run `run` stands: what was chosen, its graph, and the data to plot.

    Attributes:
        mode: The mode that was chosen or, where none was, follows from the source.
        training: The training that suits the model, to start from.
        parameters: The initial value of each scalar parameter, in the order they were drawn.
        output: The value of y in mode "point", of the loss in mode "fit".
        x, prediction: Shape (points,); in mode "point" the curve of y around the point; None
            where the model is no curve over x.
        target: Shape (points,); None in mode "point", and where there is no curve.
        equation: The model with its numbers, as the result line writes it.
        own: What was found in a file of the user's, if it is one.
        shapes: Graphs of further shapes that training will build, as far as that is known.
        images: What a classifier learns from; None for any other model.
    """

    run: int
    model: Model
    mode: Mode
    modes: tuple[Mode, ...]
    graph: Graph
    training: Training
    parameters: dict[str, float]
    output: float
    equation: str
    x: Array | None = None
    prediction: Array | None = None
    target: Array | None = None
    shapes: tuple[Graph, ...] = ()
    own: OwnParts | None = None
    images: ImageSet | None = None


class DataChanged(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The run is fitted to other data from here on, with the weights that it has.

    Attributes:
        model: What was chosen for the run, with what is new.
        x, target, prediction: Shape (points,).
        first_prediction: Shape (points,): what the initial weights give for the new x.
    """

    run: int
    model: Model
    x: Array
    target: Array
    prediction: Array
    first_prediction: Array


class LearningRateChanged(msgspec.Struct, frozen=True, tag=True):
    """The learning rate of the next step, where a scheduler gives it."""

    run: int
    learning_rate: float


class BackwardRecorded(msgspec.Struct, frozen=True, tag=True):
    """One whole backward pass; `graph` has the forward values and saved tensors of its moment.

    `recording` numbers the passes of a run: the engine keeps the tensors of the newest, but for
    those at the places `let_go`, which were too large; it finds these by running the pass again.
    """

    run: int
    graph: Graph
    trace: Trace
    recording: int = 0
    let_go: tuple[TensorPlace, ...] = ()


class FrameTrained(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """What training has done since the last frame.

    Attributes:
        step: How many steps are done in all.
        losses: Shape (n,): the loss before each of the last n steps, oldest first.
        prediction: Shape (points,): the model's output after the last step; None where it is no
            curve.
        parameters: The values after the last step.
        steps_per_second: Measured over the time spent training in this run of steps.
        learning_rate: That of the next step.
    """

    run: int
    step: int
    losses: Array
    parameters: dict[str, float]
    equation: str
    steps_per_second: float
    learning_rate: float = 0.0
    prediction: Array | None = None


StopReason = Literal["finished", "paused", "diverged"]


class TrainingStopped(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Training stands still after `step` steps, and why; a message where it went wrong."""

    run: int
    step: int
    reason: StopReason
    message: str = ""


class TrainingReset(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The run is back at its initial weights and at step 0."""

    run: int
    parameters: dict[str, float]
    equation: str
    prediction: Array | None = None


class StepVisited(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The moment after `step` steps stands, computed again exactly as it was.

    Attributes:
        newest: How many steps are done in all; at that step nothing of the past is shown.
        loss: The loss that the next step begins with.
        prediction: Shape (points,): the model's output then.
        parameters: The values then.
    """

    run: int
    step: int
    newest: int
    loss: float
    parameters: dict[str, float]
    equation: str
    prediction: Array | None = None


class StepExplained(msgspec.Struct, frozen=True, tag=True):
    """What the last of `step` steps did; None where no step is done yet."""

    run: int
    step: int
    explained: OptimizerStep | None


class ImagesClassified(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """What a classifier makes of the test after `step` steps.

    Attributes:
        correct, tested: How many images it gets right, of how many.
        probabilities: Shape (samples, classes): of each image of the ImageSet.
    """

    run: int
    step: int
    correct: int
    tested: int
    probabilities: Array


class ComparisonFrame(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """What the compared runs have done since the last frame, in the order of the command.

    Attributes:
        step: The most steps that one of them has done; those that still run have all done so many.
        losses: For each run an array of shape (n,): the loss before each of its last n steps.
        standings: How each run stands.
    """

    run: int
    step: int
    losses: tuple[Array, ...]
    standings: tuple[Standing, ...]


class ComparisonStopped(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """No compared run goes on, and why; "replaced" where something else is done instead."""

    run: int
    reason: Literal["finished", "stopped", "replaced"]


class RuleFound(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The rule of one node of a recording."""

    run: int
    recording: int
    node: str
    rule: Rule


class RulesFound(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """The rules of all nodes of a recording, by the nodes' ids."""

    run: int
    recording: int
    rules: dict[str, Rule]


class HealthMeasured(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """What was counted in a recording, or how long a timed pass took, as it was asked for.

    `line` is what made the first node that is not finite, `net.py:12: y = x.log()`; empty where
    all are finite, or it is not known.
    """

    run: int
    recording: int
    counts: tuple[Counts, ...] = ()
    times: Times | None = None
    line: str = ""


class GradientsChecked(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """How far the checks of a recording are, with the nodes that are new.

    Attributes:
        done, total: How many nodes are done, of how many.
        passes: How many pieces, mostly forward passes, it took so far.
    """

    run: int
    recording: int
    checks: tuple[NodeCheck, ...]
    done: int
    total: int
    passes: int = 0


class ChecksStopped(msgspec.Struct, frozen=True, tag=True):
    """Nothing more is checked, and why; a message where the pass could not be run again.

    "training" means that the weights change.
    """

    run: int
    recording: int
    reason: Literal["finished", "stopped", "training", "failed"]
    message: str = ""


#: What a failure is about, which says where the user is to be told.
FailureSubject = Literal[
    "expression",
    "model",
    "trust",
    "data",
    "device",
    "training",
    "comparison",
    "recording",
    "engine",
]


class CommandFailed(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """A command did nothing; with details where a traceback or a marked text tells more.

    "trust" means that the user's own file is not run yet; `field` names what of it is
    wrong, or with "data" what of the data.
    `subject` says where the user is to be told; position and length mark a place in the
    expression when the subject is "expression".
    """

    run: int
    subject: FailureSubject
    message: str
    hint: str = ""
    details: str = ""
    position: int = 0
    length: int = 0
    field: str = ""


Event = (
    EngineStarted
    | ModelBuilt
    | DataChanged
    | LearningRateChanged
    | BackwardRecorded
    | FrameTrained
    | TrainingStopped
    | TrainingReset
    | StepVisited
    | StepExplained
    | ImagesClassified
    | ComparisonFrame
    | ComparisonStopped
    | HealthMeasured
    | MissingGradients
    | RuleFound
    | RulesFound
    | SourcesFound
    | TensorAnswer
    | GradientsChecked
    | ChecksStopped
    | ChangeAnswer
    | CommandFailed
)
