"""Writing the graph to files, one module for each format."""
