"""The engine as a process: commands on its standard input, events on its standard output."""

import contextlib
import gc
import os
import queue
import signal
import sys
import threading
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from gradviz.core.language.saying import remember_what_is_said
from gradviz.engine.catalogue import catalogue
from gradviz.engine.inspection.answers import load_answers
from gradviz.engine.inspection.waiting_commands import WaitingCommands
from gradviz.engine.machine import Machine
from gradviz.engine.own.warnings_once import tell_warnings_once
from gradviz.protocol.child import claim_standard_streams
from gradviz.protocol.codec import Codec
from gradviz.protocol.commands import Command, own_models_of
from gradviz.protocol.events import EngineStarted, Event
from gradviz.protocol.graph_crossing import Crossing, GraphSender
from gradviz.protocol.process_family import Keeper


def work(recording: str = "") -> None:
    """Serve until the input ends; the process ends with it, also in the middle of training.

    With the path of a recording it shows that file, and builds nothing.
    """
    # Whoever sends it means the window, and that one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = claim_standard_streams()
    tell_warnings_once()
    # The window may change its language, and what it has shown by then is of this process.
    remember_what_is_said()
    commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
    waiting = WaitingCommands()
    threading.Thread(target=_read, args=(source, commands, waiting), daemon=True).start()
    try:
        if recording:
            _serve_file(Path(recording), commands, _Sender(sink))
        else:
            _serve(commands, sink, Machine(waiting))
    except OSError:
        _leave(0)  # Nobody listens any more.
    except BaseException:  # noqa: BLE001 - the last words of a process that could not go on
        # Python's own way out would wait for the thread that reads, and never come back.
        traceback.print_exc()
        _leave(1)


def _serve(commands: queue.SimpleQueue[Command], sink: BinaryIO, machine: Machine) -> None:
    sender = _Sender(sink)
    keeper = Keeper()
    sender.send([EngineStarted(catalogue())])
    # While the window is being built.
    load_answers()
    _handle(commands.get(), machine, sender, keeper)
    # All that torch has loaded by now stays: to look through it costs a twentieth of a second, each
    # time, in the middle of training.
    gc.collect()
    gc.freeze()
    while True:
        with contextlib.suppress(queue.Empty):
            wait_s = machine.wait_s
            # A command that comes ends the wait, so that a slow training stops at once.
            block, timeout = (wait_s > 0, wait_s) if machine.busy else (True, None)
            _handle(commands.get(block, timeout), machine, sender, keeper)
        sender.send(machine.advance())


def _serve_file(path: Path, commands: queue.SimpleQueue[Command], sender: "_Sender") -> None:
    # A window that builds models does not wait for these modules.
    from gradviz.engine.recording_file import FilePresenter

    presenter = FilePresenter(path)
    sender.send([presenter.started()])
    sender.send(presenter.shown())
    while True:
        with contextlib.suppress(queue.Empty):
            sender.send(presenter.handle(commands.get(block=not presenter.busy)))
        sender.send(presenter.advance())


def _handle(command: Command, machine: Machine, sender: "_Sender", keeper: Keeper) -> None:
    if own_models_of(command):
        # A file may start processes, which must not outlive the window.
        keeper.start()
    sender.send(machine.handle(command))


class _Sender:
    """Writes events to the pipe; each structure of a graph goes there once."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._codec: Codec[Crossing] = Codec(Crossing)
        self._graphs = GraphSender()

    def send(self, events: Iterable[Event]) -> None:
        """Write `events` as they come."""
        for crossing in self._graphs.crossings(events):
            self._codec.write(self._sink, crossing)


def _read(source: BinaryIO, commands: queue.SimpleQueue[Command], waiting: WaitingCommands) -> None:
    codec: Codec[Command] = Codec(Command)
    try:
        while (command := codec.read(source)) is not None:
            waiting.arrive(command)
            commands.put(command)
    except ValueError as error:
        sys.stderr.write(f"What arrived is no command: {error}\n")
        _leave(1)
    _leave(0)


def _leave(code: int) -> None:
    """End at once: whatever is still being computed is for nobody."""
    sys.stderr.flush()
    os._exit(code)
