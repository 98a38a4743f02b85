"""Conditions on the window: its workspace, its panels, checks and notices."""

from collections.abc import Mapping
from typing import Final

from gradviz.core.findings.checks import BAD
from gradviz.core.lessons.lesson_data import Form
from gradviz.ui.lessons.conditions.condition import Condition
from gradviz.ui.lessons.lesson_window import LessonWindow
from gradviz.ui.panels import PANELS
from gradviz.ui.state.notice_causes import ENDS
from gradviz.ui.workspaces import WORKSPACES


def _sees(window: LessonWindow, name: str) -> bool:
    return window.panels.widgets[name].seen


def _is_checked(window: LessonWindow, _: bool) -> bool:
    found = window.workbench.checks.found
    bad = [each for check in found.values() for each in check.findings if each.verdict in BAD]
    return bool(found) and not bad and not window.state.checking


def tells(window: LessonWindow, subject: str) -> bool:
    """Tell whether the notice that is shown has this subject."""
    notice = window.notices.told
    return notice is not None and notice.subject == subject


CONDITIONS: Final[Mapping[str, Condition]] = {
    "workspace": Condition(
        Form("text", "The tab at the top right.", tuple(each.id for each in WORKSPACES)),
        lambda window, name: window.state.workspace == name,
        lambda window, name: window.workbench.choose_workspace(name),
    ),
    "panel": Condition(
        Form("text", "This panel is seen.", tuple(each.id for each in PANELS)),
        _sees,
        lambda window, name: window.show_panel(name),
    ),
    "checked": Condition(
        Form("true", "The gradients of all leaves are checked, and agree."),
        _is_checked,
        lambda window, _: window.workbench.checks.check_leaves(),
    ),
    "notice": Condition(
        Form("text", "The window tells of this.", tuple(sorted(ENDS)), shown=False), tells
    ),
}
