"""The console panel: the losses that PyTorch's tutorial prints, and its result line."""

from collections import deque
from itertools import islice

from gradviz.core.language.saying import marked, sentences, tr
from gradviz.core.number_text import counted
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.text_panel import TextPanel
from gradviz.ui.state.window_state import Notice, Progress
from gradviz.ui.widgets.pace import Pace

#: Older lines are forgotten.
MAXIMUM_LINES = 5000
#: Of every so many steps the last one's loss is printed, as in the tutorial.
_EVERY = 100
_REFRESH_MS = 100


class ConsolePanel(TextPanel):
    """Lines in order of arrival; while the panel is not seen they are kept and not written."""

    title = marked("What training prints")

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self.text.setMaximumBlockCount(MAXIMUM_LINES)
        self.note.setText(tr("Every hundredth loss, and the result."))
        self.clearing = self.button(tr("Clear"), tr("Forget these lines"))
        self.clearing.clicked.connect(self.clear)
        self._row.addWidget(self.clearing)
        self._lines: deque[str] = deque(maxlen=MAXIMUM_LINES)
        self._unwritten = 0
        self._progress = context.state.progress
        self._looked_at = 0
        context.state.branched.connect(self._on_branched)
        self._running = False
        self._writing = Pace(_REFRESH_MS, self.refresh, self)
        context.state.progressed.connect(self._on_progressed)
        context.state.training_changed.connect(self._on_training_changed)
        context.state.noticed.connect(self._on_noticed)

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines that have been printed, the oldest first."""
        return tuple(self._lines)

    def refresh(self) -> None:
        """Append the lines that have not been written yet."""
        self._collect()
        if self._unwritten:
            start = max(0, len(self._lines) - self._unwritten)
            self._unwritten = 0
            self.text.appendPlainText("\n".join(islice(self._lines, start, None)))

    def clear(self) -> None:
        """Forget all lines."""
        self._collect()
        self._lines.clear()
        self._unwritten = 0
        self.text.clear()

    def _print(self, line: str) -> None:
        self._lines.append(line)
        self._unwritten += 1
        self._request()

    def _request(self) -> None:
        if self.seen:
            self._writing.request()

    def _collect(self) -> None:
        """Print the losses that have arrived since the last call."""
        losses = self._progress.losses.values
        # A run that diverged returns to an earlier step.
        first = min(self._looked_at, len(losses))
        self._looked_at = len(losses)
        first = max(first, len(losses) - MAXIMUM_LINES * _EVERY)
        for step in range(first + (_EVERY - 1 - first) % _EVERY, len(losses), _EVERY):
            self._print(f"{step} {float(losses[step])}")

    def _follow(self, progress: Progress) -> None:
        """Turn to another run, or to the same one begun anew."""
        self._progress = progress
        self._looked_at = len(progress.losses)
        self._running = False

    def _on_branched(self) -> None:
        """Go on from the step at which another branch begins."""
        start = len(self._state.progress.losses)
        self._looked_at = min(self._looked_at, start)
        self._print(tr("# From step {step} on as a new branch", step=counted(start)))

    def _on_progressed(self) -> None:
        if self._state.progress is not self._progress:
            self._follow(self._state.progress)
        self._request()

    def _on_training_changed(self) -> None:
        progress = self._state.progress
        if progress is not self._progress:
            self._follow(progress)
        was_running, self._running = self._running, progress.running
        if progress.running and not was_running and progress.step == 0:
            self._print(self._headline())
        elif was_running and not progress.running:
            self._collect()
            self._print(tr("Result: {equation}", equation=progress.equation))

    def _headline(self) -> str:
        built, training = self._state.built, self._state.training
        optimizer, rate = training.optimizer, repr(training.learning_rate)
        if built is None:
            return tr("# {optimizer}, learning rate {rate}", optimizer=optimizer, rate=rate)
        return tr(
            "# {model}, seed {seed}, {optimizer}, learning rate {rate}",
            model=built.model.source,
            seed=built.model.seed,
            optimizer=optimizer,
            rate=rate,
        )

    def _on_noticed(self, notice: Notice) -> None:
        if notice.subject == "training":
            self._collect()
            self._print(f"# {sentences([notice.message, notice.hint])}")
