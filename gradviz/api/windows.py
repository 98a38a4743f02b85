"""A window on tensors of this process: the window is the child, a thread here answers it."""

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from gradviz.core.collector_pause import without_collecting
from gradviz.core.display import require_display
from gradviz.core.errors import ProcessError
from gradviz.core.language.saying import marked, remember_what_is_said, tr
from gradviz.protocol.module_process import module_command, started
from gradviz.protocol.process_family import ProcessFamily

if TYPE_CHECKING:
    from gradviz.engine.captured.kept_pass import Shown
    from gradviz.engine.presenter import Presenter
    from gradviz.protocol.child import Child
    from gradviz.protocol.commands import Command
    from gradviz.protocol.events import Event
    from gradviz.protocol.graph_crossing import Crossing

WINDOW_COMMAND = module_command("gradviz.attached")
_HEADLESS: Final = marked(
    "Without one, gradviz.capture(output).save('graph.svg') writes the picture."
)

#: The end of an answer that nobody wants any more is waited for so long, at most.
_ANSWER_S: Final = 5.0
#: What the thread of a window does next: a part of the events to send, made in that thread.
_Work = Callable[["Presenter"], Iterator["Event"]]


class OpenWindow:
    """An open window; `gradviz.show` opens it.

    It ends when the user closes it, at `close`, and with this process, however that ends.
    """

    def __init__(self) -> None:
        """Open it, empty.

        Raises:
            DisplayError: there is no screen to open it on.
            ProcessError: it could not be started.
        """
        require_display(tr(_HEADLESS))
        self._work: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._closing = False
        self._process = os.getpid()
        self._name = ""
        try:
            process = started(WINDOW_COMMAND)
        except OSError as error:
            raise ProcessError(
                tr("The window could not be started: {reason}.", reason=error.strerror or error),
                tr(_HEADLESS),
            ) from error
        self._child = self._spoken_with(process)
        # A daemon: a script that has been refused a window ends all the same.
        self._server = threading.Thread(target=self._serve, name="gradviz window", daemon=True)
        self._server.start()

    def __repr__(self) -> str:
        """Return a line such as `<gradviz window on loss, open>`."""
        state = "open" if self.is_open else "closed"
        return f"<gradviz window{f' on {self._name}' if self._name else ''}, {state}>"

    @property
    def is_open(self) -> bool:
        """Tell whether the user can still see it; in a fork of the process that opened it, no."""
        return not self._closed.is_set() and os.getpid() == self._process

    @property
    def pid(self) -> int:
        """Return the id of the window's process."""
        return self._child.pid

    def present(self, name: str, passes: Sequence["Shown"]) -> None:
        """Show the last of `passes` under a name, with the others to choose from."""
        self._name = name
        shown = tuple(passes)
        self._work.put(lambda presenter: presenter.present(name, shown))

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the user has closed it, at most `timeout` seconds; tell whether it is."""
        if not self.is_open:
            return True
        return self._closed.wait(timeout)

    def kill(self) -> None:
        """End it at once: nothing has been shown in it."""
        self._closing = True
        self._child.kill()
        self.close()

    def close(self) -> None:
        """Close it, and wait for that, and for the end of the answer that is in hand.

        At the end of the process no thread may be within PyTorch: it could not return.
        """
        if os.getpid() != self._process:
            return
        if not self._closed.is_set():
            self._closing = True
            self._child.close()
        if threading.current_thread() is not self._server:
            self._server.join(_ANSWER_S)

    def leave_in_fork(self) -> None:
        """Let a fork of this process not keep the window open."""
        if not self._closed.is_set():
            self._child.leave_in_fork()

    def _spoken_with(self, process: ProcessFamily) -> "Child[Crossing, Command]":
        """Return the process with its messages, of which the kinds are loaded while it starts."""
        try:
            with without_collecting():
                from gradviz.protocol.child import Child
                from gradviz.protocol.codec import Codec
                from gradviz.protocol.commands import Command
                from gradviz.protocol.graph_crossing import Crossing

            return Child(process, Codec(Crossing), Codec(Command), self._hear, self._on_end)
        except BaseException:
            process.kill()
            process.wait()
            raise

    # Threads of the child, and the one that serves

    def _hear(self, command: "Command") -> None:
        self._work.put(lambda presenter: presenter.handle(command))

    def _on_end(self, code: int, lines: str) -> None:
        self._closed.set()
        self._work.put(None)
        # Ctrl+C ends a window that is still being built, and closes one that stands.
        if code not in (0, -signal.SIGINT) and not self._closing:
            last = lines.strip().splitlines()[-1:] or [tr("exit code {code}", code=code)]
            told = tr("the window ended by itself: {reason}", reason=last[0])
            sys.stderr.write(f"gradviz: {told}\n")

    def _serve(self) -> None:
        """Answer until the window has ended; a window that is not answered is closed."""
        # Loaded here, while the caller records, and the window starts.
        with without_collecting():
            from gradviz.engine.presenter import Presenter
            from gradviz.protocol.graph_crossing import GraphSender

        remember_what_is_said()
        presenter, sender = Presenter(), GraphSender()

        def send(events: Iterator["Event"]) -> None:
            for crossing in sender.crossings(events):
                self._child.send(crossing)

        try:
            send(iter([presenter.started()]))
            while not self._closed.is_set() and (work := self._next(presenter)) is not None:
                send(work(presenter))
        except ProcessError:
            # It has ended in the meantime.
            return
        except BaseException:
            self._child.kill()
            raise

    def _next(self, presenter: "Presenter") -> _Work | None:
        """Return what is to be done next; while questions are in hand, it is to work on them."""
        try:
            return self._work.get(block=not presenter.busy)
        except queue.Empty:
            return lambda busy: busy.advance()
