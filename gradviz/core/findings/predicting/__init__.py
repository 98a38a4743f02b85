"""Gradients that are predicted before they are shown."""
