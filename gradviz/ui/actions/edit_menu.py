"""The Edit menu: the expression, finding a node, the palette."""

from gradviz.core.language.saying import marked, said_again, tr
from gradviz.ui.actions import latex_actions
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import (
    can_redo,
    can_undo,
    can_zoom_to_selection,
    has_graph,
)

FIND = Action(
    id="gradviz.edit.find",
    title=marked("Find node…"),
    short=marked("Find"),
    tip=marked("Find nodes and groups by name, shape, type or number"),
    icon="find",
    shortcuts=("Ctrl+F",),
    enabled_when=has_graph,
    run=lambda window: window.workbench.finding.open(),
)
COPY_GRAPH = Action(
    id="gradviz.edit.copy_graph",
    title=marked("Copy picture"),
    tip=marked("Copy the graph as it is shown to the clipboard, as PNG and as SVG"),
    shortcuts=("Ctrl+Shift+C",),
    enabled_when=has_graph,
    run=lambda window: window.exports.copy_graph(),
)
COPY_SELECTION = Action(
    id="gradviz.edit.copy_selection",
    title=marked("Copy selection"),
    tip=marked("Copy the marked nodes, else the chosen node or group, as a picture and as text"),
    keys=("Ctrl+C",),
    enabled_when=can_zoom_to_selection,
    run=lambda window: window.exports.copy_selection(),
)
UNDO = Action(
    id="gradviz.edit.undo",
    title=marked("Undo"),
    tip=marked("Take back the last change of the model, its training or its picture"),
    shortcuts=("Ctrl+Z",),
    enabled_when=can_undo,
    title_when=lambda state: said_again(state.undo_title) or tr("Undo"),
    run=lambda window: window.undoing.undo(),
)
REDO = Action(
    id="gradviz.edit.redo",
    title=marked("Redo"),
    tip=marked("Make the change again that was undone last"),
    shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
    enabled_when=can_redo,
    title_when=lambda state: said_again(state.redo_title) or tr("Redo"),
    run=lambda window: window.undoing.redo(),
)
ACTIONS = (
    UNDO,
    REDO,
    SEPARATOR,
    Action(
        id="gradviz.edit.expression",
        title=marked("Edit expression"),
        tip=marked("Put the cursor into the expression field"),
        shortcuts=("Ctrl+L",),
        run=lambda window: window.edit_expression(),
    ),
    COPY_GRAPH,
    COPY_SELECTION,
    Action(
        id="gradviz.edit.copy_dot",
        title=marked("Copy as DOT source"),
        tip=marked("Copy the graph to the clipboard as text for Graphviz"),
        enabled_when=has_graph,
        run=lambda window: window.exports.copy_dot(),
    ),
    *latex_actions.ACTIONS,
    SEPARATOR,
    FIND,
    Action(
        id="gradviz.edit.find_next",
        title=marked("Find next"),
        tip=marked("Go to the next node that was found, and open the groups that hide it"),
        shortcuts=("F3",),
        enabled_when=has_graph,
        run=lambda window: window.workbench.finding.go(1),
    ),
    Action(
        id="gradviz.edit.find_previous",
        title=marked("Find previous"),
        tip=marked("Go to the node that was found before"),
        shortcuts=("Shift+F3",),
        enabled_when=has_graph,
        run=lambda window: window.workbench.finding.go(-1),
    ),
    Action(
        id="gradviz.edit.palette",
        title=marked("Find action…"),
        tip=marked("Do anything by typing its name"),
        shortcuts=("Ctrl+Shift+P",),
        run=lambda window: window.show_palette(),
    ),
)
