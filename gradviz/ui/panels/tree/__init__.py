"""The tree of modules and nodes."""
