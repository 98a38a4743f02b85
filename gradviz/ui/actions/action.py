"""Actions as data, from which menus, shortcuts, the toolbar and the palette are made."""

from collections.abc import Callable
from dataclasses import dataclass

from gradviz.ui.state.window_state import State
from gradviz.ui.window.action_context import ActionContext


def always(_: State) -> bool:
    """Enable the action in every state."""
    return True


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action: its dotted id, its title, icon and shortcuts, its conditions, and its call.

    Title, `short` and tip are marked, and translated where they are shown; `title_when` translates.
    `short` is its name on a button, where the title is too long for one. `keys` are further
    shortcuts that count only while the graph has the focus. An action that can be on or off has
    `checked_when`, which tells whether it is on; one whose title changes has `title_when`.
    """

    id: str
    title: str
    short: str = ""
    run: Callable[[ActionContext], object]
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    tip: str = ""
    enabled_when: Callable[[State], bool] = always
    checked_when: Callable[[State], bool] | None = None
    title_when: Callable[[State], str] | None = None


#: Between two actions of a menu: a line.
SEPARATOR = None
Menu = tuple[str, tuple[Action | None, ...]]
