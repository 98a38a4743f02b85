"""The commands of the window to the engine; each names the run (the built model) that it means."""

import msgspec

from gradviz.core.choices.comparison import Candidate
from gradviz.core.choices.settings import RECORDING_MB, Model, Training
from gradviz.protocol.questions import Question
from gradviz.protocol.training_state import MAXIMUM_STATE_BYTES, StatePart


class BuildModel(msgspec.Struct, frozen=True, tag=True):
    """Build `model`, run it forwards and record one backward; it becomes run `run`.

    The tensors of its recordings are kept as far as they take at most `recording_mb` megabytes.
    """

    run: int
    model: Model
    recording_mb: int = RECORDING_MB


class StartTraining(msgspec.Struct, frozen=True, tag=True):
    """Train until `training.steps` steps are done in all, or until paused.

    It does at most `steps_per_second`; 0 is as fast as can be.
    """

    run: int
    training: Training
    steps_per_second: float = 0.0


class ChangePace(msgspec.Struct, frozen=True, tag=True):
    """Let the training that runs do at most so many steps a second; 0 is as fast as can be.

    The steps themselves are the same at every pace, bit for bit.
    """

    run: int
    steps_per_second: float


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

    The other settings of `model` are ignored: a model with another source has to be built.
    """

    run: int
    model: Model


class VisitStep(msgspec.Struct, frozen=True, tag=True):
    """Show the moment after `step` steps; a training that runs pauses first.

    The newest moment stays as it is. Training goes on from the visited one, and then forgets the
    steps after it. After a training that diverged, the step after the newest is the failed one;
    training does not go on from there, but from the newest.
    """

    run: int
    step: int


class RecallStep(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Report the moment after `step` steps as a `StepRecalled`; nothing that is shown changes.

    A training that runs goes on. With `recorded` its backward pass is recorded too.

    Attributes:
        number: The asker's own number, which the event repeats.
    """

    run: int
    number: int
    step: int
    recorded: bool = False


class CompareRuns(msgspec.Struct, frozen=True, tag=True):
    """Build `candidates` and train them side by side; the training of the present run pauses.

    The compared runs do not use the weights of the present one.
    """

    run: int
    candidates: tuple[Candidate, ...]


class StopRunComparison(msgspec.Struct, frozen=True, tag=True):
    """Let all compared runs stand still together."""

    run: int


class LimitRecording(msgspec.Struct, frozen=True, tag=True):
    """Keep the tensors of a recording up to `recording_mb` from here on, and record again."""

    run: int
    recording_mb: int


class KeepRecording(msgspec.Struct, frozen=True, tag=True):
    """Keep the newest recording in place of the one kept before; it may be of an earlier model."""

    run: int


class ForgetKept(msgspec.Struct, frozen=True, tag=True):
    """Keep no recording any more."""

    run: int


class Ask(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Answer a question about a recording.

    Every Ask is ended by one event: the `Answered` that is the last, or an `Unanswered`.

    Attributes:
        number: The asker's own number of the question, which the answers repeat.
    """

    run: int
    recording: int
    number: int
    question: Question


class Withdraw(msgspec.Struct, frozen=True, tag=True):
    """Work no further on the question with this number."""

    run: int
    number: int


class SaveState(msgspec.Struct, frozen=True, tag=True):
    """Tell the state of the training, from which it goes on bit for bit.

    Attributes:
        number: The asker's own number, which the answer repeats.
        most_bytes: What weights and memory may take at a moment; of more there is no state.
        kept: Tell in its place the recording that is kept for comparison, as a file of it.
    """

    run: int
    number: int
    most_bytes: int = MAXIMUM_STATE_BYTES
    kept: bool = False


class RestoreState(msgspec.Struct, frozen=True, tag=True):
    """Let the training go on from an earlier state of the same model, which comes in parts.

    The last part is followed by a `StateRestored`; with `kept` it is a recording that is to be
    kept for comparison, and a `RecordingKept` follows.
    """

    run: int
    part: StatePart
    kept: bool = False


class Speak(msgspec.Struct, frozen=True, tag=True):
    """Say everything in this language from now on, such as `zh_CN`, whatever the run."""

    language: str
    run: int = 0


Command = (
    BuildModel
    | StartTraining
    | TrainOneStep
    | PauseTraining
    | ResetTraining
    | ChangePace
    | ChangeTraining
    | ChangeLearningRate
    | ChangeData
    | VisitStep
    | RecallStep
    | CompareRuns
    | StopRunComparison
    | LimitRecording
    | KeepRecording
    | ForgetKept
    | SaveState
    | RestoreState
    | Ask
    | Withdraw
    | Speak
)


def own_models_of(command: Command) -> tuple[Model, ...]:
    """Return the user's own models whose code runs for a command."""
    match command:
        case BuildModel():
            models: tuple[Model, ...] = (command.model,)
        case CompareRuns():
            models = tuple(candidate.model for candidate in command.candidates)
        case _:
            models = ()
    return tuple(model for model in models if model.trusted)
