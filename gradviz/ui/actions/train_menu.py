"""The Train menu: run, pause, one step, back to the first weights."""

from gradviz.core.language.saying import marked
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
    title=marked("Train"),
    tip=marked("Train the model, or pause"),
    icon="play",
    shortcuts=("Ctrl+Return", "Ctrl+Enter"),
    enabled_when=trainable,
    run=lambda window: window.workbench.train_or_pause(),
)
STEP = Action(
    id="gradviz.train.step",
    title=marked("Step"),
    tip=marked("Do one training step"),
    icon="step",
    shortcuts=("Ctrl+Right",),
    enabled_when=trainable_and_still,
    run=lambda window: window.workbench.train_one_step(),
)
RESET = Action(
    id="gradviz.train.reset",
    title=marked("Reset"),
    tip=marked("Return to the same initial weights"),
    icon="reset",
    shortcuts=("Ctrl+R",),
    enabled_when=has_trained,
    run=lambda window: window.workbench.reset_training(),
)
NEW_SEED = Action(
    id="gradviz.train.new_seed",
    title=marked("New seed"),
    tip=marked("Draw other initial weights"),
    icon="dice",
    enabled_when=trainable_and_still,
    run=lambda window: window.draw_new_seed(),
)
VISIT_FIRST = Action(
    id="gradviz.train.visit_first",
    title=marked("Show the start of the training"),
    tip=marked("The initial weights; what was trained is kept"),
    icon="first",
    shortcuts=("Alt+Home",),
    enabled_when=can_visit_back,
    run=lambda window: window.workbench.visit_step(0),
)
VISIT_BACK = Action(
    id="gradviz.train.visit_back",
    title=marked("Show the step before"),
    tip=marked("One step back in the training"),
    icon="back",
    shortcuts=("Alt+Left",),
    enabled_when=can_visit_back,
    run=lambda window: window.workbench.visit_step(window.state.progress.coming_step - 1),
)
VISIT_FORWARD = Action(
    id="gradviz.train.visit_forward",
    title=marked("Show the step after"),
    tip=marked("One step forward in what was trained; after the newest, the pass that failed"),
    icon="forward",
    shortcuts=("Alt+Right",),
    enabled_when=can_visit_forward,
    run=lambda window: window.workbench.visit_step(window.state.progress.coming_step + 1),
)
VISIT_NEWEST = Action(
    id="gradviz.train.visit_newest",
    title=marked("Show the newest step"),
    tip=marked("The newest step of the training"),
    icon="last",
    shortcuts=("Alt+End",),
    enabled_when=can_visit_newest,
    run=lambda window: window.workbench.visit_step(window.state.progress.newest_step),
)
OWN_SETTINGS = Action(
    id="gradviz.train.own_settings",
    title=marked("Use the settings of the model"),
    tip=marked(
        "Optimizer, learning rate, loss, scheduler and steps as the ready-made model has them"
    ),
    shortcuts=("Ctrl+Shift+D",),
    enabled_when=has_other_settings,
    run=lambda window: window.workbench.take_own_training(),
)
COMPARE = Action(
    id="gradviz.train.compare",
    title=marked("Compare runs"),
    tip=marked("Train the runs of the list side by side from their initial weights, or stop them"),
    shortcuts=("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
    enabled_when=can_compare,
    run=lambda window: window.workbench.comparison.run_or_stop(),
)
ADD_TO_COMPARISON = Action(
    id="gradviz.train.add_to_comparison",
    title=marked("Add this run to the comparison"),
    short=marked("Add"),
    tip=marked("Add the model, the seed and the training as they are now"),
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
