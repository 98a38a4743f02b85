"""The Inspect menu's actions on ways through the graph: parts alone in full, shared parameters."""

from gradviz.core.graphs.isolation import Reach
from gradviz.core.language.saying import marked
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
        tip=tip,
        shortcuts=shortcuts,
        enabled_when=can_isolate,
        checked_when=lambda state: is_isolated(state, part),
        run=lambda window: window.workbench.isolation.toggle(part),
    )


ISOLATE = _isolate(
    "all",
    "isolate",
    marked("Isolate this node"),
    marked(
        "Show its ancestors and descendants alone in full, and the rest faintly; once more shows "
        "all"
    ),
    "Ctrl+Alt+I",
)
ANCESTORS = _isolate(
    "ancestors",
    "isolate_ancestors",
    marked("Isolate its ancestors"),
    marked(
        "Show it with all that it is computed from alone in full, and the rest faintly; once more "
        "shows all"
    ),
)
DESCENDANTS = _isolate(
    "descendants",
    "isolate_descendants",
    marked("Isolate its descendants"),
    marked(
        "Show it with all that is computed from it alone in full, and the rest faintly; once more "
        "shows all"
    ),
)
BEGIN_WAY = Action(
    id="gradviz.inspect.begin_way",
    title=marked("Begin a way here"),
    tip=marked("Remember this node or group as one end of a way; then choose the other end"),
    enabled_when=can_isolate,
    run=lambda window: window.workbench.isolation.begin_way(),
)
END_WAY = Action(
    id="gradviz.inspect.end_way",
    title=marked("Show the way to here"),
    tip=marked(
        "Show all that lies on any way between the two ends alone in full; a click with Shift "
        "does so from what is chosen"
    ),
    enabled_when=can_end_way,
    run=lambda window: window.workbench.isolation.way_to_chosen(),
)
SHARED = Action(
    id="gradviz.inspect.shared_parameter",
    title=marked("Go to the shared parameter"),
    tip=marked(
        "Choose the one parameter behind the linked rings; its gradient is the sum of all uses"
    ),
    enabled_when=shares_parameter,
    run=lambda window: window.workbench.showing.find_shared(),
)
SHOW_ALL = Action(
    id="gradviz.inspect.show_all",
    title=marked("Show all nodes in full"),
    short=marked("Show all"),
    tip=marked("Isolate nothing any more, and begin no way"),
    shortcuts=("Ctrl+Shift+I",),
    keys=("Esc",),
    enabled_when=isolating,
    run=lambda window: window.workbench.isolation.end(),
)
#: The actions on what is chosen, in the order of the menus.
ACTIONS = (ISOLATE, ANCESTORS, DESCENDANTS, BEGIN_WAY, END_WAY, SHARED, SHOW_ALL)
