"""The graphs behind the node of a compiled function, or none where PyTorch tells none."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import torch
from torch import fx, nn

from gradviz.engine.torch_internals.compiled_graphs import compiled_graphs

TEXT = """class GraphModule(torch.nn.Module):
    def forward(self, primals_1: "f32[2][1]cpu"):
        exp: "f32[2][1]cpu" = torch.ops.aten.exp.default(primals_1);  primals_1 = None
        return (exp, exp)
"""


class Product(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.ops.aten.mm.default(torch.ops.aten.t.default(x), x)  # type: ignore[no-any-return]


def closing_over(graph: object) -> Callable[[], object]:
    return lambda: graph


def function_of(**attributes: Any) -> type:
    own = {
        name: staticmethod(value) if callable(value) else value
        for name, value in attributes.items()
    }
    return type("CompiledFunction", (), own)


def test_that_the_operations_are_told_in_their_order() -> None:
    graph = fx.symbolic_trace(Product())
    found = compiled_graphs(
        function_of(
            compiled_fw=closing_over(graph), _lazy_backward_info=SimpleNamespace(bw_module=graph)
        )
    )
    assert found.forward is not None
    assert found.backward is not None
    assert found.forward.operations == ("t", "mm")
    assert found.backward.operations == ("t", "mm")
    assert not found.forward.by_inductor


def test_that_a_function_that_tells_nothing_has_no_graphs() -> None:
    assert compiled_graphs(None) == (None, None)
    assert compiled_graphs(function_of(compiled_fw=closing_over(3))) == (None, None)


def test_that_the_text_that_inductor_kept_is_found_within_wrappers() -> None:
    compiled = SimpleNamespace(inductor_post_grad_graph_str=TEXT)
    wrapped = closing_over(closing_over(compiled))
    found = compiled_graphs(function_of(compiled_fw=wrapped, compiled_bw=wrapped))
    for graph in found:
        assert graph is not None
        assert graph.operations == ("exp",)
        assert graph.by_inductor


def test_that_a_graph_that_the_cache_keeps_is_read() -> None:
    graph = fx.symbolic_trace(Product())
    kept = SimpleNamespace(bw_module_fn=lambda: graph)
    backward = compiled_graphs(function_of(_lazy_backward_info=kept)).backward
    assert backward is not None
    assert backward.operations == ("t", "mm")


def test_that_the_backward_graph_is_looked_for_again_once_it_is_compiled() -> None:
    function = function_of()
    assert compiled_graphs(function).backward is None
    compiled: Any = closing_over(SimpleNamespace(inductor_post_grad_graph_str=TEXT))
    function.compiled_bw = staticmethod(compiled)  # type: ignore[attr-defined]
    assert compiled_graphs(function).backward is not None
