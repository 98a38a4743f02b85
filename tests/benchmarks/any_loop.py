"""A tutorial's own loop in a bare process; prints its steps per second."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tutorial_loops import LOOPS

loop, steps = LOOPS[sys.argv[1]], int(sys.argv[2])
# What the first steps load and allocate is not the loop.
loop(0, 50)
started = time.perf_counter()
loop(0, steps)
print(steps / (time.perf_counter() - started))
