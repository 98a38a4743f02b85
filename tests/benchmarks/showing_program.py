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

with tempfile.TemporaryDirectory() as folder:
    os.environ["SHOWN_AT"] = str(Path(folder) / "at")
    child = str(Path(__file__).parent / "shown_window.py")
    windows.WINDOW_COMMAND = (sys.executable, "-P", child)
    model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))
    loss = ((model(torch.randn(16, 4)) - torch.randn(16, 1)) ** 2).mean()
    began = time.monotonic()
    gradviz.show(loss, block=True)
    print(float(Path(os.environ["SHOWN_AT"]).read_text()) - began, flush=True)
