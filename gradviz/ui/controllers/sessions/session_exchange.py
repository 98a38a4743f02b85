"""A session of the window: gathered from the state and the engine, and taken up by both."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from gradviz.core.choices.settings import Model, Training
from gradviz.core.graphs.shown.node_names import NodeNames
from gradviz.core.graphs.shown.showing import Showing
from gradviz.core.graphs.tensors import floats_of
from gradviz.core.graphs.walk import on_timeline
from gradviz.core.language.saying import sentences, tr
from gradviz.own.source import file_of
from gradviz.protocol.commands import Command, RestoreState, SaveState
from gradviz.protocol.events import StateRestored, StateSaved
from gradviz.protocol.training_state import (
    MAXIMUM_STATE_BYTES,
    StatePart,
    StateParts,
    TrainingState,
    parts_of,
)
from gradviz.session_files.contents import Flow, LessonPlace, SavedSession, StoredSession, View
from gradviz.ui.state.window_state import Notice, Progress, State
from gradviz.ui.workspaces import WORKSPACES


class Gathered:
    """A session as it was at a moment, with the parts of its state.

    Attributes:
        session: The session, but for the state of its training.
        problem: Why there is no state though the model was trained; empty otherwise.
    """

    def __init__(self, session: SavedSession, parts: StateParts | None, problem: str = "") -> None:
        self.session = session
        self.problem = problem
        self._parts = parts
        self._kept: StateParts | None = None

    def with_kept(self, found: "Gathered") -> "Gathered":
        """Return it with the recording for comparison that was gathered before, if there is one."""
        self._kept = found._parts
        return self

    def stored(self) -> StoredSession:
        """Return it as it is in a file; to join the parts takes a while, in whatever thread."""
        kept = self._kept.state().tensors if self._kept is not None else b""
        if self._parts is None:
            return StoredSession(self.session, b"", kept)
        state = self._parts.state()
        session = msgspec.structs.replace(self.session, state=msgspec.Raw(state.structure))
        return StoredSession(session, state.tensors, kept)


class Opened(NamedTuple):
    """A session that was read, and the state of its training in parts; none where it has none.

    `kept` are those of the recording that was kept for comparison.
    """

    session: SavedSession
    parts: tuple[StatePart, ...]
    kept: tuple[StatePart, ...] = ()

    @classmethod
    def of(cls, stored: StoredSession) -> "Opened":
        """Divide the state into parts, which takes a while, in whatever thread."""
        kept = tuple(parts_of(TrainingState(b"", stored.kept))) if stored.kept else ()
        if not stored.session.trained:
            return cls(stored.session, (), kept)
        state = TrainingState(bytes(stored.session.state), stored.tensors)
        return cls(stored.session, tuple(parts_of(state)), kept)


class _Workbench(Protocol):
    """The part of the Workbench that sessions need."""

    recording_mb: int

    @property
    def newest_run(self) -> int: ...
    @property
    def showing(self) -> "_Showing": ...
    @property
    def kept_title(self) -> str: ...
    def take_session(self, work: SavedSession) -> None: ...
    def take_training(self, training: Training) -> None: ...
    def choose_workspace(self, name: str) -> None: ...
    def choose_pace(self, steps_per_second: float) -> None: ...
    def choose_recording_mb(self, megabytes: int) -> None: ...
    def move_cursor(self, cursor: int) -> None: ...
    def select(self, node: str | None) -> None: ...
    def visit_step(self, step: int) -> None: ...


class _Showing(Protocol):
    def take(self, showing: Showing) -> None: ...
    def choose_names(self, names: NodeNames) -> None: ...


class SessionExchange(QObject):
    """Gathers what is open as a session, and takes one up.

    Attributes:
        direction: Returns whether the graph runs down or to the right; set by the window.
        turn: Lets it do so; set by the window.
        lesson: Returns the step at which a lesson is, if one runs; set by the window.
        resume_lesson: Shows a lesson at a step; set by the window.
        open_file: Shows a user's own file, which runs only if it is trusted; set by the window.
    """

    #: A session that was taken up is shown, with its training where it has any.
    taken = Signal()

    def __init__(
        self,
        state: State,
        workbench: _Workbench,
        send: Callable[[Command], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._workbench = workbench
        self._send = send
        self.direction: Callable[[], Flow] = lambda: "TB"
        self.turn: Callable[[Flow], None] = lambda _: None
        self.lesson: Callable[[], LessonPlace | None] = lambda: None
        self.resume_lesson: Callable[[LessonPlace], None] = lambda _: None
        self.open_file: Callable[[Model], None] = lambda _: None
        self._number = 0
        self._asked: dict[int, tuple[Callable[[Gathered], None], StateParts]] = {}
        self._coming: Opened | None = None
        #: A sentence about the file of the model, where it is not the one of the session.
        self._changed = ""
        #: How it is to be shown at the next recording, and at the one of a restored training.
        self._view: View | None = None
        self._view_of_restored: View | None = None
        state.model_built.connect(self._on_model_built)
        state.recorded.connect(self._on_recorded)
        state.engine_changed.connect(self._answer_all)

    # Gathering

    def gather(
        self, then: Callable[[Gathered], None], most_bytes: int = MAXIMUM_STATE_BYTES
    ) -> None:
        """Call `then` with the session as it is, once the engine has told its part."""
        state = self._state
        if state.built is None:
            return
        if not self._workbench.kept_title:
            self._gather_state(then, most_bytes)
            return

        def go_on(found: Gathered) -> None:
            self._gather_state(lambda gathered: then(gathered.with_kept(found)), most_bytes)

        self._number += 1
        self._asked[self._number] = go_on, StateParts()
        self._send(SaveState(state.built.run, self._number, most_bytes, kept=True))

    def _gather_state(self, then: Callable[[Gathered], None], most_bytes: int) -> None:
        state = self._state
        if state.built is None:
            return
        if not (state.trainable and (state.progress.newest_step or state.progress.running)):
            then(Gathered(self.session(), None))
            return
        self._number += 1
        self._asked[self._number] = then, StateParts()
        self._send(SaveState(state.built.run, self._number, most_bytes))

    def session(self) -> SavedSession:
        """Return what is open and how it is shown, without the state of the training."""
        state = self._state
        built, progress = state.built, state.progress
        model = state.model
        if built is not None:
            model = msgspec.structs.replace(built.model, mode=state.model.mode)
        return SavedSession(
            text=self._text(),
            model=model,
            training=state.training,
            pace=state.pace,
            recording_mb=self._workbench.recording_mb,
            kept=self._workbench.kept_title,
            steps_done=progress.newest_step,
            view=View(
                workspace=state.workspace,
                showing=state.shown.showing,
                names=state.shown.names,
                direction=self.direction(),
                cursor=state.cursor if state.trace is not None else None,
                selected=state.selected,
                step=progress.step if progress.newest is not None else None,
                lesson=self.lesson(),
            ),
        )

    def _text(self) -> str:
        """Return the text of the model: what is typed, unless that is no expression."""
        state = self._state
        if state.error is None or state.built is None:
            return state.text
        if state.built_entry is not None:
            return f"y = {state.built_entry.expression}" if state.built_entry.expression else ""
        return "" if state.built.model.trusted else state.built.model.source

    def hear(self, event: StateSaved | StateRestored) -> None:
        """Take a part of a state, or that one was restored."""
        if isinstance(event, StateRestored):
            self._on_restored(event)
            return
        asked = self._asked.get(event.number)
        if asked is None:
            return
        then, parts = asked
        if event.part is not None and not parts.take(event.part):
            return
        del self._asked[event.number]
        session = msgspec.structs.replace(self.session(), steps_done=event.step)
        then(Gathered(session, parts if event.part is not None else None, event.problem))

    def _answer_all(self) -> None:
        """Answer without a state where the engine, or the model, that was asked is no more."""
        asked, self._asked = self._asked, {}
        for then, _ in asked.values():
            then(Gathered(self.session(), None))

    # Taking up

    def take(self, opened: Opened) -> None:
        """Build the model of a session, and let its training and its view follow."""
        model = opened.session.model
        self._coming = opened
        self._changed = ""
        if model.trusted:
            # Whether the file is still trusted is for its dialog to say.
            self.open_file(model)
        else:
            self._workbench.take_session(opened.session)

    def _on_model_built(self) -> None:
        self._answer_all()
        state, coming = self._state, self._coming
        self._view = self._view_of_restored = None
        if state.built is None or coming is None or state.built.run != self._workbench.newest_run:
            return
        self._coming = None
        session = coming.session
        built, kept = state.built.model, session.model
        if built.source != kept.source:
            return
        if built.trusted != kept.trusted:
            path, _ = file_of(kept) or (kept.source, "")
            self._changed = tr(
                "{file} has changed since the session was saved, and runs as it is now.",
                file=Path(path).name,
            )
        self._workbench.choose_pace(session.pace)
        self._workbench.choose_recording_mb(session.recording_mb)
        for part in coming.kept:
            self._send(RestoreState(state.built.run, part, kept=True))
        if coming.parts:
            self._view_of_restored = session.view
            state.training = session.training
            for part in coming.parts:
                self._send(RestoreState(state.built.run, part))
        else:
            self._view = session.view
            self._workbench.take_training(session.training)

    def _on_restored(self, event: StateRestored) -> None:
        state = self._state
        progress = Progress.beginning_with(event.first)
        progress.show(event.snapshot)
        progress.step = event.step
        progress.losses.extend(event.losses.floats())
        progress.learning_rate = event.learning_rate
        progress.data_steps = event.data_steps
        progress.first_prediction = floats_of(event.first.prediction)
        state.progress = progress
        self._view, self._view_of_restored = self._view_of_restored, None
        told = [each for each in (self._changed, event.problem, *event.notes) if each]
        if told:
            # One notice takes the place of another.
            serious = bool(event.problem)
            state.noticed.emit(Notice("session", sentences(told), event.hint, serious=serious))
        state.training_changed.emit()
        state.progressed.emit()

    def _on_recorded(self) -> None:
        """Show a session as it was shown, once its own pass is there."""
        state, view = self._state, self._view
        if view is None:
            return
        self._view = None
        workbench = self._workbench
        if view.workspace in {each.id for each in WORKSPACES}:
            workbench.choose_workspace(view.workspace)
        workbench.showing.choose_names(view.names)
        self.turn(view.direction)
        workbench.showing.take(view.showing)
        if view.cursor is not None:
            workbench.move_cursor(on_timeline(state.trace, view.cursor))
        if view.selected is not None and state.graph and view.selected in state.graph.node:
            workbench.select(view.selected)
        if view.step is not None:
            workbench.visit_step(view.step)
        if view.lesson is not None:
            self.resume_lesson(view.lesson)
        self.taken.emit()
