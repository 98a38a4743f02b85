"""Writing the graph to files, one module for each format; Qt is loaded where a format needs it."""
