"""What the window asks of the engine; each names the run (the built model) that it means."""

import msgspec

from gradviz.core.choices.comparison import Candidate
from gradviz.core.choices.settings import Model, Training
from gradviz.protocol.change_questions import ChangeQuestion
from gradviz.protocol.missing_questions import AskMissing
from gradviz.protocol.source_questions import AskSources
from gradviz.protocol.tensor_questions import LimitRecording, TensorLook, TensorStudy


class BuildModel(msgspec.Struct, frozen=True, tag=True):
    """Build `model`, run it forwards and record one backward; it becomes run `run`.

    The tensors of its recordings are kept as far as they take at most `recording_mb` megabytes.
    """

    run: int
    model: Model
    recording_mb: int = 512


class StartTraining(msgspec.Struct, frozen=True, tag=True):
    """Train until `training.steps` steps are done in all, or until paused."""

    run: int
    training: Training


class TrainOneStep(msgspec.Struct, frozen=True, tag=True):
    """Do a single training step, then stand still."""

    run: int
    training: Training


class PauseTraining(msgspec.Struct, frozen=True, tag=True):
    """Stand still after the step in hand."""

    run: int


class ResetTraining(msgspec.Struct, frozen=True, tag=True):
    """Return to the same initial weights and to step 0."""

    run: int


class ChangeTraining(msgspec.Struct, frozen=True, tag=True):
    """Go on, or stand still, with the same weights and another optimizer or other options."""

    run: int
    training: Training


class ChangeLearningRate(msgspec.Struct, frozen=True, tag=True):
    """Go on from the same weights with another learning rate."""

    run: int
    learning_rate: float


class ChangeData(msgspec.Struct, frozen=True, tag=True):
    """Go on from the same weights, fitted to the target, range, points or file of `model`.

    What else `model` says is left as it is: a model with another source has to be built.
    """

    run: int
    model: Model


class VisitStep(msgspec.Struct, frozen=True, tag=True):
    """Show the moment after `step` steps; a training that runs pauses first.

    The newest moment stays as it is. Training goes on from what is visited, and then forgets what
    came after it.
    """

    run: int
    step: int


class CompareRuns(msgspec.Struct, frozen=True, tag=True):
    """Build `candidates` and train them side by side; the training of the run that stands pauses.

    What is compared has nothing to do with the weights of that run.
    """

    run: int
    candidates: tuple[Candidate, ...]


class StopComparison(msgspec.Struct, frozen=True, tag=True):
    """Let all compared runs stand still together."""

    run: int


class AskRule(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell by which rule a node of the recorded pass makes gradients of gradients."""

    run: int
    recording: int
    node: str


class AskRules(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the rules of all nodes of the recorded pass at once."""

    run: int
    recording: int


class AskHealth(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Count zeros and non-finite numbers in a recording, or time a pass of the same model.

    `times` asks for the timed pass alone.
    """

    run: int
    recording: int
    times: bool = False


class CheckGradients(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Compare the gradients of some nodes, or of every leaf, with all that can tell of them.

    That takes a while; the training stands still, and another such question takes its place.
    """

    run: int
    recording: int
    nodes: tuple[str, ...] = ()


class StopChecks(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Compare no further."""

    run: int
    recording: int


#: What is asked about a recording: it changes nothing, and is answered at once.
Inspection = (
    AskHealth
    | AskMissing
    | AskRule
    | AskRules
    | AskSources
    | TensorLook
    | TensorStudy
    | CheckGradients
    | StopChecks
    | ChangeQuestion
)

Command = (
    BuildModel
    | StartTraining
    | TrainOneStep
    | PauseTraining
    | ResetTraining
    | ChangeTraining
    | ChangeLearningRate
    | ChangeData
    | VisitStep
    | CompareRuns
    | StopComparison
    | LimitRecording
    | Inspection
)
