"""The layers of a drawn graph: the grid, the ground, the signs on it, and the values."""
