"""The panels of a training: its optimizer, its data, its last step."""
