"""The Model menu's actions on the graph of the gradient: its order and its direction."""

from typing import Final

from gradviz.core.choices.orders import DIRECTIONS
from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import has_graph
from gradviz.ui.state.window_state import State


def is_differentiated(state: State) -> bool:
    """Tell whether the graph is to be that of a gradient."""
    return state.model.order > 1


def _toggle_order(state: State, order: int) -> int:
    """Return the model's order after `order` has been switched on or off."""
    return order - 1 if state.model.order >= order else order


#: A row for each direction.
_DIFFERENTIATE: Final = {
    "ones": marked("Differentiate along all ones"),
    "gradient": marked("Differentiate along the gradient itself"),
    "random": marked("Differentiate along a random direction"),
}


def _along(direction: str) -> Action:
    return Action(
        id=f"gradviz.model.along_{direction}",
        title=_DIFFERENTIATE[direction],
        tip=marked("The direction of the Hessian-vector product; a single leaf is chosen on top"),
        enabled_when=is_differentiated,
        checked_when=lambda state: is_differentiated(state) and state.model.direction == direction,
        run=lambda window: window.workbench.choose_direction(direction),
    )


CREATE_GRAPH = Action(
    id="gradviz.model.create_graph",
    title=marked("Create graph (second order)"),
    tip=marked(
        "Show the graph of the gradient; stepping through it gives the Hessian-vector product"
    ),
    shortcuts=("Ctrl+G",),
    enabled_when=has_graph,
    checked_when=is_differentiated,
    run=lambda window: window.workbench.choose_order(_toggle_order(window.state, 2)),
)
THIRD_ORDER = Action(
    id="gradviz.model.third_order",
    title=marked("Differentiate once more (third order)"),
    tip=marked("Show the graph of the Hessian-vector product"),
    shortcuts=("Ctrl+Shift+G",),
    enabled_when=is_differentiated,
    checked_when=lambda state: state.model.order > 2,
    run=lambda window: window.workbench.choose_order(_toggle_order(window.state, 3)),
)
ALONG = tuple(_along(direction) for direction in DIRECTIONS)
ACTIONS = (CREATE_GRAPH, THIRD_ORDER, *ALONG)
