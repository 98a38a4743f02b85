"""Conditions on the walk and the chosen node."""

from collections.abc import Mapping
from typing import Final

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.walk import TURN
from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.lessons.conditions.condition import Condition
from gradviz.ui.lessons.lesson_window import LessonWindow, node_called


def _place(window: LessonWindow, name: str) -> int:
    state = window.state
    return {"start": state.first_cursor, "turn": TURN, "end": len(state.steps)}[name]


def _walked(window: LessonWindow, to: str) -> bool:
    state = window.state
    return bool(state.steps) and not state.building and state.cursor == _place(window, to)


def _walk(window: LessonWindow, to: str) -> None:
    window.workbench.move_cursor(_place(window, to))


def node_named(window: LessonWindow, name: str) -> Node | None:
    """Return the node that a lesson names, None where the graph has none."""
    graph = window.state.graph
    return node_called(graph, name) if graph is not None else None


def step_of(window: LessonWindow, name: str) -> int | None:
    """Return after how many backward steps a node has been executed; None where it never is."""
    node = node_named(window, name)
    return next(
        (
            place
            for place, step in enumerate(window.state.steps, start=1)
            if node is not None and step.node == node.id
        ),
        None,
    )


def _has_reached(window: LessonWindow, name: str) -> bool:
    at = step_of(window, name)
    return at is not None and window.state.cursor >= at and not window.state.building


def _reach(window: LessonWindow, name: str) -> None:
    at = step_of(window, name)
    if at is not None:
        window.workbench.move_cursor(at)


def _is_chosen(window: LessonWindow, name: str) -> bool:
    node = node_named(window, name)
    return node is not None and window.state.inspected == node.id


def _choose(window: LessonWindow, name: str) -> None:
    node = node_named(window, name)
    if node is not None:
        window.workbench.showing.select(node.id)


CONDITIONS: Final[Mapping[str, Condition]] = {
    "walk": Condition(Form("text", "Where the walk is.", ("start", "turn", "end")), _walked, _walk),
    "step": Condition(
        Form("whole", "So many backward steps are done, or more."),
        lambda window, step: window.state.cursor >= step,
        lambda window, step: window.workbench.move_cursor(step),
    ),
    "reached": Condition(
        Form("text", "The backward step of this node is done."), _has_reached, _reach
    ),
    "chosen": Condition(Form("text", "This node is clicked, or inspected."), _is_chosen, _choose),
}
