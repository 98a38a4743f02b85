"""What a panel is: a row from which the window makes a dock, its menu entry and its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtWidgets import QWidget

from gradviz.ui.actions.registry import ActionRegistry
from gradviz.ui.icons import Icons
from gradviz.ui.state import State
from gradviz.ui.theme import Theme
from gradviz.ui.workbench import Workbench

Area = Literal["left", "right", "bottom"]


@dataclass(frozen=True)
class PanelContext:
    """What a panel is made from."""

    state: State
    workbench: Workbench
    actions: ActionRegistry
    icons: Icons
    theme: Theme


class PanelWidget(QWidget):
    """The content of a dock."""

    def use_theme(self, theme: Theme) -> None:
        """Draw in the colours of `theme`; style sheets follow by themselves."""


@dataclass(frozen=True)
class Panel:
    """One row of the list of panels; docks of one area stand in the order of the list."""

    id: str
    title: str
    area: Area
    make: Callable[[PanelContext], PanelWidget]
