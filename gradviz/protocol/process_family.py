"""A process with all that it starts: ended together, and with this process at the latest."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from gradviz.protocol import keeper
from gradviz.protocol.keeper import LIFE_VARIABLE, MARK_VARIABLE, end_descendants

if sys.platform == "win32":
    from gradviz.protocol.windows_job import Job
else:
    import fcntl


class ProcessFamily:
    """Owns one process, with pipes to it, and its descendants.

    However this process ends, the other one is ended by the system, whatever it does, also while
    it is stopped: its group is sent SIGKILL once nobody holds the writing end of a pipe that only
    this process has. On Windows a job object does it. Elsewhere than on these and on Linux it ends
    by the end of its input. Descendants that have left the group are known by a token in their
    environment. Every family must be waited for, in any thread.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._token = os.urandom(16).hex()
        self._signalling = threading.Lock()
        self._reaped = False
        if sys.platform == "win32":
            self._process = _started(command, {**environment, MARK_VARIABLE: self._token})
            self._job = Job(self._process.pid)
        else:
            life, self._life = os.pipe()
            marks = {MARK_VARIABLE: self._token, LIFE_VARIABLE: str(life)}
            try:
                self._process = _started(command, {**environment, **marks}, life)
                _end_group_with_this_process(life, self._process.pid)
            except OSError:
                os.close(self._life)
                raise
            finally:
                os.close(life)

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._process.pid

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
        """Return the standard input, output and error of the process."""
        stdin, stdout, stderr = self._process.stdin, self._process.stdout, self._process.stderr
        if stdin is None or stdout is None or stderr is None:
            raise AssertionError("it is started with pipes")
        return stdin, stdout, stderr

    @property
    def alive(self) -> bool:
        """Tell whether the process still runs."""
        with self._signalling:
            if self._reaped or sys.platform != "linux":
                return not self._reaped
            with contextlib.suppress(ChildProcessError):
                asked = os.WEXITED | os.WNOWAIT | os.WNOHANG
                return os.waitid(os.P_PID, self.pid, asked) is None
            return False

    def leave_in_fork(self) -> None:
        """Close this family's pipes in a fork of its owner, which would keep the other alive."""
        for pipe in self.pipes:
            # The numbers alone: the objects may be locked by a thread that the fork has not.
            with contextlib.suppress(OSError):
                os.close(pipe.fileno())
        if sys.platform != "win32":
            os.close(self._life)

    def kill(self) -> None:
        """End the process and its group at once, without waiting for that."""
        with self._signalling:
            if self._reaped:
                return
            if sys.platform == "win32":
                self._job.terminate()
                self._process.kill()
            else:
                with contextlib.suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Wait until the process has ended, end its descendants, and return its exit code.

        A negative one is the number of the signal that ended it.
        """
        if sys.platform == "linux":
            # Not reaped until its descendants are ended, so that no other process has its id.
            with contextlib.suppress(ChildProcessError):
                os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        else:
            self._process.wait()
        self.kill()
        end_descendants(self._token)
        with self._signalling:
            self._reaped = True
            if sys.platform == "win32":
                self._job.close()
            else:
                os.close(self._life)
            return self._process.wait()


def _started(
    command: Sequence[str], environment: Mapping[str, str], *passed: int
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own; on Windows there is none."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(environment),
        pass_fds=passed,
        start_new_session=sys.platform != "win32",
    )


def _end_group_with_this_process(life: int, group: int) -> None:
    """Let the kernel end a group when no process has the other end of the pipe any more.

    The settings are those of the open pipe, which the first of the group has inherited. No thread,
    no signal handler and no lock of an interpreter takes part. Nothing happens but on Linux.
    """
    if sys.platform == "linux":
        # It may have ended already.
        with contextlib.suppress(OSError):
            fcntl.fcntl(life, fcntl.F_SETOWN, -group)
            fcntl.fcntl(life, fcntl.F_SETSIG, signal.SIGKILL)
            flags = fcntl.fcntl(life, fcntl.F_GETFL)
            fcntl.fcntl(life, fcntl.F_SETFL, flags | os.O_ASYNC)


class Keeper:
    """Lets a small process end what this one leaves behind, should its parent be killed.

    The parent ends the descendants of a child that has ended; a parent that is killed itself
    cannot. It is started by a child that is about to run code which may start processes.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, unless it runs or this process was not started by a ProcessFamily."""
        life, token = os.environ.get(LIFE_VARIABLE, ""), os.environ.get(MARK_VARIABLE, "")
        if self._process is not None or not life or sys.platform == "win32":
            return
        script = str(Path(keeper.__file__))
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", script, life, token, str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(int(life),),
            start_new_session=True,
        )
