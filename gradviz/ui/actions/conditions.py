"""When an action can be used, as functions of the state."""

from typing import Final

from gradviz.core.graphs.isolation import Reach
from gradviz.core.graphs.walk import TURN
from gradviz.ui.state.window_state import State

#: AOTAutograd's name of the node of a compiled function.
_COMPILED: Final = "CompiledFunctionBackward"


def has_graph(state: State) -> bool:
    """Tell whether there is a graph to show or to write."""
    return state.graph is not None


def can_step_forward(state: State) -> bool:
    """Tell whether the walk has a next step."""
    return state.cursor < len(state.steps) or state.hides_step


def hides_step(state: State) -> bool:
    """Tell whether the gradients of the current step are still to be predicted."""
    return state.hides_step


def can_step_back(state: State) -> bool:
    """Tell whether the walk has a previous step."""
    return state.cursor > state.first_cursor


def can_turn(state: State) -> bool:
    """Tell whether there is a turn to go to, and the walk is not there."""
    return bool(state.steps) and state.cursor != TURN


def has_steps(state: State) -> bool:
    """Tell whether a backward pass was recorded."""
    return bool(state.steps)


def trainable(state: State) -> bool:
    """Tell whether the model can be trained."""
    return state.trainable


def trainable_and_still(state: State) -> bool:
    """Tell whether the model can be trained and is not training now."""
    return state.trainable and not state.progress.running


def can_visit_back(state: State) -> bool:
    """Tell whether an earlier step of the training can be shown."""
    return trainable_and_still(state) and state.progress.coming_step > 0


def can_visit_forward(state: State) -> bool:
    """Tell whether a later step of the training can be shown."""
    progress = state.progress
    return trainable_and_still(state) and progress.coming_step < progress.last_step


def can_visit_newest(state: State) -> bool:
    """Tell whether another step of the training than the newest is shown."""
    progress = state.progress
    return trainable_and_still(state) and progress.coming_step != progress.newest_step


def has_trained(state: State) -> bool:
    """Tell whether there is training to undo."""
    return state.trainable and (state.progress.newest_step > 0 or state.progress.running)


def has_other_settings(state: State) -> bool:
    """Tell whether a model is to be trained with other settings than its own."""
    return state.built is not None and state.trainable and state.training != state.built.training


def can_compare(state: State) -> bool:
    """Tell whether compared runs can be trained, or stopped."""
    return state.comparison.running or (state.trainable and state.comparison.can_run)


def can_add_to_comparison(state: State) -> bool:
    """Tell whether the current run can be added to the compared runs."""
    return state.trainable and state.comparison.has_room


def can_check_leaves(state: State) -> bool:
    """Tell whether the recorded pass can be checked: the weights are still its own."""
    return bool(state.steps) and not state.progress.running and not state.building


def can_check_node(state: State) -> bool:
    """Tell whether there is a node whose gradients can be checked."""
    return can_check_leaves(state) and state.inspected is not None


def checking(state: State) -> bool:
    """Tell whether gradients are being checked."""
    return state.checking


def has_node(state: State) -> bool:
    """Tell whether there is a node that is inspected."""
    return state.graph is not None and state.inspected in state.graph.node


def has_compiled_node(state: State) -> bool:
    """Tell whether the inspected node is that of a compiled function."""
    graph, node = state.graph, state.inspected
    found = graph.node.get(node or "") if graph is not None else None
    return found is not None and found.name == _COMPILED


def can_isolate(state: State) -> bool:
    """Tell whether a node is inspected, or a group is chosen."""
    graph, group = state.graph, state.shown.selected
    chosen = graph is not None and bool(group) and state.shown.is_group(graph, group)
    return has_node(state) or chosen


def is_isolated(state: State, part: Reach) -> bool:
    """Tell whether this part of the graph around what is chosen is isolated."""
    graph, isolated, item = state.graph, state.isolated, state.chosen_item
    if graph is None or item is None or isolated is None or isolated.part != part:
        return False
    return isolated.nodes == state.shown.nodes_of(graph, item)


def can_end_way(state: State) -> bool:
    """Tell whether a way was begun, and something is chosen that may be its other end."""
    return state.way_begins is not None and can_isolate(state)


def has_picked(state: State) -> bool:
    """Tell whether nodes in a rectangle are marked."""
    return bool(state.picked)


def can_zoom_to_selection(state: State) -> bool:
    """Tell whether anything is marked or chosen that can be shown large."""
    return has_picked(state) or can_isolate(state)


def isolating(state: State) -> bool:
    """Tell whether a part of the graph alone is shown in full, or a way was begun."""
    return state.isolated is not None or state.way_begins is not None


def shares_parameter(state: State) -> bool:
    """Tell whether what is chosen uses a parameter that other boxes use too."""
    graph, item = state.graph, state.inspected_item
    return graph is not None and item is not None and state.shown.shared_at(graph, item) is not None


def can_undo(state: State) -> bool:
    """Tell whether there is a change to take back, and no model on its way."""
    return bool(state.undo_title) and not state.building


def can_redo(state: State) -> bool:
    """Tell whether there is a change that was taken back, and no model on its way."""
    return bool(state.redo_title) and not state.building
