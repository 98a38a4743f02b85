"""The loss over two numbers of a model: its values, its contour lines, and the ways over it."""
