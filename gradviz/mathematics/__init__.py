"""Expressions, derivatives, losses and rules as mathematics: LaTeX, and the picture of it."""
