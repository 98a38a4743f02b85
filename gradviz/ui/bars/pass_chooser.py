"""The choice among the passes that another program has kept."""

from PySide6.QtWidgets import QComboBox

from gradviz.core.language.saying import tr
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.naming import named


class PassChooser(QComboBox):
    """A list of the kept passes, the oldest first; hidden where there is nothing to choose."""

    def __init__(self, state: State, workbench: Workbench) -> None:
        super().__init__()
        named(
            self,
            "passes",
            title=tr("Recorded pass"),
            tip=tr("The passes that the program has kept"),
        )
        self._state = state
        self._workbench = workbench
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.hide()
        state.passes_listed.connect(self._show)
        # Only the user's choice, and not that of the program.
        self.activated.connect(self._choose)

    def _show(self) -> None:
        passes = self._state.passes
        if passes is None:
            return
        titles = list(passes.titles)
        if titles != [self.itemText(row) for row in range(self.count())]:
            self.clear()
            self.addItems(titles)
        self.setCurrentIndex(passes.shown)
        self.setVisible(len(titles) > 1)

    def _choose(self, row: int) -> None:
        if self._state.passes is not None:
            self._workbench.visit_pass(self._state.passes.steps[row])
