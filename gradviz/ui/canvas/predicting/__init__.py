"""The question for a hidden gradient, over the graph."""
