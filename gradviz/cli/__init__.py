"""The command line: opens the window, or does the engine's work without one.

Results go to standard output, messages to standard error. The exit code is 0 when all is done,
2 for input that cannot be used, 1 for what failed otherwise, 130 after Ctrl+C.

Each verb imports what it needs when it runs: the window's process never loads torch.
"""

from gradviz.cli.entry import main

__all__ = ["main"]
