"""Groups and nodes as rows: their tree, and the numbers of each."""
