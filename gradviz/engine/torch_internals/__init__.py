"""All that gradviz takes from PyTorch beyond its documented interface, each with a fallback."""
