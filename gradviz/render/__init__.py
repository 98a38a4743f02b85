"""How a graph looks: one style table, one picture and one painter for screen and files."""
