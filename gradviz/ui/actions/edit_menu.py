"""The Edit menu: the expression, finding a node, the palette."""

from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import has_graph

FIND = Action(
    id="gradviz.edit.find",
    title="Find node…",
    short="Find",
    tip="Find nodes and groups by name, shape, type or number",
    icon="find",
    shortcuts=("Ctrl+F",),
    enabled_when=has_graph,
    run=lambda window: window.workbench.finding.open(),
)
ACTIONS = (
    Action(
        id="gradviz.edit.expression",
        title="Edit expression",
        tip="Put the cursor into the expression field",
        shortcuts=("Ctrl+L",),
        run=lambda window: window.edit_expression(),
    ),
    Action(
        id="gradviz.edit.copy_graph",
        title="Copy graph as image",
        tip="Copy the graph as it is shown to the clipboard",
        shortcuts=("Ctrl+Shift+C",),
        enabled_when=has_graph,
        run=lambda window: window.copy_graph(),
    ),
    SEPARATOR,
    FIND,
    Action(
        id="gradviz.edit.find_next",
        title="Find next",
        tip="Go to the next node that was found, and open the groups that hide it",
        shortcuts=("F3",),
        enabled_when=has_graph,
        run=lambda window: window.workbench.finding.go(1),
    ),
    Action(
        id="gradviz.edit.find_previous",
        title="Find previous",
        tip="Go to the node that was found before",
        shortcuts=("Shift+F3",),
        enabled_when=has_graph,
        run=lambda window: window.workbench.finding.go(-1),
    ),
    Action(
        id="gradviz.edit.palette",
        title="Find action…",
        tip="Do anything by typing its name",
        shortcuts=("Ctrl+Shift+P",),
        run=lambda window: window.show_palette(),
    ),
)
