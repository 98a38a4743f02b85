"""The View and Step menus' actions on groups: open and close, go into one, step over and into."""

from gradviz.core.graphs.shown.items import shows_parameters
from gradviz.core.graphs.walk import last_cursor
from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import can_step_forward
from gradviz.ui.state.shown_groups import next_equal
from gradviz.ui.state.window_state import State


def has_groups(state: State) -> bool:
    """Tell whether the graph has groups."""
    return state.graph is not None and bool(state.graph.groups)


def can_open(state: State) -> bool:
    """Tell whether a closed group is chosen, or worked on."""
    item = state.inspected_item
    return state.graph is not None and item is not None and state.shown.is_closed(state.graph, item)


def can_close(state: State) -> bool:
    """Tell whether an open group is chosen, or is around what is chosen."""
    item = state.inspected_item
    if state.graph is None or item is None:
        return False
    return state.shown.frame_at(state.graph, item) is not None


def can_enter(state: State) -> bool:
    """Tell whether a group is chosen that can be the whole canvas."""
    return can_open(state) or (state.graph is not None and state.shown.selected != "")


def can_expand(state: State) -> bool:
    """Tell whether there is a group to open with all within it."""
    return can_open(state) or can_close(state)


def can_page(state: State, by: int) -> bool:
    """Tell whether there is an equal group after (1) or before (-1) the one that is chosen."""
    graph, item = state.graph, state.inspected_item
    if graph is None or item is None or not graph.groups:
        return False
    group = state.shown.group_at(graph, item)
    return group is not None and next_equal(graph, group, by) is not None


def draws_parameters(state: State) -> bool:
    """Tell whether the parameters of modules are drawn."""
    return state.graph is not None and shows_parameters(state.graph, state.shown.showing)


def hides_views(state: State) -> bool:
    """Tell whether operations that change a shape alone are left out."""
    return "views" in state.shown.showing.hidden


def inside_group(state: State) -> bool:
    """Tell whether a group is the whole canvas."""
    return state.shown.showing.root != ""


def in_a_pass(state: State) -> bool:
    """Tell whether the walk has a next step, in a graph with groups."""
    return has_groups(state) and can_step_forward(state) and last_cursor(state.trace) > 0


OPEN = Action(
    id="gradviz.view.open_group",
    title=marked("Open the group"),
    short=marked("Open", "a group"),
    tip=marked("Show the nodes and groups within the chosen box; a double click does so too"),
    keys=("Return", "Enter", "+"),
    enabled_when=can_open,
    run=lambda window: window.workbench.showing.open_chosen(),
)
CLOSE = Action(
    id="gradviz.view.close_group",
    title=marked("Close the group"),
    short=marked("Close", "a group"),
    tip=marked("Show the open group that is chosen, or is around the chosen node, as one box"),
    keys=("-", "Return", "Enter"),
    enabled_when=can_close,
    run=lambda window: window.workbench.showing.close_chosen(),
)
EXPAND_WITHIN = Action(
    id="gradviz.view.expand_within",
    title=marked("Expand all within"),
    tip=marked("Open the group, and all groups within it"),
    keys=("*",),
    enabled_when=can_expand,
    run=lambda window: window.workbench.showing.expand_chosen(),
)
COLLAPSE_OTHERS = Action(
    id="gradviz.view.collapse_others",
    title=marked("Collapse others"),
    tip=marked("Close all groups but those around what is chosen"),
    keys=("/",),
    enabled_when=can_expand,
    run=lambda window: window.workbench.showing.collapse_others_than_chosen(),
)
NEXT_EQUAL = Action(
    id="gradviz.view.next_equal_group",
    title=marked("Next of equal groups"),
    tip=marked("Open the next of equal groups in a row in the place of this one"),
    keys=("PgDown",),
    enabled_when=lambda state: can_page(state, 1),
    run=lambda window: window.workbench.showing.page(1),
)
PREVIOUS_EQUAL = Action(
    id="gradviz.view.previous_equal_group",
    title=marked("Previous of equal groups"),
    tip=marked("Open the one before it of equal groups in a row in the place of this one"),
    keys=("PgUp",),
    enabled_when=lambda state: can_page(state, -1),
    run=lambda window: window.workbench.showing.page(-1),
)
FOLD = Action(
    id="gradviz.view.fold_equal_groups",
    title=marked("Fold equal groups"),
    tip=marked("Show the groups of equal structure beside this one as one box again"),
    keys=("F",),
    enabled_when=lambda state: can_page(state, 1) or can_page(state, -1),
    run=lambda window: window.workbench.showing.fold_chosen(),
)
PARAMETERS = Action(
    id="gradviz.view.draw_parameters",
    title=marked("Draw parameters"),
    tip=marked("Draw the parameters of modules as nodes, instead of leaving them in their boxes"),
    enabled_when=has_groups,
    checked_when=lambda state: draws_parameters(state),
    run=lambda window: window.workbench.showing.draw_parameters(not draws_parameters(window.state)),
)
VIEWS = Action(
    id="gradviz.view.hide_views",
    title=marked("Hide views"),
    tip=marked("Leave out views, transposes and what else changes a shape alone"),
    enabled_when=has_groups,
    checked_when=lambda state: hides_views(state),
    run=lambda window: window.workbench.showing.hide_views(not hides_views(window.state)),
)
EXPAND_ALL = Action(
    id="gradviz.view.expand_all",
    title=marked("Expand all"),
    tip=marked("Open every group, down to the single nodes"),
    shortcuts=("Ctrl+Shift+Down",),
    enabled_when=has_groups,
    run=lambda window: window.workbench.showing.expand_all(),
)
CLOSE_ALL = Action(
    id="gradviz.view.close_all",
    title=marked("Close all"),
    tip=marked("Close every group"),
    shortcuts=("Ctrl+Shift+Up",),
    enabled_when=has_groups,
    run=lambda window: window.workbench.showing.close_all(),
)
ENTER = Action(
    id="gradviz.view.enter_group",
    title=marked("Go into the group"),
    short=marked("Go into"),
    tip=marked("Let the chosen group take the whole canvas; the path above the graph leads back"),
    shortcuts=("Ctrl+Down",),
    keys=("Ctrl+Return", "Ctrl+Enter"),
    enabled_when=can_enter,
    run=lambda window: window.workbench.showing.enter_chosen(),
)
LEAVE = Action(
    id="gradviz.view.leave_group",
    title=marked("Go out of the group"),
    short=marked("Go out"),
    tip=marked("Show the group around that which takes the whole canvas"),
    shortcuts=("Ctrl+Up",),
    keys=("Backspace",),
    enabled_when=inside_group,
    run=lambda window: window.workbench.showing.leave(),
)
STEP_OVER = Action(
    id="gradviz.step.over",
    title=marked("Step over the group"),
    short=marked("Over"),
    tip=marked("Go on until another box is worked on"),
    shortcuts=("F10",),
    enabled_when=in_a_pass,
    run=lambda window: window.workbench.showing.step_over(),
)
STEP_INTO = Action(
    id="gradviz.step.into",
    title=marked("Step into the group"),
    short=marked("Into"),
    tip=marked("Open the closed group that is worked on; elsewhere take one step"),
    shortcuts=("F9",),
    enabled_when=in_a_pass,
    run=lambda window: window.workbench.showing.step_into(),
)
STEP_OUT = Action(
    id="gradviz.step.out",
    title=marked("Step out of the group"),
    short=marked("Out"),
    tip=marked("Go on until the pass has left the group of the current node"),
    shortcuts=("Shift+F9",),
    enabled_when=in_a_pass,
    run=lambda window: window.workbench.showing.step_out(),
)
#: The menu of a group.
OF_A_GROUP = (
    *(OPEN, CLOSE, EXPAND_WITHIN, COLLAPSE_OTHERS),
    *(NEXT_EQUAL, PREVIOUS_EQUAL, FOLD),
    *(ENTER, LEAVE),
)
VIEW = (*OF_A_GROUP, EXPAND_ALL, CLOSE_ALL, PARAMETERS, VIEWS)
STEP = (STEP_OVER, STEP_INTO, STEP_OUT)
