"""Actions as data, from which menus, shortcuts, the toolbar and the palette are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from gradviz.ui.controllers.engine_event_handler import EngineEventHandler
from gradviz.ui.controllers.own_models import OwnModels
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State


class CanvasCommands(Protocol):
    """The commands of the canvas that actions use."""

    def fit(self) -> None: ...
    def zoom_in(self) -> None: ...
    def zoom_out(self) -> None: ...
    def actual_size(self) -> None: ...
    def turn_direction(self) -> None: ...
    def select_neighbour(self, *, towards_output: bool) -> None: ...


class ActionContext(Protocol):
    """The window as actions see it."""

    state: State
    workbench: Workbench
    engine_event_handler: EngineEventHandler

    @property
    def own_models(self) -> OwnModels: ...
    @property
    def canvas(self) -> CanvasCommands: ...
    def export_graph(self, suffix: str) -> None: ...
    def copy_graph(self) -> None: ...
    def export_plots(self) -> None: ...
    def edit_expression(self) -> None: ...
    def find_node(self) -> None: ...
    def toggle_playing(self) -> None: ...
    def choose_beginning(self, *, at_inputs: bool) -> None: ...
    def choose_theme(self, name: str) -> None: ...
    def reset_layout(self) -> None: ...
    def show_palette(self) -> None: ...
    def show_shortcuts(self) -> None: ...
    def show_about(self) -> None: ...
    def draw_new_seed(self) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> bool: ...


def always(_: State) -> bool:
    """Enable the action in every state."""
    return True


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action: its dotted id, its title, icon and shortcuts, its conditions, and its call.

    `short` is its name on a button, where the title is too long for one. An action that can
    be on or off has `checked_when`, which tells whether it is on.
    """

    id: str
    title: str
    short: str = ""
    run: Callable[[ActionContext], object]
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    enabled_when: Callable[[State], bool] = always
    checked_when: Callable[[State], bool] | None = None


#: Between two actions of a menu: a line.
SEPARATOR = None
Menu = tuple[str, tuple[Action | None, ...]]
