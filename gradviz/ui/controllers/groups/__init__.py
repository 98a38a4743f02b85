"""Groups of nodes: which are open, which is chosen, and steps over and into them."""
