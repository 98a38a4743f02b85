"""The picture of the graph dragged into another program."""
