"""A child process that takes messages on its standard input and answers on its standard output."""

import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, Final, Generic, TypeVar, cast

from gradviz.core.errors import ProcessError
from gradviz.core.language.saying import tr
from gradviz.protocol.codec import Codec
from gradviz.protocol.last_lines import LastLines
from gradviz.protocol.process_family import ProcessFamily

Sent = TypeVar("Sent")
Received = TypeVar("Received")

#: Read at a time of the standard error of a process.
_BLOCK_BYTES: Final = 1 << 16
#: The rest of its output is waited for so long after the end of a process, at most.
_DRAINING_S: Final = 2.0
#: The end of a process that was killed is waited for so long, at most.
_DEATH_S: Final = 5.0


class Child(Generic[Sent, Received]):
    """Owns one started process; calls `on_message` and finally `on_end` from threads of its own.

    `on_end` gets the exit code (negative: the signal that ended it) and the last lines that
    the process wrote to its standard error. It is called when the process has ended, even if
    another one still holds its pipes; all that the process has started is ended then. No method
    but `close` waits for the process. Every Child must be closed or killed.
    """

    def __init__(
        self,
        process: ProcessFamily,
        sent: Codec[Sent],
        received: Codec[Received],
        on_message: Callable[[Received], None],
        on_end: Callable[[int, str], None],
    ) -> None:
        self._sent = sent
        self._received = received
        self._on_message = on_message
        self._on_end = on_end
        self._last_lines = LastLines()
        self._fault = ""
        self._outbox: queue.SimpleQueue[Sent | None] = queue.SimpleQueue()
        self._told = threading.Event()
        self._muted = False
        self._process = process
        self._readers = (self._thread(self._keep_last_lines), self._thread(self._read))
        self._writer = self._thread(self._write)
        self._watcher = self._thread(self._watch)

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.alive

    def send(self, message: Sent) -> None:
        """Have one message sent, after those before it; it need not be taken in for that.

        Raises:
            ProcessError: the process has ended.
        """
        if not self._process.alive:
            raise ProcessError(tr("The process has ended."))
        self._outbox.put(message)

    def kill(self) -> None:
        """End the process, and all that it has started, at once; `on_end` follows."""
        self._process.kill()

    def leave_in_fork(self) -> None:
        """Hold nothing of the process any more, in a fork of the process that owns it."""
        self._process.leave_in_fork()

    def close(self, timeout_s: float = 2.0) -> None:
        """End the process, first by closing its input, then by force, and wait for `on_end`.

        A process that the system itself cannot end is not waited for longer than a while.
        """
        self._outbox.put(None)
        if threading.current_thread() is self._watcher:
            return
        if not self._told.wait(timeout_s):
            self.kill()
            self._told.wait(_DEATH_S)
        # The threads are about to end, and none may be the last to hold what belongs to a window.
        self._on_message = self._on_end = _for_nobody

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def _write(self) -> None:
        """Write messages until the first None, then close the input of the process."""
        stdin, _, _ = self._process.pipes
        try:
            with stdin as stream:
                while (message := self._outbox.get()) is not None:
                    self._sent.write(cast(BinaryIO, stream), message)
        except (OSError, ValueError, TypeError, OverflowError) as error:
            if not isinstance(error, OSError):
                self._fault = f"A message could not be sent: {error}\n"
            # One that takes no messages is of no use, and may have ended before.
            self.kill()

    def _keep_last_lines(self) -> None:
        _, _, stderr = self._process.pipes
        with stderr as stream:
            # A line may never end, so it is no line that is waited for.
            while block := os.read(stream.fileno(), _BLOCK_BYTES):
                self._last_lines.add(block)

    def _read(self) -> None:
        _, stdout, _ = self._process.pipes
        with stdout as stream:
            try:
                while (message := self._received.read(cast(BinaryIO, stream))) is not None:
                    if not self._muted:
                        self._on_message(message)
            except ValueError as error:
                self._fault = f"It sent what is no message: {error}\n"
                self.kill()

    def _watch(self) -> None:
        """Wait for the process itself: the end of its output may be kept back by another one."""
        code = self._process.wait()
        self._outbox.put(None)
        for reader in self._readers:
            reader.join(_DRAINING_S)
        self._muted = True
        try:
            self._on_end(code, self._last_lines.text() + self._fault)
        finally:
            self._told.set()


def _for_nobody(*_: object) -> None:
    """Take the place of a function that nothing is to call any more."""


def claim_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return this process's input and output for messages.

    Other output goes to standard error from here on, so that a stray `print` in a user's model
    cannot break the stream of messages; other input is empty. A process that is started from here
    inherits neither stream.
    """
    received = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return received, messages
