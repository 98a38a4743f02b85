"""The Train menu: run, pause, one step, back to the first weights."""

from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import has_trained, trainable, trainable_and_still

RUN = Action(
    id="gradviz.train.run",
    title="Train",
    tip="Train the model, or pause",
    icon="play",
    shortcuts=("Ctrl+Return", "Ctrl+Enter"),
    enabled_when=trainable,
    run=lambda desk: desk.workbench.train_or_pause(),
)
STEP = Action(
    id="gradviz.train.step",
    title="Step",
    tip="Do one training step",
    icon="step",
    shortcuts=("Ctrl+Right",),
    enabled_when=trainable_and_still,
    run=lambda desk: desk.workbench.train_one_step(),
)
RESET = Action(
    id="gradviz.train.reset",
    title="Reset",
    tip="Return to the same initial weights",
    icon="reset",
    shortcuts=("Ctrl+R",),
    enabled_when=has_trained,
    run=lambda desk: desk.workbench.reset_training(),
)
NEW_SEED = Action(
    id="gradviz.train.new_seed",
    title="New seed",
    tip="Draw other initial weights",
    icon="dice",
    enabled_when=trainable_and_still,
    run=lambda desk: desk.draw_new_seed(),
)
ACTIONS = (RUN, STEP, RESET, SEPARATOR, NEW_SEED)
