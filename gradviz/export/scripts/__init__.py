"""The plain PyTorch script of the settings, as PyTorch's tutorials would write it."""
