"""The graph in the middle of the window, and the layouts behind it."""
