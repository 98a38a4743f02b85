"""Formulas set as mathematics: set in a thread, shown as typed until they stand."""
