"""The View menu: the canvas, the theme and the panels."""

from gradviz.core.findings.health import Colouring
from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.conditions import can_zoom_to_selection, has_graph, has_picked
from gradviz.ui.actions.groups_actions import VIEW as GROUPS
from gradviz.ui.workspaces import WORKSPACES
from gradviz.ui.workspaces.workspace import Workspace

FIT = Action(
    id="gradviz.view.fit",
    title=marked("Fit", "the graph into the canvas"),
    tip=marked("Show the whole graph"),
    icon="fit",
    shortcuts=("Space",),
    enabled_when=has_graph,
    run=lambda window: window.canvas.fit(),
)
DIRECTION = Action(
    id="gradviz.view.direction",
    title=marked("Turn the graph"),
    short=marked("Turn"),
    tip=marked("Lay the graph out downwards or to the right; mirrored, upwards or to the left"),
    icon="direction",
    shortcuts=("Ctrl+K",),
    enabled_when=has_graph,
    run=lambda window: window.canvas.turn_direction(),
)
MIRROR = Action(
    id="gradviz.view.mirror",
    title=marked("Mirror the graph"),
    tip=marked("Let the edges run the opposite way: upwards, or to the left"),
    shortcuts=("Ctrl+Shift+K",),
    enabled_when=has_graph,
    run=lambda window: window.canvas.mirror_direction(),
)
ZOOM_TO_SELECTION = Action(
    id="gradviz.view.zoom_to_selection",
    title=marked("Zoom to selection"),
    tip=marked(
        "Show the marked nodes, else the chosen one, as large as fits; drag with Shift to mark"
    ),
    shortcuts=("Ctrl+Shift+Space",),
    enabled_when=can_zoom_to_selection,
    run=lambda window: window.canvas.zoom_to_selection(),
)
MARK_NOTHING = Action(
    id="gradviz.view.mark_nothing",
    title=marked("Mark no nodes"),
    tip=marked("Take the marks from the nodes in the rectangle that was drawn with Shift"),
    keys=("Esc",),
    enabled_when=has_picked,
    run=lambda window: window.workbench.pick(frozenset()),
)


def _colour(colouring: Colouring, title: str, key: str, tip: str) -> Action:
    return Action(
        id=f"gradviz.view.colour_{colouring}",
        title=title,
        tip=tip,
        shortcuts=(key,),
        enabled_when=has_graph,
        run=lambda window: window.workbench.health.colour_by(colouring),
    )


COLOURS = (
    _colour("off", marked("Plain colours"), "Ctrl+Alt+0", marked("Colour nodes by what they are")),
    _colour(
        "gradient",
        marked("Colour by gradient norm"),
        "Ctrl+Alt+1",
        marked("Show where the gradient grows and where it vanishes"),
    ),
    _colour(
        "ratio",
        marked("Colour by gradient to weight"),
        "Ctrl+Alt+2",
        marked("Show how large each gradient is beside the value that it changes"),
    ),
    _colour(
        "zeros",
        marked("Colour by zeros"),
        "Ctrl+Alt+3",
        marked("Show where most of the gradient is zero, as at a dead ReLU"),
    ),
    _colour(
        "time",
        marked("Colour by time"),
        "Ctrl+Alt+4",
        marked("Measure how long each node takes, forwards and backwards, in a pass of its own"),
    ),
)


PRESENT = Action(
    id="gradviz.view.present",
    title=marked("Presentation"),
    short=marked("Present"),
    tip=marked("Show the graph and one panel alone, large enough for a projector; Esc leaves"),
    shortcuts=("F11",),
    checked_when=lambda state: state.presenting,
    run=lambda window: window.workbench.present(not window.state.presenting),
)


def workspace_action(row: Workspace) -> Action:
    """Return the action that arranges the panels as a workspace has them."""
    return Action(
        id=f"gradviz.view.workspace_{row.id}",
        title=row.full_title,
        short=row.title,
        tip=row.tip,
        shortcuts=(row.shortcut,),
        checked_when=lambda state: state.workspace == row.id,
        run=lambda window: window.workbench.choose_workspace(row.id),
    )


def _language(code: str, title: str, tip: str) -> Action:
    return Action(
        id=f"gradviz.view.language_{code.lower() or 'system'}",
        title=title,
        tip=tip,
        checked_when=lambda state: state.language == code,
        run=lambda window: window.choose_language(code),
    )


#: Each is named in itself, for those who read no other.
LANGUAGES = (
    _language("", marked("Language of the system"), marked("Speak the language of the system")),
    _language("en", "English", marked("Say everything in English")),
    _language("zh_CN", "简体中文", marked("Say everything in Chinese")),
)


ACTIONS = (
    *map(workspace_action, WORKSPACES),
    PRESENT,
    SEPARATOR,
    FIT,
    Action(
        id="gradviz.view.zoom_in",
        title=marked("Zoom in"),
        shortcuts=("Shift+Up", "Ctrl++", "Ctrl+="),
        enabled_when=has_graph,
        run=lambda window: window.canvas.zoom_in(),
    ),
    Action(
        id="gradviz.view.zoom_out",
        title=marked("Zoom out"),
        shortcuts=("Shift+Down", "Ctrl+-"),
        enabled_when=has_graph,
        run=lambda window: window.canvas.zoom_out(),
    ),
    Action(
        id="gradviz.view.actual_size",
        title=marked("Actual size"),
        shortcuts=("Shift+Backspace", "Ctrl+0"),
        enabled_when=has_graph,
        run=lambda window: window.canvas.actual_size(),
    ),
    ZOOM_TO_SELECTION,
    MARK_NOTHING,
    DIRECTION,
    MIRROR,
    Action(
        id="gradviz.view.minimap",
        title=marked("Minimap"),
        tip=marked("Show the whole graph small where the canvas shows a part of it alone"),
        checked_when=lambda state: state.minimap,
        run=lambda window: window.choices.choose_minimap(not window.state.minimap),
    ),
    Action(
        id="gradviz.view.backward_names",
        title=marked("Backward names"),
        tip=marked(
            "Title nodes as PyTorch's backward pass does, such as AddBackward0, and not Add"
        ),
        checked_when=lambda state: state.shown.names == "backward",
        run=lambda window: window.choices.choose_names(
            "forward" if window.state.shown.names == "backward" else "backward"
        ),
    ),
    Action(
        id="gradviz.view.local_derivatives",
        title=marked("Local derivatives"),
        tip=marked(
            "Show beside each edge between single numbers the derivative of its end by its start"
        ),
        shortcuts=("Ctrl+Alt+D",),
        enabled_when=lambda state: not state.attached,
        checked_when=lambda state: state.local_derivatives,
        run=lambda window: window.choices.choose_derivatives(not window.state.local_derivatives),
    ),
    SEPARATOR,
    *GROUPS,
    SEPARATOR,
    Action(
        id="gradviz.view.node_up",
        title=marked("Select node towards the leaves"),
        shortcuts=("Up",),
        enabled_when=has_graph,
        run=lambda window: window.canvas.select_neighbour(towards_output=False),
    ),
    Action(
        id="gradviz.view.node_down",
        title=marked("Select node towards the output"),
        shortcuts=("Down",),
        enabled_when=has_graph,
        run=lambda window: window.canvas.select_neighbour(towards_output=True),
    ),
    Action(
        id="gradviz.view.next_region",
        title=marked("Next part of the window"),
        tip=marked("Take the keyboard to the next bar, panel or the graph, where it was last"),
        shortcuts=("F6",),
        run=lambda window: window.go_to_region(1),
    ),
    Action(
        id="gradviz.view.region_before",
        title=marked("Part of the window before"),
        tip=marked("Take the keyboard to the bar, panel or the graph before this one"),
        shortcuts=("Shift+F6",),
        run=lambda window: window.go_to_region(-1),
    ),
    SEPARATOR,
    *COLOURS,
    SEPARATOR,
    Action(
        id="gradviz.view.theme_system",
        title=marked("Theme of the system"),
        run=lambda window: window.choose_theme("system"),
    ),
    Action(
        id="gradviz.view.theme_light",
        title=marked("Light theme"),
        run=lambda window: window.choose_theme("light"),
    ),
    Action(
        id="gradviz.view.theme_dark",
        title=marked("Dark theme"),
        run=lambda window: window.choose_theme("dark"),
    ),
    SEPARATOR,
    *LANGUAGES,
    SEPARATOR,
    Action(
        id="gradviz.view.reset_layout",
        title=marked("Reset panels"),
        tip=marked("Put every panel of this workspace back to its first place"),
        run=lambda window: window.reset_layout(),
    ),
)
