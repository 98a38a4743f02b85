"""The choices of menus that the window remembers from one start to the next."""

from PySide6.QtCore import QSettings

from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.ui.actions.pace_actions import PACES
from gradviz.ui.controllers.workbench import Workbench

#: Where the walk begins, in the settings: "inputs" or "turn".
_BEGINS = "walk_begins"
#: The most steps a second of a training, in the settings.
_PACE = "pace"
#: Whether gradients are to be predicted first, in the settings: "on" or "off".
_PREDICTING = "predict_first"
#: Whether there is a minimap, in the settings: "on" or "off".
_MINIMAP = "minimap"
#: Whether edges show local derivatives, in the settings: "on" or "off".
_DERIVATIVES = "local_derivatives"
#: By which names nodes are shown, in the settings: "forward" or "backward".
_NAMES = "node_names"


class KeptChoices:
    """Hands each choice to the workbench and writes it into the settings."""

    def __init__(self, settings: QSettings, workbench: Workbench) -> None:
        self._settings = settings
        self._workbench = workbench

    def restore(self) -> None:
        """Make the latest choices again."""
        settings, workbench = self._settings, self._workbench
        workbench.choose_beginning(at_inputs=settings.value(_BEGINS, "turn") == "inputs")
        workbench.choose_pace(self._pace())
        workbench.predictions.choose(settings.value(_PREDICTING, "off") == "on")
        workbench.choose_minimap(settings.value(_MINIMAP, "on") == "on")
        workbench.derivatives.choose(settings.value(_DERIVATIVES, "off") == "on")
        backward = settings.value(_NAMES, "forward") == "backward"
        workbench.showing.choose_names("backward" if backward else "forward")

    def choose_beginning(self, *, at_inputs: bool) -> None:
        """Have the walk begin at the inputs or at the turn."""
        self._settings.setValue(_BEGINS, "inputs" if at_inputs else "turn")
        self._workbench.choose_beginning(at_inputs=at_inputs)

    def choose_pace(self, steps_per_second: float) -> None:
        """Train at most so many steps a second; 0 is full speed."""
        self._settings.setValue(_PACE, str(steps_per_second))
        self._workbench.choose_pace(steps_per_second)

    def choose_predicting(self, wanted: bool) -> None:
        """Hide the gradients of each step until they are asked for, or show them."""
        self._settings.setValue(_PREDICTING, "on" if wanted else "off")
        self._workbench.predictions.choose(wanted)

    def choose_minimap(self, wanted: bool) -> None:
        """Have a minimap over a graph of which a part alone is in sight, or none."""
        self._settings.setValue(_MINIMAP, "on" if wanted else "off")
        self._workbench.choose_minimap(wanted)

    def choose_derivatives(self, wanted: bool) -> None:
        """Show local derivatives on the edges, or none."""
        self._settings.setValue(_DERIVATIVES, "on" if wanted else "off")
        self._workbench.derivatives.choose(wanted)

    def choose_names(self, names: NodeNames) -> None:
        """Name nodes by the forward or the backward pass."""
        self._settings.setValue(_NAMES, names)
        self._workbench.showing.choose_names(names)

    def _pace(self) -> float:
        """Return the pace that was chosen last, full speed where it is none that can be chosen."""
        chosen = str(self._settings.value(_PACE, ""))
        return next((pace for pace in PACES if str(pace) == chosen), 0.0)
