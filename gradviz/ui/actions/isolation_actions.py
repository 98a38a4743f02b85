"""The Inspect menu's actions on ways through the graph: parts alone in full, shared parameters."""

from gradviz.core.graphs.isolation import Reach
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import (
    can_end_way,
    can_isolate,
    is_isolated,
    isolating,
    shares_parameter,
)


def _isolate(part: Reach, name: str, title: str, tip: str, *shortcuts: str) -> Action:
    return Action(
        id=f"gradviz.inspect.{name}",
        title=title,
        tip=f"{tip}; once more shows all",
        shortcuts=shortcuts,
        enabled_when=can_isolate,
        checked_when=lambda state: is_isolated(state, part),
        run=lambda window: window.workbench.isolation.toggle(part),
    )


ISOLATE = _isolate(
    "all",
    "isolate",
    "Isolate this node",
    "Show its ancestors and descendants alone in full, and the rest faintly",
    "Ctrl+Alt+I",
)
ANCESTORS = _isolate(
    "ancestors",
    "isolate_ancestors",
    "Isolate its ancestors",
    "Show it with all that it is computed from alone in full, and the rest faintly",
)
DESCENDANTS = _isolate(
    "descendants",
    "isolate_descendants",
    "Isolate its descendants",
    "Show it with all that is computed from it alone in full, and the rest faintly",
)
BEGIN_WAY = Action(
    id="gradviz.inspect.begin_way",
    title="Begin a way here",
    tip="Remember this node or group as one end of a way; then choose the other end",
    enabled_when=can_isolate,
    run=lambda window: window.workbench.isolation.begin_way(),
)
END_WAY = Action(
    id="gradviz.inspect.end_way",
    title="Show the way to here",
    tip="Show all that lies on any way between the two ends alone in full; a click with Shift "
    "does so from what is chosen",
    enabled_when=can_end_way,
    run=lambda window: window.workbench.isolation.way_to_chosen(),
)
SHARED = Action(
    id="gradviz.inspect.shared_parameter",
    title="Go to the shared parameter",
    tip="Choose the one parameter behind the linked rings; its gradient is the sum of all uses",
    enabled_when=shares_parameter,
    run=lambda window: window.workbench.showing.find_shared(),
)
SHOW_ALL = Action(
    id="gradviz.inspect.show_all",
    title="Show all nodes in full",
    short="Show all",
    tip="Isolate nothing any more, and begin no way",
    shortcuts=("Ctrl+Shift+I",),
    keys=("Esc",),
    enabled_when=isolating,
    run=lambda window: window.workbench.isolation.end(),
)
#: The actions on what is chosen, in the order of the menus.
ACTIONS = (ISOLATE, ANCESTORS, DESCENDANTS, BEGIN_WAY, END_WAY, SHARED, SHOW_ALL)
