"""See how autograd thinks: PyTorch's own backward pass, drawn, stepped and trained live."""

__version__ = "0.1.0"
