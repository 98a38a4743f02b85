"""Sessions in the window: gathered and taken up, in files, and kept for a crash."""
