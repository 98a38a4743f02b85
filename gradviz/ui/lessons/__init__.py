"""Lessons in the window: their conditions, the places that they point at, and their player."""
