"""The Edit menu: the expression, finding a node, the palette."""

from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import has_graph

FIND = Action(
    id="gradviz.edit.find",
    title="Find node…",
    short="Find",
    tip="Go to a node by its name",
    icon="find",
    shortcuts=("Ctrl+F",),
    enabled_when=has_graph,
    run=lambda window: window.find_node(),
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
        id="gradviz.edit.palette",
        title="Find action…",
        tip="Do anything by typing its name",
        shortcuts=("Ctrl+Shift+P",),
        run=lambda window: window.show_palette(),
    ),
)
