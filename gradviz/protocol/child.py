"""A child process that takes messages on its standard input and answers on its standard output."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Generic, TypeVar, cast

from gradviz.core.errors import ProcessError
from gradviz.protocol.codec import Codec
from gradviz.protocol.last_lines import LastLines

Sent = TypeVar("Sent")
Received = TypeVar("Received")

#: Read at a time of the standard error of a process.
_BLOCK_BYTES = 1 << 16

#: The folder that holds this package, which need not be installed.
_PACKAGES = Path(__file__).resolve().parents[2]


def module_command(module: str) -> tuple[str, ...]:
    """Return the command that runs a module of this package with the same Python.

    With -P the folder that the user happens to be in is not searched for modules.
    """
    return (sys.executable, "-P", "-m", module)


class Child(Generic[Sent, Received]):
    """Owns one process; calls `on_message` and finally `on_end` from a thread of its own.

    `on_end` gets the exit code (negative: the signal that ended it) and the last lines that
    the process wrote to its standard error. Every Child must be closed.
    """

    def __init__(
        self,
        command: Sequence[str],
        sent: Codec[Sent],
        received: Codec[Received],
        on_message: Callable[[Received], None],
        on_end: Callable[[int, str], None],
    ) -> None:
        self._sent = sent
        self._received = received
        self._on_message = on_message
        self._on_end = on_end
        self._writing = threading.Lock()
        self._last_lines = LastLines()
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": _search_path()},
        )
        self._stderr_reader = threading.Thread(target=self._keep_last_lines, daemon=True)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._stderr_reader.start()
        self._reader.start()

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        return self._process.poll() is None

    def send(self, message: Sent) -> None:
        """Send one message; raises ProcessError when the process has ended."""
        try:
            with self._writing:
                self._sent.write(_pipe(self._process.stdin), message)
        except (OSError, ValueError) as error:
            raise ProcessError("The process has ended.") from error

    def kill(self) -> None:
        """End the process at once; `on_end` follows."""
        self._process.kill()

    def close(self, timeout_s: float = 2.0) -> None:
        """End the process, first by closing its input, then by force, and wait for it."""
        with contextlib.suppress(OSError):
            _pipe(self._process.stdin).close()
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in (self._reader, self._stderr_reader):
            if thread is not threading.current_thread():
                thread.join()

    def _keep_last_lines(self) -> None:
        with _pipe(self._process.stderr) as stream:
            # A line may never end, so it is no line that is waited for.
            while block := os.read(stream.fileno(), _BLOCK_BYTES):
                self._last_lines.add(block)

    def _read(self) -> None:
        fault = ""
        with _pipe(self._process.stdout) as stream:
            try:
                while (message := self._received.read(stream)) is not None:
                    self._on_message(message)
            except ValueError as error:
                fault = f"It sent what is no message: {error}\n"
                self._process.kill()
        code = self._process.wait()
        self._stderr_reader.join()
        with contextlib.suppress(OSError):
            _pipe(self._process.stdin).close()
        self._on_end(code, self._last_lines.text() + fault)


def _search_path() -> str:
    inherited = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(part for part in (str(_PACKAGES), inherited) if part)


def _pipe(stream: IO[Any] | None) -> BinaryIO:
    if stream is None:
        raise ProcessError("The process was started without pipes.")
    return cast(BinaryIO, stream)


def claim_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return this process's input and output for messages.

    Other output goes to standard error from here on, so that a stray `print` in a user's model
    cannot break the stream of messages.
    """
    messages = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, messages
