"""The Inspect menu: what can be asked about a node, a gradient and a whole backward pass."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import SEPARATOR, Action
from gradviz.ui.actions.changes_actions import ACTIONS as CHANGES
from gradviz.ui.actions.conditions import (
    can_check_leaves,
    can_check_node,
    checking,
    has_compiled_node,
    has_graph,
    has_node,
    has_steps,
)
from gradviz.ui.actions.isolation_actions import ACTIONS as ISOLATION


def _panel(name: str, title: str, tip: str, shortcut: str) -> Action:
    return Action(
        id=f"gradviz.inspect.{name}_panel",
        title=title,
        tip=tip,
        shortcuts=(shortcut,),
        run=lambda window: window.show_panel(name),
    )


NODE = _panel(
    "inspector",
    marked("Inspector"),
    marked("Shapes, gradients and saved values of a node"),
    "Ctrl+I",
)
TREE = _panel(
    "tree",
    marked("Tree"),
    marked("Show the modules and nodes as rows, to search and to sort"),
    "Ctrl+Shift+T",
)
TENSOR = _panel(
    "tensor", marked("Tensor"), marked("Show the values of any tensor of the node"), "Ctrl+T"
)
HEALTH = _panel(
    "health",
    marked("Health"),
    marked("Show where gradients vanish, explode, are dead or not finite"),
    "Ctrl+H",
)
CHECKS_PANEL = _panel(
    "checks",
    marked("Checks"),
    marked("Compare recorded gradients with other ways to find them"),
    "Ctrl+Alt+J",
)
CHANGES_PANEL = _panel(
    "changes",
    marked("Changes"),
    marked("Show what differs from the recording that was kept"),
    "Ctrl+Alt+M",
)
EXPLAIN = Action(
    id="gradviz.step.explain",
    title=marked("Explain"),
    tip=marked("Say the current step in plain words, with the rule that it follows"),
    shortcuts=("Ctrl+E",),
    enabled_when=has_steps,
    run=lambda window: window.workbench.inspection.explanation_wanted.emit(),
)
SOURCE = Action(
    id="gradviz.step.source",
    title=marked("Source"),
    tip=marked("Show the line of Python that made the node, and what each line made"),
    shortcuts=("Ctrl+U",),
    enabled_when=has_graph,
    run=lambda window: window.workbench.sources.wanted.emit(),
)
MISSING = Action(
    id="gradviz.step.missing",
    title=marked("Why is this gradient None?"),
    short=marked("Missing"),
    tip=marked("Tell for each parameter and input without a gradient where it was lost"),
    shortcuts=("Ctrl+Shift+N",),
    enabled_when=has_graph,
    run=lambda window: window.workbench.missing.wanted.emit(),
)
COMPILED = Action(
    id="gradviz.inspect.compiled",
    title=marked("Show the compiled graph"),
    tip=marked(
        "Show the forward and backward graphs that torch.compile made of a compiled function"
    ),
    enabled_when=has_compiled_node,
    run=lambda window: window.show_compiled(),
)
CHECK_NODE = Action(
    id="gradviz.step.check_node",
    title=marked("Check this node"),
    tip=marked("Compare the gradients of the inspected node with finite differences and more"),
    shortcuts=("Ctrl+J",),
    enabled_when=can_check_node,
    run=lambda window: window.workbench.checks.check_node(),
)
CHECK_LEAVES = Action(
    id="gradviz.step.check_leaves",
    title=marked("Check all leaves"),
    tip=marked("Compare the gradient of every leaf with finite differences and more"),
    shortcuts=("Ctrl+Shift+J",),
    enabled_when=can_check_leaves,
    run=lambda window: window.workbench.checks.check_leaves(),
)
STOP_CHECKS = Action(
    id="gradviz.step.stop_checks",
    title=marked("Cancel the checks"),
    tip=marked("Check no further; what was found stays"),
    shortcuts=("Alt+J",),
    enabled_when=checking,
    run=lambda window: window.workbench.checks.stop(),
)
COPY_NAME = Action(
    id="gradviz.inspect.copy_name",
    title=marked("Copy name"),
    tip=marked("Copy the whole name of the node"),
    enabled_when=has_node,
    run=lambda window: window.canvas.copy_name(),
)
COPY_VALUES = Action(
    id="gradviz.inspect.copy_values",
    title=marked("Copy values"),
    tip=marked(
        "Copy its shape, value and gradient with all digits; of many values, the statistics"
    ),
    enabled_when=has_node,
    run=lambda window: window.canvas.copy_values(),
)
#: The panels that have a button of their own over the graph.
PANELS = (HEALTH, CHECKS_PANEL, MISSING, CHANGES_PANEL)
#: The menu of a node.
OF_A_NODE = (
    NODE,
    TENSOR,
    SOURCE,
    EXPLAIN,
    COMPILED,
    SEPARATOR,
    CHECK_NODE,
    MISSING,
    SEPARATOR,
    *ISOLATION,
    SEPARATOR,
    COPY_NAME,
    COPY_VALUES,
)
ACTIONS = (
    *(NODE, TREE, TENSOR, EXPLAIN, SOURCE, COMPILED),
    SEPARATOR,
    *(HEALTH, MISSING),
    SEPARATOR,
    *(CHECKS_PANEL, CHECK_NODE, CHECK_LEAVES, STOP_CHECKS),
    SEPARATOR,
    *(CHANGES_PANEL, *CHANGES),
    SEPARATOR,
    *ISOLATION,
    SEPARATOR,
    *(COPY_NAME, COPY_VALUES),
)
