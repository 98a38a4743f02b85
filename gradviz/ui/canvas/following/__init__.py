"""The view of the graph as it follows the state: layouts that are waited for, and highlights."""
