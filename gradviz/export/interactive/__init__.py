"""The interactive picture: a page that holds a graph, its pass, and the script to read them."""
