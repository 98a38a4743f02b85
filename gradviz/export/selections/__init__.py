"""A selection of nodes as a picture of its own and as text."""
