"""The Train menu: run, pause, one step, back to the first weights."""

from gradviz.ui.actions import pace_actions
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import (
    can_add_to_comparison,
    can_compare,
    can_visit_back,
    can_visit_forward,
    can_visit_newest,
    has_other_settings,
    has_trained,
    trainable,
    trainable_and_still,
)

RUN = Action(
    id="gradviz.train.run",
    title="Train",
    tip="Train the model, or pause",
    icon="play",
    shortcuts=("Ctrl+Return", "Ctrl+Enter"),
    enabled_when=trainable,
    run=lambda window: window.workbench.train_or_pause(),
)
STEP = Action(
    id="gradviz.train.step",
    title="Step",
    tip="Do one training step",
    icon="step",
    shortcuts=("Ctrl+Right",),
    enabled_when=trainable_and_still,
    run=lambda window: window.workbench.train_one_step(),
)
RESET = Action(
    id="gradviz.train.reset",
    title="Reset",
    tip="Return to the same initial weights",
    icon="reset",
    shortcuts=("Ctrl+R",),
    enabled_when=has_trained,
    run=lambda window: window.workbench.reset_training(),
)
NEW_SEED = Action(
    id="gradviz.train.new_seed",
    title="New seed",
    tip="Draw other initial weights",
    icon="dice",
    enabled_when=trainable_and_still,
    run=lambda window: window.draw_new_seed(),
)
VISIT_FIRST = Action(
    id="gradviz.train.visit_first",
    title="Show the start of the training",
    tip="The initial weights; what was trained is kept",
    icon="first",
    shortcuts=("Alt+Home",),
    enabled_when=can_visit_back,
    run=lambda window: window.workbench.visit_step(0),
)
VISIT_BACK = Action(
    id="gradviz.train.visit_back",
    title="Show the step before",
    tip="One step back in the training",
    icon="back",
    shortcuts=("Alt+Left",),
    enabled_when=can_visit_back,
    run=lambda window: window.workbench.visit_step(window.state.progress.coming_step - 1),
)
VISIT_FORWARD = Action(
    id="gradviz.train.visit_forward",
    title="Show the step after",
    tip="One step forward in what was trained; after the newest, the pass that failed",
    icon="forward",
    shortcuts=("Alt+Right",),
    enabled_when=can_visit_forward,
    run=lambda window: window.workbench.visit_step(window.state.progress.coming_step + 1),
)
VISIT_NEWEST = Action(
    id="gradviz.train.visit_newest",
    title="Show the newest step",
    tip="The newest step of the training",
    icon="last",
    shortcuts=("Alt+End",),
    enabled_when=can_visit_newest,
    run=lambda window: window.workbench.visit_step(window.state.progress.newest_step),
)
OWN_SETTINGS = Action(
    id="gradviz.train.own_settings",
    title="Use the settings of the model",
    tip="Optimizer, learning rate, loss, scheduler and steps as the ready-made model has them",
    shortcuts=("Ctrl+Shift+D",),
    enabled_when=has_other_settings,
    run=lambda window: window.workbench.take_own_training(),
)
COMPARE = Action(
    id="gradviz.train.compare",
    title="Compare runs",
    tip="Train the runs of the list side by side from their initial weights, or stop them",
    shortcuts=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
    enabled_when=can_compare,
    run=lambda window: window.workbench.comparison.run_or_stop(),
)
ADD_TO_COMPARISON = Action(
    id="gradviz.train.add_to_comparison",
    title="Add this run to the comparison",
    short="Add",
    tip="Add the model, the seed and the training as they are now",
    shortcuts=("Ctrl+Shift+A",),
    enabled_when=can_add_to_comparison,
    run=lambda window: window.workbench.comparison.add_present(),
)
VISITS = (VISIT_FIRST, VISIT_BACK, VISIT_FORWARD, VISIT_NEWEST)
COMPARING = (ADD_TO_COMPARISON, COMPARE)
ACTIONS = (
    *(RUN, STEP, RESET, SEPARATOR, *VISITS, SEPARATOR),
    *(*pace_actions.ACTIONS, SEPARATOR),
    *(NEW_SEED, OWN_SETTINGS, SEPARATOR, *COMPARING),
)
