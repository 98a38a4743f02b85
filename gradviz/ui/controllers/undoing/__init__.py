"""Undo and redo of the choices of the user."""
