"""Tensors of any device, type and layout: their components, their summaries, the devices."""
