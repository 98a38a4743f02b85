"""The rules of nodes: their local derivatives on the edges, and formulas to the clipboard."""
