"""Lessons as data: their steps, their files, and the faults that a file can have."""
