"""The Help menu."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions import lesson_actions
from gradviz.ui.actions.action import SEPARATOR, Action

ACTIONS = (
    *lesson_actions.ACTIONS,
    SEPARATOR,
    Action(
        id="gradviz.help.documentation",
        title=marked("Documentation"),
        tip=marked("Open the documentation in a browser; it needs no network"),
        shortcuts=("Shift+F1",),
        run=lambda window: window.help.show_documentation(),
    ),
    Action(
        id="gradviz.help.shortcuts",
        title=marked("Keyboard shortcuts"),
        shortcuts=("F1",),
        run=lambda window: window.help.show_shortcuts(),
    ),
    Action(
        id="gradviz.help.signs",
        title=marked("Signs in the graph"),
        tip=marked("Show what each box, line, colour and mark of the graph means"),
        run=lambda window: window.help.show_signs(),
    ),
    Action(
        id="gradviz.help.whats_new",
        title=marked("What's new"),
        tip=marked("Show the changes of the newest version"),
        run=lambda window: window.help.show_whats_new(),
    ),
    Action(
        id="gradviz.help.report",
        title=marked("Report a problem…"),
        tip=marked("Write versions, settings and the last errors to a file; nothing is sent"),
        run=lambda window: window.help.report_problem(),
    ),
    Action(
        id="gradviz.help.about",
        title=marked("About gradviz"),
        run=lambda window: window.help.show_about(),
    ),
)
