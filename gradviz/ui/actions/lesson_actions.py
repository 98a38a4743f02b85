"""The actions of lessons, which stand in the Help menu and on the bar of a lesson."""

from gradviz.ui.actions.action import Action

LESSONS = Action(
    id="gradviz.help.lessons",
    title="Lessons…",
    tip="Choose a lesson, which goes on where it was left",
    shortcuts=("F7",),
    enabled_when=lambda state: not state.attached,
    run=lambda window: window.lessons.choose(),
)
NEXT = Action(
    id="gradviz.help.lesson_next",
    title="Next step of the lesson",
    short="Next",
    tip="Go on, once the step is done",
    shortcuts=("F8",),
    enabled_when=lambda state: state.lesson.standing.forward,
    run=lambda window: window.lessons.next(),
)
BACK = Action(
    id="gradviz.help.lesson_back",
    title="Step of the lesson before",
    short="Back",
    tip="Return to the sentence before",
    shortcuts=("Shift+F8",),
    enabled_when=lambda state: state.lesson.standing.back,
    run=lambda window: window.lessons.back(),
)
SHOW = Action(
    id="gradviz.help.lesson_show",
    title="Show me",
    tip="Have the step of the lesson done by the window",
    shortcuts=("Ctrl+F8",),
    enabled_when=lambda state: state.lesson.standing.showing,
    run=lambda window: window.lessons.show_me(),
)
END = Action(
    id="gradviz.help.lesson_end",
    title="End the lesson",
    short="End",
    tip="Close the lesson; it goes on at this step when it is chosen again",
    shortcuts=("Ctrl+Shift+F8",),
    enabled_when=lambda state: state.lesson.standing.running,
    run=lambda window: window.lessons.end(),
)
ON_THE_BAR = (BACK, SHOW, NEXT, END)
ACTIONS = (LESSONS, BACK, NEXT, SHOW, END)
