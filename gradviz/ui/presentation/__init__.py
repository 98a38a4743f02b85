"""The graph and one panel alone, large enough for a projector."""
