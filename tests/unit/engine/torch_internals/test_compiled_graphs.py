"""The operations behind the node of a compiled function, or none where PyTorch tells none."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import torch
from torch import fx, nn

from gradviz.engine.torch_internals.compiled_graphs import compiled_graphs


def closing_over(graph: object) -> Callable[[], object]:
    return lambda: graph


def node_of(**attributes: Any) -> SimpleNamespace:
    return SimpleNamespace(_forward_cls=SimpleNamespace(**attributes))


def test_that_the_operations_are_told_in_their_order() -> None:
    class Product(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.ops.aten.mm.default(torch.ops.aten.t.default(x), x)  # type: ignore[no-any-return]

    graph = fx.symbolic_trace(Product())
    node = node_of(
        compiled_fw=closing_over(graph), _lazy_backward_info=SimpleNamespace(bw_module=graph)
    )

    assert compiled_graphs(node) == (("t", "mm"), ("t", "mm"))


def test_that_a_node_that_tells_nothing_has_no_operations() -> None:
    assert compiled_graphs(SimpleNamespace()) == (None, None)
    assert compiled_graphs(node_of(compiled_fw=closing_over(3))) == (None, None)
