"""Which line runs now: the innermost one that is neither PyTorch's, Python's nor gradviz's own."""

import linecache
import os
import sys
import sysconfig
from pathlib import Path
from types import FrameType
from typing import Final

import torch

import gradviz
from gradviz.core.findings.missing import CodePlace

_OURS: Final = f"{Path(gradviz.__file__).parent}{os.sep}"
_TORCH: Final = f"{Path(torch.__file__).parent}{os.sep}"
_PYTHON: Final = sysconfig.get_path("stdlib")
_INSTALLED: Final = tuple({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})


def running_line(frame: FrameType | None = None) -> CodePlace | None:
    """Return the line of the caller's callers that a reader may change; None where there is none.

    A library's line is as good as a line of the user's: that is where it happens. With a `frame`,
    only it and its callers are looked at.
    """
    frame = frame or sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if is_readable(name):
            return line_of(name, frame.f_lineno)
        frame = frame.f_back
    return None


def line_of(file: str, line: int) -> CodePlace:
    """Return a line with its text, which is empty where the file cannot be read."""
    return CodePlace(file, line, linecache.getline(file, line).strip())


def is_this_program(file: str) -> bool:
    """Tell whether a file is one of this program."""
    return file.startswith(_OURS)


def is_readable(file: str) -> bool:
    """Tell whether a file is neither PyTorch's, Python's nor this program's."""
    if file.startswith(("<", _OURS, _TORCH)):
        return False
    return file.startswith(_INSTALLED) or not file.startswith(_PYTHON)
