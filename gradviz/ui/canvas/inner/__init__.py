"""The graph within a node: that of a compiled function, in a window of its own."""
