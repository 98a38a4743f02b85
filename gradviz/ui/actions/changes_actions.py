"""The Inspect menu's actions on recordings: keep one to compare with, and clear it."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import Action
from gradviz.ui.actions.conditions import has_steps

KEEP = Action(
    id="gradviz.view.keep_recording",
    title=marked("Keep this recording for comparison"),
    short=marked("Keep"),
    tip=marked(
        "Lay later passes of this model over this one; the panel Changes tells what differs"
    ),
    shortcuts=("Ctrl+M",),
    enabled_when=has_steps,
    run=lambda window: window.workbench.changes.keep(),
)
CLEAR = Action(
    id="gradviz.view.clear_kept",
    title=marked("Clear the kept recording"),
    short=marked("Clear"),
    tip=marked("Compare with no kept recording any more"),
    shortcuts=("Ctrl+Shift+M",),
    enabled_when=lambda state: state.compared,
    run=lambda window: window.workbench.changes.clear(),
)
ACTIONS = (KEEP, CLEAR)
