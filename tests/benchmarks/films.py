"""How long 300 frames of the fit take as a moving picture, as a user waits for them."""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from figures import Figure

_MAIN = Path(__file__).parents[2] / "main.py"
GIF_LIMIT_S = 10.0
_FRAMES = 300
_SUFFIXES = (".gif", ".webp", ".mp4")


def measure() -> dict[str, object]:
    """Return the seconds of the whole command for each format, and the size of each file."""
    seconds: dict[str, float] = {}
    sizes: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        for suffix in _SUFFIXES:
            path = Path(folder) / f"fit{suffix}"
            command = [sys.executable, str(_MAIN), "export", "a + b x + c x^2 + d x^3"]
            wish = ["--animate", "train", "--steps", str(_FRAMES - 1), "--every", "1"]
            started = time.perf_counter()
            subprocess.run([*command, *wish, "-o", str(path)], check=True, capture_output=True)
            seconds[suffix] = round(time.perf_counter() - started, 2)
            sizes[suffix] = path.stat().st_size
    gif = Figure("300 frames of the fit as GIF, s", seconds[".gif"], GIF_LIMIT_S)
    return {"frames": _FRAMES, "seconds": seconds, "bytes": sizes, "figures": [gif]}
