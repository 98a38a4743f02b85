"""The events of a training, brought into its progress."""

from typing import assert_never

import msgspec

from gradviz.core.choices.settings import with_data_of
from gradviz.core.graphs.tensors import floats_of
from gradviz.protocol.events import (
    DataChanged,
    FrameTrained,
    ImagesClassified,
    LearningRateChanged,
    OptimizerStepExplained,
    PlaneClassified,
    StepVisited,
    TrainingReset,
    TrainingStopped,
)
from gradviz.ui.controllers.workbench import Workbench
from gradviz.ui.state.window_state import Notice, Progress, State

TrainingEvent = (
    DataChanged
    | FrameTrained
    | LearningRateChanged
    | TrainingStopped
    | TrainingReset
    | StepVisited
    | OptimizerStepExplained
    | ImagesClassified
    | PlaneClassified
)


class TrainingEvents:
    """Brings the progress, the data and the tests of the standing model up to date."""

    def __init__(self, state: State, workbench: Workbench) -> None:
        self._state = state
        self._workbench = workbench

    def hear(self, event: TrainingEvent) -> None:
        """Bring the state up to date."""
        match event:
            case DataChanged():
                self._on_data_changed(event)
            case FrameTrained():
                self._on_frame_trained(event)
            case LearningRateChanged():
                self._state.progress.learning_rate = event.learning_rate
                self._state.progressed.emit()
            case TrainingStopped():
                self._on_training_stopped(event)
            case TrainingReset():
                self._on_training_reset(event)
            case StepVisited():
                self._on_step_visited(event)
            case OptimizerStepExplained():
                self._on_step_explained(event)
            case ImagesClassified():
                self._on_images_classified(event)
            case PlaneClassified():
                self._state.surface = event
                self._state.plane_classified.emit()
            case _:
                assert_never(event)

    def _on_data_changed(self, event: DataChanged) -> None:
        """Show the new data, which the same model is fitted to."""
        state = self._state
        if state.built is None:
            return
        state.built = msgspec.structs.replace(
            state.built, model=event.model, x=event.x, target=event.target, grid=event.grid
        )
        state.model = with_data_of(state.model, event.model)
        state.progress.data_steps = event.data_steps
        state.progress.prediction = floats_of(event.prediction)
        state.progress.first_prediction = floats_of(event.first_prediction)
        state.progress.curve = floats_of(event.curve)
        state.progress.first_curve = floats_of(event.first_curve)
        state.choice_changed.emit()
        state.data_changed.emit()
        state.progressed.emit()

    def _on_frame_trained(self, event: FrameTrained) -> None:
        progress = self._state.progress
        if progress.begin_branch():
            self._state.branched.emit()
        progress.failed_step = None
        progress.data_steps = event.data_steps
        progress.step = event.step
        progress.losses.extend(event.losses.floats())
        # A run that diverged returns to a step whose loss an earlier frame may have brought.
        progress.losses.shorten(event.step)
        progress.show(event.snapshot)
        progress.steps_per_second = event.steps_per_second
        progress.learning_rate = event.learning_rate
        self._state.progressed.emit()

    def _on_training_stopped(self, event: TrainingStopped) -> None:
        self._state.progress.failed_step = event.failed_step
        self._workbench.set_running(False)
        if event.reason == "diverged":
            self._state.noticed.emit(Notice("training", event.message))

    def _on_step_visited(self, event: StepVisited) -> None:
        progress = self._state.progress
        past = event.step != event.newest
        progress.step = event.step
        progress.newest = event.newest if past else None
        progress.data_steps = event.data_steps
        progress.visited_loss = event.loss if past else None
        progress.show(event.snapshot)
        self._workbench.end_visit()
        self._state.progressed.emit()

    def _on_step_explained(self, event: OptimizerStepExplained) -> None:
        progress = self._state.progress
        progress.explained, progress.explained_step = event.explained, event.step
        self._state.step_explained.emit()

    def _on_training_reset(self, event: TrainingReset) -> None:
        state = self._state
        state.progress = Progress.beginning_with(event.snapshot)
        state.training_changed.emit()
        state.progressed.emit()

    def _on_images_classified(self, event: ImagesClassified) -> None:
        """Keep the test of each step; a repeated step drops the tests from it on."""
        tests = self._state.tests
        while tests and tests[-1].step >= event.step:
            tests.pop()
        tests.append(event)
        self._state.images_classified.emit()
