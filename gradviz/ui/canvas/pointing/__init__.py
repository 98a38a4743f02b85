"""The mouse on the graph: choices, menus, and the texts on the node beneath it."""
