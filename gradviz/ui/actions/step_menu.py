"""The Step menu: the walk through the forward pass and back."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import (
    can_step_back,
    can_step_forward,
    can_turn,
    has_steps,
    hides_step,
)
from gradviz.ui.actions.groups_actions import STEP as GROUPS

FIRST = Action(
    id="gradviz.step.first",
    title=marked("To the start"),
    tip=marked("Before the first step, where the inputs are put in"),
    icon="first",
    shortcuts=("Home",),
    enabled_when=can_step_back,
    run=lambda window: window.workbench.move_cursor(window.state.first_cursor),
)
BACK = Action(
    id="gradviz.step.back",
    title=marked("Step back"),
    tip=marked("The previous step, also from the backward pass into the forward pass"),
    icon="back",
    shortcuts=("Left",),
    enabled_when=can_step_back,
    run=lambda window: window.workbench.move_cursor(window.state.cursor - 1),
)
PLAY = Action(
    id="gradviz.step.play",
    title=marked("Play"),
    tip=marked("Walk forwards and back by itself, at the chosen speed"),
    icon="play",
    shortcuts=("P",),
    enabled_when=has_steps,
    run=lambda window: window.toggle_playing(),
)
FORWARD = Action(
    id="gradviz.step.forward",
    title=marked("Step forward"),
    tip=marked("The next step: forwards to the output, then backwards"),
    icon="forward",
    shortcuts=("Right",),
    enabled_when=can_step_forward,
    run=lambda window: window.workbench.predictions.step_on(),
)
LAST = Action(
    id="gradviz.step.last",
    title=marked("To the end"),
    tip=marked("After the last step of the backward pass"),
    icon="last",
    shortcuts=("End",),
    enabled_when=can_step_forward,
    run=lambda window: window.workbench.go_to_end(),
)
TURN = Action(
    id="gradviz.step.turn",
    title=marked("Go to the turn"),
    tip=marked("Where every value is there, before the first step of the backward pass"),
    shortcuts=("Shift+Home",),
    enabled_when=can_turn,
    run=lambda window: window.workbench.go_to_turn(),
)
BEGIN_AT_INPUTS = Action(
    id="gradviz.step.begin_at_inputs",
    title=marked("Begin at the inputs"),
    tip=marked("Walk the forward pass first; else a walk begins at the turn"),
    shortcuts=("Ctrl+Shift+Home",),
    checked_when=lambda state: state.begins_at_inputs,
    run=lambda window: window.choices.choose_beginning(at_inputs=not window.state.begins_at_inputs),
)
PREDICT = Action(
    id="gradviz.step.predict",
    title=marked("Predict first"),
    tip=marked("Hide the gradients of each step until you have predicted them, or ask for them"),
    shortcuts=("Ctrl+Shift+F",),
    checked_when=lambda state: state.predicting,
    run=lambda window: window.choices.choose_predicting(not window.state.predicting),
)
REVEAL = Action(
    id="gradviz.step.reveal",
    title=marked("Show hidden gradient"),
    tip=marked("Show the gradients of the current step, which are to be predicted first"),
    shortcuts=("Shift+Right",),
    enabled_when=hides_step,
    run=lambda window: window.workbench.predictions.reveal(),
)
WALK = (FIRST, BACK, PLAY, FORWARD, LAST)
ACTIONS = (*WALK, SEPARATOR, *GROUPS, SEPARATOR, TURN, BEGIN_AT_INPUTS, SEPARATOR, PREDICT, REVEAL)
