"""The window as lessons see it, and the nodes of its graph by the names that lessons use."""

import re
from typing import Final, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMainWindow

from gradviz.core.graphs.graph import Graph, Node
from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.bars.history_bar import HistoryBar
from gradviz.ui.bars.notices import NoticeBar
from gradviz.ui.bars.timeline import Timeline
from gradviz.ui.bars.top_bar import TopBar
from gradviz.ui.canvas.canvas import Canvas
from gradviz.ui.controllers.own_models import OwnModels
from gradviz.ui.controllers.sessions.session_files import SessionFiles
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.panel_docks import PanelDocks
from gradviz.ui.state.window_state import State

#: A multiplication is shown with a dot that nobody has on the keyboard.
_NOT_COMPARED: Final = re.compile(r"[\s·]+")
#: A power is shown with a raised exponent.
_POWER: Final = re.compile(r"\^(\d+)")
_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBERED: Final = re.compile(r"(.+)#(\d+)")


class LessonWindow(Protocol):
    """The parts of the window that lessons look at and point at."""

    state: State
    workbench: Workbench
    own_models: OwnModels
    session_files: SessionFiles
    actions_made: ActionRegistry
    canvas: Canvas
    notices: NoticeBar
    top: TopBar
    timeline: Timeline
    history: HistoryBar
    panels: PanelDocks

    def open_expression(self, text: str) -> None: ...
    def show_panel(self, name: str) -> None: ...
    @property
    def widget(self) -> QMainWindow: ...
    @property
    def settings(self) -> QSettings: ...


def node_called(graph: Graph, name: str) -> Node | None:
    """Return a node by the name of a leaf, its term such as `4 x`, or its operation.

    Of several nodes with that name it is the first from the output on; `Mul#2` is the second.
    "output" is the node that the backward pass starts from. None where there is none.
    """
    if name == "output":
        return graph.node[graph.output]
    numbered = _NUMBERED.fullmatch(name)
    bare, number = (numbered[1], int(numbered[2])) if numbered else (name, 1)
    raised = _POWER.sub(lambda found: found[1].translate(_RAISED), bare)
    wanted = _NOT_COMPARED.sub("", raised)
    for matches in (
        [node for node in graph.nodes if node.kind == "leaf" and node.op == bare],
        [node for node in graph.nodes if _NOT_COMPARED.sub("", node.label) == wanted],
        [node for node in graph.nodes if bare in (node.op, node.name)],
    ):
        if len(matches) >= number > 0:
            return matches[number - 1]
    return None
