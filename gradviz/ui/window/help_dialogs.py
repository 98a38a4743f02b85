"""The dialogs of the help menu: documentation, signs, changes, a report, and the program."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from gradviz.core.errors import GradvizError
from gradviz.ui import actions
from gradviz.ui.controllers.reporting.problem_log import ProblemLog
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State
from gradviz.ui.window.theme_change import ThemeChange


class HelpDialogs:
    """Opens the dialogs of the help menu, each loaded when it is asked for."""

    def __init__(
        self,
        window: QWidget,
        state: State,
        workbench: Workbench,
        settings: QSettings,
        colours: ThemeChange,
    ) -> None:
        self._window = window
        self._state = state
        self._workbench = workbench
        self._settings = settings
        self._colours = colours
        self._log = ProblemLog(state, parent=window)

    def show_documentation(self) -> None:
        """Open the documentation in a browser, or say why it does not open."""
        from gradviz.ui.dialogs.documentation import open_documentation

        try:
            open_documentation()
        except GradvizError as error:
            self._workbench.report("window", error)

    def show_shortcuts(self) -> None:
        """Show every shortcut."""
        from gradviz.ui.dialogs import about

        about.show_shortcuts(self._window, actions.MENUS)

    def show_signs(self) -> None:
        """Show the legend of the graph."""
        from gradviz.ui.dialogs import signs

        signs.show_signs(self._window, self._colours.theme.look)

    def show_changes_of_update(self) -> None:
        """Show the changes of a version that is newer than the one used before, if it is."""
        from gradviz.ui.dialogs.whats_new import is_updated

        if is_updated(self._settings):
            self.show_whats_new()

    def show_whats_new(self) -> None:
        """Show the changes of the newest version, or say why not."""
        from gradviz.ui.dialogs.whats_new import show_whats_new

        try:
            show_whats_new(self._window)
        except GradvizError as error:
            self._workbench.report("window", error)

    def report_problem(self) -> None:
        """Show a report for the user to save."""
        from gradviz.ui.controllers.reporting.gathered_report import gathered_report
        from gradviz.ui.dialogs.problem_report import show_problem_report

        report = gathered_report(self._state, self._settings, self._log)
        show_problem_report(self._window, report)

    def show_about(self) -> None:
        """Show the dialog about the program."""
        from gradviz.ui.dialogs import about

        about.show_about(self._window, self._state.catalogue)
