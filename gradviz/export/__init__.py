"""Writing the graph to files, one module for each format; Qt is loaded where a format needs it."""

from gradviz.export.exporters import EXPORTERS, Exporter, write_graph

__all__ = ["EXPORTERS", "Exporter", "write_graph"]
