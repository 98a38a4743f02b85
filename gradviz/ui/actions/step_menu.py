"""The Step menu: the walk through the forward pass and back."""

from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import (
    can_check_leaves,
    can_check_node,
    can_step_back,
    can_step_forward,
    can_turn,
    checking,
    has_graph,
    has_steps,
)

FIRST = Action(
    id="gradviz.step.first",
    title="To the start",
    tip="Before the first step, where the inputs are put in",
    icon="first",
    shortcuts=("Home",),
    enabled_when=can_step_back,
    run=lambda window: window.workbench.move_cursor(window.state.first_cursor),
)
BACK = Action(
    id="gradviz.step.back",
    title="Step back",
    tip="The previous step, also from the backward pass into the forward pass",
    icon="back",
    shortcuts=("Left",),
    enabled_when=can_step_back,
    run=lambda window: window.workbench.move_cursor(window.state.cursor - 1),
)
PLAY = Action(
    id="gradviz.step.play",
    title="Play",
    tip="Walk forwards and back by itself, at the chosen speed",
    icon="play",
    shortcuts=("P",),
    enabled_when=has_steps,
    run=lambda window: window.toggle_playing(),
)
FORWARD = Action(
    id="gradviz.step.forward",
    title="Step forward",
    tip="The next step: forwards to the output, then backwards",
    icon="forward",
    shortcuts=("Right",),
    enabled_when=can_step_forward,
    run=lambda window: window.workbench.move_cursor(window.state.cursor + 1),
)
LAST = Action(
    id="gradviz.step.last",
    title="To the end",
    tip="After the last step of the backward pass",
    icon="last",
    shortcuts=("End",),
    enabled_when=can_step_forward,
    run=lambda window: window.workbench.go_to_end(),
)
TURN = Action(
    id="gradviz.step.turn",
    title="Go to the turn",
    tip="Where every value is there, before the first step of the backward pass",
    shortcuts=("Shift+Home",),
    enabled_when=can_turn,
    run=lambda window: window.workbench.go_to_turn(),
)
BEGIN_AT_INPUTS = Action(
    id="gradviz.step.begin_at_inputs",
    title="Begin at the inputs",
    tip="Walk the forward pass first; else a walk begins at the turn",
    shortcuts=("Ctrl+Shift+Home",),
    checked_when=lambda state: state.begins_at_inputs,
    run=lambda window: window.choose_beginning(at_inputs=not window.state.begins_at_inputs),
)
EXPLAIN = Action(
    id="gradviz.step.explain",
    title="Explain",
    tip="Say the current step in plain words, with the rule that it follows",
    shortcuts=("Ctrl+E",),
    enabled_when=has_steps,
    run=lambda window: window.workbench.inspection.explanation_wanted.emit(),
)
SOURCE = Action(
    id="gradviz.step.source",
    title="Source",
    tip="Show the line of Python that made the node, and what each line made",
    shortcuts=("Ctrl+U",),
    enabled_when=has_graph,
    run=lambda window: window.workbench.sources.wanted.emit(),
)
MISSING = Action(
    id="gradviz.step.missing",
    title="Why is this gradient None?",
    tip="Tell for each parameter and input without a gradient where it was lost",
    shortcuts=("Ctrl+Shift+N",),
    enabled_when=has_graph,
    run=lambda window: window.workbench.missing.wanted.emit(),
)
CHECK_NODE = Action(
    id="gradviz.step.check_node",
    title="Check this node",
    tip="Compare the gradients of the inspected node with finite differences and more",
    shortcuts=("Ctrl+J",),
    enabled_when=can_check_node,
    run=lambda window: window.workbench.checks.check_node(),
)
CHECK_LEAVES = Action(
    id="gradviz.step.check_leaves",
    title="Check all leaves",
    tip="Compare the gradient of every leaf with finite differences and more",
    shortcuts=("Ctrl+Shift+J",),
    enabled_when=can_check_leaves,
    run=lambda window: window.workbench.checks.check_leaves(),
)
STOP_CHECKS = Action(
    id="gradviz.step.stop_checks",
    title="Cancel the checks",
    tip="Check no further; what was found stays",
    shortcuts=("Alt+J",),
    enabled_when=checking,
    run=lambda window: window.workbench.checks.stop(),
)
CHECKS = (CHECK_NODE, CHECK_LEAVES, STOP_CHECKS)
WALK = (FIRST, BACK, PLAY, FORWARD, LAST)
ACTIONS = (*WALK, TURN, BEGIN_AT_INPUTS, SEPARATOR, EXPLAIN, SOURCE, MISSING, *CHECKS)
