"""The actions of lessons, which stand in the Help menu and on the bar of a lesson."""

from gradviz.core.language.saying import marked
from gradviz.ui.actions.action import Action

LESSONS = Action(
    id="gradviz.help.lessons",
    title=marked("Lessons…"),
    tip=marked("Choose a lesson, which goes on where it was left"),
    shortcuts=("F7",),
    enabled_when=lambda state: not state.attached,
    run=lambda window: window.lessons.choose(),
)
NEXT = Action(
    id="gradviz.help.lesson_next",
    title=marked("Next step of the lesson"),
    short=marked("Next"),
    tip=marked("Go on, once the step is done"),
    shortcuts=("F8",),
    enabled_when=lambda state: state.lesson.standing.forward,
    run=lambda window: window.lessons.next(),
)
BACK = Action(
    id="gradviz.help.lesson_back",
    title=marked("Step of the lesson before"),
    short=marked("Back"),
    tip=marked("Return to the sentence before"),
    shortcuts=("Shift+F8",),
    enabled_when=lambda state: state.lesson.standing.back,
    run=lambda window: window.lessons.back(),
)
SHOW = Action(
    id="gradviz.help.lesson_show",
    title=marked("Show me"),
    tip=marked("Have the step of the lesson done by the window"),
    shortcuts=("Ctrl+F8",),
    enabled_when=lambda state: state.lesson.standing.showing,
    run=lambda window: window.lessons.show_me(),
)
END = Action(
    id="gradviz.help.lesson_end",
    title=marked("End the lesson"),
    short=marked("End"),
    tip=marked("Close the lesson; it goes on at this step when it is chosen again"),
    shortcuts=("Ctrl+Shift+F8",),
    enabled_when=lambda state: state.lesson.standing.running,
    run=lambda window: window.lessons.end(),
)
ON_THE_BAR = (BACK, SHOW, NEXT, END)
ACTIONS = (LESSONS, BACK, NEXT, SHOW, END)
