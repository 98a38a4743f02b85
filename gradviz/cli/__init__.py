"""The command line: opens the window, or does the engine's work without one.

Results go to standard output, messages to standard error. The exit codes are those of `EXIT_CODES`
in `options/arguments.py`.

Each verb imports what it needs when it runs: the window's process never loads torch.
"""

from gradviz.core.interrupt_signal import ended_by_interrupt

with ended_by_interrupt():
    from gradviz.cli.entry import main

__all__ = ["main"]
