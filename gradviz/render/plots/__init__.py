"""Plots without widgets: their curves and ranges, and the painter of those in a file."""
