"""Programs that open windows by `gradviz.show`, started as a user starts them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
from process_lines import line_of

ROOT = Path(__file__).parents[1]
PATIENCE_S = 60


class Program:
    """A started program, and the windows that it has opened."""

    def __init__(
        self, script: str, *arguments: str, environment: Mapping[str, str | None] | None = None
    ) -> None:
        surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        for name, value in (environment or {}).items():
            surroundings.pop(name, None)
            if value is not None:
                surroundings[name] = value
        self.process = subprocess.Popen(
            [sys.executable, *arguments, "-c", script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=surroundings,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.input, self.output = self.process.stdin, self.process.stdout

    def windows(self) -> list[psutil.Process]:
        """Return the processes of its windows."""
        children = psutil.Process(self.process.pid).children()
        return [each for each in children if _is_window(each)]

    def window(self) -> psutil.Process:
        """Return its one window, once it hears signals as an open one does."""
        until(lambda: any(_layouts_of(each) for each in self.windows()))
        (window,) = self.windows()
        return window

    def say(self, line: str) -> None:
        """Write a line to its standard input."""
        self.input.write(f"{line}\n")
        self.input.flush()

    def line(self) -> str:
        """Return the next line of its output."""
        return line_of(self.process).strip()

    def end(self) -> None:
        """End it, however it goes."""
        self.process.kill()
        self.process.wait()
        for stream in (self.input, self.output, self.process.stderr):
            if stream is not None:
                stream.close()

    def ended(self) -> tuple[int, str, str]:
        """Return exit code, output and errors, once it has ended."""
        output, errors = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, output, errors


def _is_window(process: psutil.Process) -> bool:
    try:
        return "gradviz.attached" in process.cmdline()
    except psutil.Error:
        return False


def _layouts_of(process: psutil.Process) -> list[psutil.Process]:
    """Return the layout processes of a window: it starts one after its first paint."""
    try:
        return process.children()
    except psutil.Error:
        return []


def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it has not come true"
        time.sleep(0.02)


def closed(window: psutil.Process) -> None:
    """Close a window as Ctrl+C in a terminal does."""
    window.send_signal(signal.SIGINT)
