"""What an action is: data from which menus, shortcuts, the toolbar and the palette are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from gradviz.ui.state import State
from gradviz.ui.workbench import Workbench


class CanvasCommands(Protocol):
    """What actions ask of the canvas."""

    def fit(self) -> None: ...  # noqa: D102
    def zoom_in(self) -> None: ...  # noqa: D102
    def zoom_out(self) -> None: ...  # noqa: D102
    def actual_size(self) -> None: ...  # noqa: D102
    def turn_direction(self) -> None: ...  # noqa: D102
    def select_neighbour(self, *, towards_output: bool) -> None: ...  # noqa: D102


class Desk(Protocol):
    """The window as actions see it."""

    state: State
    workbench: Workbench

    @property
    def canvas(self) -> CanvasCommands: ...  # noqa: D102
    def export_graph(self, suffix: str) -> None: ...  # noqa: D102
    def copy_graph(self) -> None: ...  # noqa: D102
    def export_plots(self) -> None: ...  # noqa: D102
    def edit_expression(self) -> None: ...  # noqa: D102
    def find_node(self) -> None: ...  # noqa: D102
    def toggle_playing(self) -> None: ...  # noqa: D102
    def choose_theme(self, name: str) -> None: ...  # noqa: D102
    def reset_layout(self) -> None: ...  # noqa: D102
    def show_palette(self) -> None: ...  # noqa: D102
    def show_shortcuts(self) -> None: ...  # noqa: D102
    def show_about(self) -> None: ...  # noqa: D102
    def draw_new_seed(self) -> None: ...  # noqa: D102
    def close(self) -> bool: ...  # noqa: D102


def always(_: State) -> bool:
    """Enable the action whatever stands."""
    return True


@dataclass(frozen=True, kw_only=True)
class Action:
    """One thing to do: its dotted id, how it is named, drawn and reached, and what it does."""

    id: str
    title: str
    run: Callable[[Desk], object]
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    tip: str = ""
    enabled_when: Callable[[State], bool] = always


#: Between two actions of a menu: a line.
SEPARATOR = None
Menu = tuple[str, tuple[Action | None, ...]]
