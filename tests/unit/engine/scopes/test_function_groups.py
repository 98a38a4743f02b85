"""Code without modules is grouped by functions and by the iterations of loops."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
import torch
from called_models import WIDTH, SmallGPT, graph_of_calls, ids, operations_in
from torch import nn

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.terms import Terms
from gradviz.engine.runs.run import Run
from gradviz.engine.scopes.code_loops import CodeLoops


def leaf() -> torch.Tensor:
    return torch.ones(2, 2, requires_grad=True)


def titles(graph: Graph, kind: str = "iteration") -> list[str]:
    return [group.title for group in graph.groups if group.kind == kind]


def two(x: torch.Tensor) -> torch.Tensor:
    return (x * 2).tanh()


def one(x: torch.Tensor) -> torch.Tensor:
    return x.sin()


def outer(x: torch.Tensor) -> torch.Tensor:
    return two(two(x)) + 1


def test_that_a_function_is_a_group_with_the_line_of_its_call() -> None:
    graph = graph_of_calls(lambda: outer(leaf()).sum())

    assert ids(graph) == ["/outer", "/outer/two", "/outer/two:2"]
    assert operations_in(graph, "/outer/two:2") == ["Tanh", "Mul"]
    assert graph.groups[1].title == "two"
    line = outer.__code__.co_firstlineno + 1
    assert graph.groups[1].place == f"test_function_groups.py:{line}"


def test_that_functions_within_a_module_are_groups_of_it() -> None:
    model = SmallGPT(1)
    graph = graph_of_calls(lambda: model(torch.arange(3)).sum())

    assert [each for each in ids(graph) if "/" in each] == [
        "h.0.attn/rotate_half",
        "h.0.attn/rotate_half:2",
    ]


def test_that_functions_that_tell_nothing_more_are_no_groups() -> None:
    def alone() -> torch.Tensor:
        return outer_alone(leaf())

    def outer_alone(x: torch.Tensor) -> torch.Tensor:
        return two(x).exp()

    linear = nn.Linear(WIDTH, WIDTH)

    def with_module() -> torch.Tensor:
        return calls(torch.ones(1, WIDTH)).sum()

    def calls(x: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = linear(x)
        return result

    assert ids(graph_of_calls(alone)) == ["/two"]
    assert ids(graph_of_calls(lambda: one(leaf()) * 2)) == []
    assert ids(graph_of_calls(with_module)) == ["Linear"]


def test_that_each_iteration_of_a_loop_is_a_group() -> None:
    def loop() -> torch.Tensor:
        x = leaf()
        for _ in range(3):
            x = x * 2
            x = x.tanh()
        return x

    graph = graph_of_calls(loop)

    assert titles(graph) == ["step 0", "step 1", "step 2"]
    assert all(re.fullmatch(r"/loop@\d+/[012]", each) for each in ids(graph))
    assert [operations_in(graph, each) for each in ids(graph)] == [["Tanh", "Mul"]] * 3


def counted() -> torch.Tensor:
    x = leaf()
    for step in range(5, 11, 5):
        x = (x * step).exp()
    return x


def listed() -> torch.Tensor:
    x = leaf()
    for number in [3, 1]:
        x = (x * number).exp()
    return x


def enumerated() -> torch.Tensor:
    x = leaf()
    for step, factor in enumerate((2.0, 3.0), start=1):
        x = (x * factor).exp()
        del step
    return x


def looped_while() -> torch.Tensor:
    x, left = leaf(), 2
    while left > 0:
        x = (x * 2).exp()
        left -= 1
    return x


def within_with() -> torch.Tensor:
    x = leaf()
    for _ in range(2):
        with torch.enable_grad():
            x = x * 2
        x = x.exp()
    return x.sum()


def of_one_call() -> torch.Tensor:
    x = leaf()
    for _ in range(2):
        x = two(x)
    return x


def comprehended() -> torch.Tensor:
    return torch.stack([two(x) for x in leaf()])


def branched() -> torch.Tensor:
    x = leaf()
    for turn in range(2):
        x = (x * 2).exp() if turn == 0 else (x * 3).tanh()
    return x


@pytest.mark.parametrize(
    ("loop", "told"),
    [
        (counted, ["step 5", "step 10"]),
        (listed, ["step 0", "step 1"]),
        (enumerated, ["step 1", "step 2"]),
        (looped_while, ["step 0", "step 1"]),
        (within_with, ["step 0", "step 1"]),
        (of_one_call, ["step 0", "step 1"]),
        (comprehended, ["step 0", "step 1"]),
        (branched, ["step 0", "step 1"]),
    ],
)
def test_that_iterations_are_counted_as_the_loop_counts(
    loop: Callable[[], torch.Tensor], told: list[str]
) -> None:
    graph = graph_of_calls(loop)

    assert titles(graph) == told
    assert {graph.grouping.sizes[graph.grouping.index[each]] for each in ids(graph)} == {2}


def nested() -> torch.Tensor:
    x = leaf()
    for _ in range(2):
        for _ in range(3):
            x = (x * 2).tanh()
    return x


def nested_with_names() -> torch.Tensor:
    x = leaf()
    for layer in range(2):
        for step in range(3):
            x = (x * 2).tanh()
            del step
        del layer
    return x


def test_that_nested_loops_nest_where_only_the_inner_one_computes() -> None:
    graph = graph_of_calls(nested_with_names)

    steps = ["step 0", "step 1", "step 2"]
    assert titles(graph) == ["step 0", *steps, "step 1", *steps]
    assert [len(graph.grouping.around(i)) for i in range(8)] == [1, 2, 2, 2, 1, 2, 2, 2]


def of_one_turn() -> torch.Tensor:
    x = leaf()
    for _ in range(1):
        x = (x * 2).exp()
    return x


def of_single_nodes() -> torch.Tensor:
    x = leaf()
    for _ in range(3):
        x = x * 2
    return x


def of_sums() -> torch.Tensor:
    x = leaf()
    for _ in range(1):
        x = sum([x, x, x], x)
    return x


def through_layers() -> torch.Tensor:
    x = torch.ones(1, WIDTH)
    for layer in (nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)):
        x = layer(x)
    return x.sum()


@pytest.mark.parametrize("loop", [of_one_turn, of_single_nodes, of_sums, through_layers])
def test_that_a_loop_that_tells_nothing_more_is_no_group(loop: Callable[[], torch.Tensor]) -> None:
    assert titles(graph_of_calls(loop)) == []


class Doubled(torch.autograd.Function):
    """Twice its input."""

    @staticmethod
    def forward(ctx: object, x: torch.Tensor) -> torch.Tensor:
        return x * 2

    @staticmethod
    def backward(ctx: object, *grads: torch.Tensor) -> torch.Tensor:
        return grads[0] * 2


def test_that_the_node_of_a_custom_function_is_in_its_own_iteration() -> None:
    def loop() -> torch.Tensor:
        x = leaf()
        for _ in range(2):
            x = Doubled.apply(x)  # type: ignore[no-untyped-call]
            x = x.exp()
        return x.sum()

    graph = graph_of_calls(loop)

    assert [operations_in(graph, each) for each in ids(graph)] == [["Exp", "Doubled"]] * 2


def test_that_another_loop_of_the_same_operations_has_its_own_groups() -> None:
    def either(*, first: bool) -> torch.Tensor:
        x = leaf()
        if first:
            for _ in range(2):
                x = (x * 2).exp()
        else:
            for _ in range(2):
                x = (x * 2).exp()
        return x

    terms = Terms()
    found = []
    for first in (True, False, True):
        with ForwardRecorder(terms) as recorder:
            output = either(first=first)
        found.append(ids(record(output, recorder=recorder).graph))

    assert found[0] != found[1]
    assert found[2][0].rpartition("/")[0] == found[0][0].rpartition("/")[0]


def test_that_code_without_calls_and_typed_expressions_have_no_groups() -> None:
    assert graph_of_calls(lambda: (leaf() * 2).sum()).groups == ()
    for source in ("a x + b", "autograd"):
        graph = Run(Model(source=source)).record()[1]
        assert graph.groups == ()
        assert graph.group_of == ()


def test_that_frames_of_the_user_are_let_go() -> None:
    class Witness:
        """Tells that it was freed."""

        freed = False

        def __del__(self) -> None:
            Witness.freed = True

    def compute() -> torch.Tensor:
        witness = Witness()
        x = outer(leaf())
        return x.sum() * float(not witness.freed)

    graph_of_calls(compute)

    assert Witness.freed


def test_that_the_loops_of_code_are_those_of_its_text() -> None:
    def text(xs: list[torch.Tensor]) -> None:
        for x in xs:
            with suppress(ValueError):
                one(x)
            for _ in xs:
                try:
                    two(x)
                except ValueError:
                    continue
        while xs:
            xs.pop()

    first = text.__code__.co_firstlineno
    loops = CodeLoops(text.__code__).loops

    assert [loop.line - first for loop in loops] == [1, 4, 9]
    assert loops[0].start < loops[1].start < loops[1].end < loops[0].end < loops[2].start


def test_that_every_group_and_index_is_valid() -> None:
    graph = graph_of_calls(nested)

    assert len(graph.group_of) == len(graph.nodes)
    assert all(NO_GROUP <= each < len(graph.groups) for each in graph.group_of)
    assert len(set(ids(graph))) == len(graph.groups)
