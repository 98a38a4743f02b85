"""A user's program that shows its loss; prints the seconds until the window had drawn the graph."""

import os
import sys
import tempfile
import time
from pathlib import Path

import torch
from torch import nn

import gradviz
from gradviz.api import windows

_HERE = Path(__file__).parent

with tempfile.TemporaryDirectory() as folder:
    os.environ["SHOWN_AT"] = str(Path(folder) / "at")
    # With -P the window's program does not find the modules beside it by itself.
    found = (str(_HERE), os.environ.get("PYTHONPATH", ""))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, found))
    windows.WINDOW_COMMAND = (sys.executable, "-P", str(_HERE / "shown_window.py"))
    model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
    loss = ((model(torch.randn(16, 4)) - torch.randn(16, 1)) ** 2).mean()
    began = time.monotonic()
    gradviz.show(loss, block=True)
    print(float(Path(os.environ["SHOWN_AT"]).read_text()) - began, flush=True)
