"""Losses, optimizers and learning rate schedulers: one table each."""
