"""A run with its trainer, its newest recording, and the tasks that answer questions about it."""

import time
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from typing import Any, Final

from gradviz.core.errors import RecordingError
from gradviz.core.graphs.trace import Trace
from gradviz.core.language.saying import tr
from gradviz.engine.inspection.cooperative_tasks import CooperativeTasks
from gradviz.engine.recording.memory_limit import limited
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.engine.training.image_reports import ImageReports
from gradviz.engine.training.plane_reports import PlaneReports
from gradviz.engine.training.setting_reports import SettingReports
from gradviz.engine.training.trainer import Trainer
from gradviz.protocol.events import BackwardRecorded, Event

#: While training, a backward pass is recorded at most this often, ...
RECORDING_S: Final = 0.1
#: ... and recording takes at most this share of the time, however large the graph is.
RECORDING_SHARE: Final = 0.02


class Session:
    """One built model, from its first weights until another takes its place."""

    def __init__(self, number: int, run: Run, limit_mb: int) -> None:
        self.number = number
        self.limit_mb = limit_mb
        self.run = run
        self.images = ImageReports(number, run)
        self.plane = PlaneReports(number, run)
        self.settings = SettingReports(number, run)
        self.next_recording = 0.0
        #: How long the last recording took.
        self.recording_s = 0.0
        self.recordings = 0
        self.recording: Recording | None = None
        self.tasks = CooperativeTasks()

    @cached_property
    def trainer(self) -> Trainer:
        """Return the trainer; raises SettingError in mode "point"."""
        return Trainer(self.run)

    def wait_for_recording(self) -> None:
        """Let a training that begins run for a while before it is recorded."""
        self.next_recording = time.perf_counter() + RECORDING_S

    def recorded(self) -> BackwardRecorded:
        """Record one backward pass with the weights of this moment."""
        started = time.perf_counter()
        _, recording = self.run.recording(self.trainer.step)
        ended = time.perf_counter()
        self.recording_s = ended - started
        self.next_recording = ended + max(RECORDING_S, (ended - started) / RECORDING_SHARE)
        return self.told(recording)

    def newest(self, number: int) -> Recording:
        """Return the newest recording; raises RecordingError if another number is meant."""
        if self.recording is None or number != self.recordings:
            raise RecordingError(
                tr("The tensors of that pass are not kept any more."),
                tr("Look at the newest pass."),
            )
        return self.recording

    def told(self, recording: Recording) -> BackwardRecorded:
        """Keep the recording in place of the one before, for later questions, and report it."""
        self.tasks.end_all()
        self.recording = recording
        self.recordings += 1
        recording.tensors.buffers = self._buffers
        let_go = limited(recording, self.limit_mb, partial(self._again, recording.trace))
        graph, trace = recording.graph, recording.trace
        return BackwardRecorded(self.number, graph, trace, self.recordings, let_go)

    def limited_to(self, recording_mb: int) -> Iterator[Event]:
        """Keep the tensors of a recording up to another limit, and record the same pass again."""
        self.limit_mb = recording_mb
        if self.recording is not None:
            yield self.told(self._again(self.recording.trace))

    def _again(self, trace: Trace) -> Recording:
        """Run the pass of `trace` again, and leave the model as it is."""
        memory = self.run.model.memory()
        try:
            return self.run.recording(trace.at_step)[1]
        finally:
            self.run.model.recall(memory)

    def _buffers(self, node: str) -> Mapping[str, Any]:
        """Return the optimizer's state for the parameter at a node."""
        known = self.recording.graph.node.get(node) if self.recording else None
        if self.run.mode != "fit" or known is None or known.op not in self.run.model.parameters:
            return {}
        return self.trainer.buffers(known.op)
