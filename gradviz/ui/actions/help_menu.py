"""The Help menu."""

from gradviz.ui.actions.action import Action

ACTIONS = (
    Action(
        id="gradviz.help.shortcuts",
        title="Keyboard shortcuts",
        shortcuts=("F1",),
        run=lambda window: window.show_shortcuts(),
    ),
    Action(
        id="gradviz.help.signs",
        title="Signs in the graph",
        tip="Show what each box, line, colour and mark of the graph means",
        run=lambda window: window.show_signs(),
    ),
    Action(
        id="gradviz.help.about",
        title="About gradviz",
        run=lambda window: window.show_about(),
    ),
)
