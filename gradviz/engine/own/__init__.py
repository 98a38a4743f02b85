"""The user's own model: its file run with trust, its inputs, outputs, weights and failures."""
