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
        id="gradviz.help.about",
        title="About gradviz",
        run=lambda window: window.show_about(),
    ),
)
