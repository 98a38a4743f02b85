"""Build and record one of the real models in this process, and nothing else."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from own_models import choice_of
from real_models import REAL_MODELS, RealModel

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.trace import Trace
from gradviz.engine.runs.run import Run


def recorded(model: RealModel) -> tuple[Graph, Trace]:
    """Return the graph and the pass of a model."""
    _, graph, trace = Run(choice_of(model)).record()
    return graph, trace


if __name__ == "__main__":
    recorded(next(each for each in REAL_MODELS if each.name == sys.argv[1]))
