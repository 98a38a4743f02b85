"""Placing the nodes: Graphviz in a process of its own, a deadline, simpler plans."""
