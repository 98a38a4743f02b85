"""How long `make_dot` takes beside torchviz's, and `import gradviz` beyond `import torch`."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import torch
from figures import Figure
from torch import nn
from torchviz_dots import torchviz_make_dot

import gradviz

ROUNDS = 9
LAYERS = 12
CELLS = 1_000
#: Of torchviz's time.
LIMIT_RATIO = 0.7
#: torchviz ends at the recursion limit.
LIMIT_CELLS_S = 1.0
LIMIT_IMPORT_MS = 20.0
_IMPORT = (
    "import time, torch; begin = time.perf_counter(); import gradviz; "
    "print(1000 * (time.perf_counter() - begin))"
)


def measure() -> dict[str, object]:
    """Return the figures and the times that they follow from, in seconds and milliseconds."""
    torchviz = torchviz_make_dot()
    output, names = _transformer()
    plain = _times(
        lambda: gradviz.make_dot(output, names),
        lambda: torchviz(output, names),
    )
    saved = _times(
        lambda: gradviz.make_dot(output, names, show_attrs=True, show_saved=True),
        lambda: torchviz(output, names, show_attrs=True, show_saved=True),
    )
    cells = _seconds(lambda: gradviz.make_dot(_cells()))
    imported = statistics.median(_import_ms() for _ in range(ROUNDS))
    return {
        "make_dot_s": plain,
        "make_dot_with_saved_s": saved,
        "torchviz_of_cells": _told(lambda: torchviz(_cells())),
        "figures": [
            Figure("make_dot of torchviz's time", plain[0] / plain[1], LIMIT_RATIO),
            Figure("make_dot with saved tensors", saved[0] / saved[1], LIMIT_RATIO),
            Figure(f"make_dot of {CELLS} cells s", cells, LIMIT_CELLS_S),
            Figure("import gradviz beyond torch ms", imported, LIMIT_IMPORT_MS),
        ],
    }


def _transformer() -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    layer = nn.TransformerEncoderLayer(64, 4, 128, batch_first=True)
    model = nn.TransformerEncoder(layer, LAYERS, enable_nested_tensor=False)
    return model(torch.randn(2, 5, 64)).sum(), dict(model.named_parameters())


def _cells() -> torch.Tensor:
    cell = nn.LSTMCell(8, 8)
    hidden = state = torch.zeros(1, 8)
    for _ in range(CELLS):
        hidden, state = cell(torch.ones(1, 8), (hidden, state))
    return hidden


def _times(own: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the median times of both, which take turns."""
    pairs = [(_seconds(own), _seconds(other)) for _ in range(ROUNDS)]
    one, two = (statistics.median(each) for each in zip(*pairs, strict=True))
    return one, two


def _seconds(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def _told(run: Callable[[], object]) -> str:
    try:
        return f"{_seconds(run):.3f} s"
    except RecursionError as error:
        return type(error).__name__


def _import_ms() -> float:
    ran = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, check=True)
    return float(ran.stdout)
