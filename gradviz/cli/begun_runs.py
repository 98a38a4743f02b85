"""The run that a verb begins with: a model as it is built, a session, or a recorded pass."""

import argparse
from typing import NamedTuple

import msgspec

from gradviz.cli.in_process_engine import Engine
from gradviz.cli.options.model_options import fitted_model_of, model_of
from gradviz.cli.options.session_options import (
    recording_path,
    refuse_training,
    session_in,
    session_model,
    session_training,
)
from gradviz.cli.options.training_options import USUAL_STEPS, chosen_training
from gradviz.cli.terminal import note, say
from gradviz.core.choices.settings import Model, Training
from gradviz.core.errors import DataError
from gradviz.core.findings.optimizer_step import OptimizerStep
from gradviz.core.language.saying import tr
from gradviz.core.typed_paths import typed_path
from gradviz.protocol.events import BackwardRecorded, ModelBuilt
from gradviz.protocol.training_state import TrainingState
from gradviz.session_files.contents import StoredSession, names_session
from gradviz.session_files.recordings import holds_recording


class BegunRun(NamedTuple):
    """A model that stands in the engine, and its pass of that moment.

    Attributes:
        training: How it is trained, where nobody wants it otherwise.
        steps: How many steps of it are done.
        last: The last of them.
        from_session: Whether the training is that of a session.
        from_file: Whether there is a recorded pass in a file alone, which cannot be run again.
    """

    built: ModelBuilt
    recorded: BackwardRecorded
    training: Training
    steps: int = 0
    last: OptimizerStep | None = None
    from_session: bool = False
    from_file: bool = False

    def trained(self, options: argparse.Namespace, steps: int) -> Training:
        """Return the training up to `steps` in all, as the options ask for it."""
        choose = session_training if self.from_session else chosen_training
        return choose(options, self.training, steps)


def begun_run(engine: Engine, options: argparse.Namespace, *, fitted: bool = False) -> BegunRun:
    """Build the model that the options ask for, with the training of a session.

    A model that is `fitted` can be trained.

    Raises:
        GradvizError: the options do not go together, or a file cannot be used.
    """
    source: str = options.model.strip()
    if not names_session(source):
        if fitted:
            built, recorded = engine.build(fitted_model_of(options))
        else:
            built, recorded = engine.first_pass(model_of(options))
        return BegunRun(built, recorded, built.training)
    if holds_recording(typed_path(source)):
        if fitted:
            refuse_training(options)
        built, recorded = engine.open_recording(recording_path(options))
        return BegunRun(built, recorded, built.training, from_file=True)
    return _of_session(engine, options, session_in(options), fitted=fitted)


class FreshRun(NamedTuple):
    """A model, and how it is trained from its first step on.

    Attributes:
        kept: The training of a session; None where the model chooses what suits it.
    """

    model: Model
    kept: Training | None = None

    def steps(self, options: argparse.Namespace) -> int:
        """Return how many steps the training has; nobody has looked whether that many can be."""
        if options.steps is not None:
            return int(options.steps)
        return USUAL_STEPS if self.kept is None else self.kept.steps

    def trained(self, options: argparse.Namespace, suited: Training) -> Training:
        """Return the training that the options ask for; of `suited`, all that they leave open."""
        if self.kept is None:
            return chosen_training(options, suited, self.steps(options))
        return session_training(options, self.kept, self.steps(options))


def fresh_run(options: argparse.Namespace, *, fitted: bool = False) -> FreshRun:
    """Return the model that the options ask for; that of a session as it was before its training.

    A model that is `fitted` can be trained.

    Raises:
        InputError: the options do not go together, or a file cannot be used.
    """
    source: str = options.model.strip()
    if not names_session(source):
        return FreshRun(fitted_model_of(options) if fitted else model_of(options))
    if holds_recording(typed_path(source)):
        refuse_training(options)
    session = session_in(options).session
    model = session_model(options, session)
    return FreshRun(
        msgspec.structs.replace(model, mode="fit") if fitted else model, session.training
    )


def _of_session(
    engine: Engine, options: argparse.Namespace, stored: StoredSession, *, fitted: bool
) -> BegunRun:
    session = stored.session
    model = session_model(options, session)
    if fitted:
        built, recorded = engine.build(msgspec.structs.replace(model, mode="fit"))
    else:
        built, recorded = engine.first_pass(model)
    begun = BegunRun(built, recorded, session.training, from_session=True)
    if not session.trained:
        return begun
    restored = engine.restore(TrainingState(bytes(session.state), stored.tensors))
    if restored.told.problem:
        # As in the window it begins anew, which the sentence says.
        say(f"gradviz: {DataError(restored.told.problem, restored.told.hint)}")
    for told in restored.told.notes:
        note("gradviz: " + tr("note: {told}", told=told))
    return begun._replace(recorded=restored.recorded, steps=restored.told.step, last=restored.last)
