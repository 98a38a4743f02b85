"""The panel of one tensor, of any size."""
