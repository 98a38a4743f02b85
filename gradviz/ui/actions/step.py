"""The Step menu: the walk through the backward pass."""

from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import can_step_back, can_step_forward, has_steps

FIRST = Action(
    id="gradviz.step.first",
    title="To the start",
    tip="Before the first step of the backward pass",
    icon="first",
    shortcuts=("Home",),
    enabled_when=can_step_back,
    run=lambda desk: desk.workbench.move_cursor(0),
)
BACK = Action(
    id="gradviz.step.back",
    title="Step back",
    tip="The previous step of the backward pass",
    icon="back",
    shortcuts=("Left",),
    enabled_when=can_step_back,
    run=lambda desk: desk.workbench.move_cursor(desk.state.cursor - 1),
)
PLAY = Action(
    id="gradviz.step.play",
    title="Play",
    tip="Walk the backward pass by itself, at the chosen speed",
    icon="play",
    shortcuts=("P",),
    enabled_when=has_steps,
    run=lambda desk: desk.toggle_playing(),
)
FORWARD = Action(
    id="gradviz.step.forward",
    title="Step forward",
    tip="The next step of the backward pass",
    icon="forward",
    shortcuts=("Right",),
    enabled_when=can_step_forward,
    run=lambda desk: desk.workbench.move_cursor(desk.state.cursor + 1),
)
LAST = Action(
    id="gradviz.step.last",
    title="To the end",
    tip="After the last step of the backward pass",
    icon="last",
    shortcuts=("End",),
    enabled_when=can_step_forward,
    run=lambda desk: desk.workbench.move_cursor(len(desk.state.steps)),
)
ACTIONS = (FIRST, BACK, PLAY, FORWARD, LAST)
