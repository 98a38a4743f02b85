"""Panels with curves over x or over the steps of a training."""
