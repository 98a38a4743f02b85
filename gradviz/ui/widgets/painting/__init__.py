"""When a window is painted: in turns of its own, and what waits for the first time."""
