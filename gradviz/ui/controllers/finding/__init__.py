"""Finding nodes and groups of the graph by a query."""
