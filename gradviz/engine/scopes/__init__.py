"""The calls and turns of loops in which a forward pass makes its nodes: the groups of its graph."""
