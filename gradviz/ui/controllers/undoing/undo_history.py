"""The history of the choices of the user, through which undo and redo go."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from gradviz.core.choices.settings import DATA_FIELDS, Model
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.language.saying import tr
from gradviz.ui.controllers.undoing.choices import Choices, change_between, other_data_alone
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import State

#: Older changes are forgotten.
_MOST_CHANGES = 200


class UndoHistory(QObject):
    """Looks at the choices whenever they have settled, and keeps each change of them.

    It follows the state alone, so that a choice can be undone wherever in the window it was made.
    A model is kept once it stands: one that could not be built is no change. All that is typed
    into the expression field while the cursor stays there is one change.
    """

    def __init__(
        self,
        state: State,
        workbench: Workbench,
        choose_pace: Callable[[float], None],
        choose_names: Callable[[NodeNames], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._choose_pace = choose_pace
        self._choose_names = choose_names
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_MOST_CHANGES)
        #: The choices after the last change; None before the first model stands.
        self._standing: Choices | None = None
        #: Whether the next settled choices are those of an undo, and no change of the user's.
        self._returning = False
        #: How often the focus has moved, and how often it had when the last text was taken.
        self._stay = 0
        self._typed_at = 0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._settle)
        for signal in (
            state.model_built,
            state.data_changed,
            state.choice_changed,
            state.training_changed,
            state.pace_changed,
            state.building_changed,
            state.shown.changed,
        ):
            signal.connect(self.look_soon)
        state.expression_checked.connect(self._on_expression_checked)
        workbench.sessions.taken.connect(self._forget)
        self._stack.indexChanged.connect(self._tell)
        state.language_changed.connect(self._tell)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def look_soon(self) -> None:
        """Look for a change once all that follows from it has been done."""
        self._soon.start()

    def undo(self) -> None:
        """Return to the choices before the last change."""
        self._stack.undo()

    def redo(self) -> None:
        """Choose again the choices that were undone last."""
        self._stack.redo()

    # Following the choices

    def _settle(self) -> None:
        now = self._now()
        if now is None:
            return
        before, self._standing = self._standing, now
        returning, self._returning = self._returning, False
        stay, self._typed_at = self._typed_at, 0
        if before is None or returning:
            self._tell()
            return
        change = change_between(before, now, self._is_typed)
        if change:
            self._stack.push(_Change(self._return_to, before, now, change, stay))

    def _now(self) -> Choices | None:
        """Return the choices, None while a model is typed or built, or another one stands."""
        state, workbench = self._state, self._workbench
        shown = Choices(
            pace=state.pace,
            recording_mb=workbench.recording_mb,
            flow=workbench.sessions.direction(),
            names=state.shown.names,
        )
        if state.attached:
            return shown
        built, model = state.built, state.model
        if built is None or state.building or state.error is not None:
            return None
        text = self._text_of(built.model)
        stands = msgspec.structs.replace(built.model, mode=model.mode) == model
        if not stands or text != state.text:
            return None
        return msgspec.structs.replace(shown, text=text, model=model, training=state.training)

    def _text_of(self, model: Model) -> str:
        """Return the text of the field while this model stands, and nothing else is typed."""
        entry = self._state.built_entry
        if entry is not None:
            return f"y = {entry.expression}" if entry.expression else ""
        return "" if model.trusted else model.source

    def _is_typed(self, model: Model) -> bool:
        catalogue = self._state.catalogue
        ready_made = catalogue is not None and catalogue.model(model.source) is not None
        return not model.trusted and not ready_made

    def _on_expression_checked(self) -> None:
        self._typed_at = self._stay if isinstance(QApplication.focusWidget(), QPlainTextEdit) else 0

    def _on_focus_changed(self, _old: QWidget | None, _new: QWidget | None) -> None:
        self._stay += 1

    def _forget(self) -> None:
        """Begin anew with a session that was opened: before it there was another piece of work."""
        self._stack.clear()
        self._standing = None
        self.look_soon()

    def _tell(self) -> None:
        state, stack = self._state, self._stack
        undone, redone = tr(stack.undoText()), tr(stack.redoText())
        state.undo_title = tr("Undo {change}", change=undone) if stack.canUndo() else ""
        state.redo_title = tr("Redo {change}", change=redone) if stack.canRedo() else ""
        state.history_changed.emit()

    # Going back and forth

    def _return_to(self, choices: Choices) -> None:
        self._returning = True
        state, workbench = self._state, self._workbench
        self._choose_pace(choices.pace)
        if choices.names != state.shown.names:
            self._choose_names(choices.names)
        workbench.choose_recording_mb(choices.recording_mb)
        workbench.sessions.turn(choices.flow)
        if choices.model is not None and choices.training is not None:
            self._return_to_model(choices, choices.model)
        self.look_soon()

    def _return_to_model(self, choices: Choices, model: Model) -> None:
        state, workbench = self._state, self._workbench
        training = choices.training
        if training is None:
            return
        if state.trainable and other_data_alone(state.model, model):
            workbench.choose_data(**{name: getattr(model, name) for name in DATA_FIELDS})
        elif state.model != model or state.text != choices.text:
            workbench.take_model(choices.text, model)
            # Another model has settings of its own, until it is told these.
            workbench.once_built(lambda: workbench.take_training(training))
            return
        if state.training != training:
            workbench.take_training(training)


class _Change(QUndoCommand):
    """One change of the choices."""

    def __init__(
        self,
        return_to: Callable[[Choices], None],
        before: Choices,
        after: Choices,
        change: str,
        stay: int,
    ) -> None:
        super().__init__(change)
        self._return_to = return_to
        self.before = before
        self.after = after
        #: Where the text was typed; 0 where it was not, and no other change is joined to it.
        self.stay = stay
        self._done = True

    def id(self) -> int:
        return 1 if self.stay else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Change) or other.stay != self.stay:
            return False
        self.after = other.after
        self.setObsolete(self.after == self.before)
        return True

    def undo(self) -> None:
        self._return_to(self.before)

    def redo(self) -> None:
        # To push it is to redo it, though the change has been made.
        if self._done:
            self._done = False
        else:
            self._return_to(self.after)
