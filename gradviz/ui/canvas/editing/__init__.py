"""Numbers of the model that are edited in the graph."""
