"""All verbs: a line for each file that adds some."""

from collections.abc import Callable
from typing import Final

from gradviz.cli.options.arguments import Parsers
from gradviz.cli.verbs import check, code, compare, diff, graph, health, lists, step, tensor, train

#: In the order in which `gradviz --help` lists them.
VERBS: Final[tuple[Callable[[Parsers], None], ...]] = (
    graph.add,
    step.add,
    check.add,
    health.add,
    diff.add,
    tensor.add,
    train.add,
    compare.add,
    code.add,
    lists.add,
)
