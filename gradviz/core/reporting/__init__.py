"""Texts about the program itself: its changes, and a report of a problem."""
