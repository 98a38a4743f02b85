"""The groups of a graph in its picture: closed ones as boxes, open ones as frames."""
