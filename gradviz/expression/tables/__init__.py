"""The tables of what can be called in a typed expression, one row for each function."""
