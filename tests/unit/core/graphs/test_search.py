"""The search in a graph: the language of queries, the found items and their order."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graphs import large, scalar
from searched_graphs import GroupedGraph, pass_of, transformer, unrolled_cell

from gradviz.core.errors import SettingError
from gradviz.core.graphs.graph import Graph, Node
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import group_id, item_id
from gradviz.core.graphs.search import SearchIndex
from gradviz.core.graphs.search_query import (
    ANY,
    REST,
    Bound,
    Has,
    OfType,
    Query,
    QueryTerm,
    Sizes,
    Words,
    read_query,
)
from gradviz.core.graphs.tensors import TensorSummary
from gradviz.core.graphs.trace import Trace

GRAPH = transformer()
NAN = TensorSummary(shape=(3,), dtype="float32", device="cpu", finite=False)
INFINITE = TensorSummary(
    shape=(3,), dtype="float32", device="cpu", maximum=math.inf, norm=math.inf, finite=False
)
PASS = pass_of(GRAPH, n5=NAN, n6=INFINITE, n9=scalar(1e-9), n4=scalar(-3.0))


def found(query: str, graph: Graph = GRAPH, trace: Trace | None = PASS) -> list[str]:
    """Return the found items by name: `@h.0` for a group, `Add n6` for a node."""
    items = SearchIndex(graph, trace).find(read_query(query))
    return [each if group_id(each) else f"{graph.node[each].op} {each}" for each in items]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Mul", (Words("mul"),)),
        ("h.3.attn  mul", (Words("h.3.attn"), Words("mul"))),
        ('"a b" c', (Words("a b"), Words("c"))),
        ("“leaf”", (Words("leaf"),)),
        ('""', ()),
        ("(2, 16, 32)", (Sizes((2, 16, 32)),)),
        ("(2,16,32)", (Sizes((2, 16, 32)),)),
        ("[2, 16]", (Sizes((2, 16)),)),
        ("2x16x32", (Sizes((2, 16, 32)),)),
        ("2×16", (Sizes((2, 16)),)),
        ("(2, *)", (Sizes((2, ANY, REST)),)),
        ("(*, 16)", (Sizes((ANY, 16)),)),
        ("(..., 16)", (Sizes((REST, 16)),)),
        ("()", (Sizes(()),)),
        ("(2000,)", (Sizes((2000,)),)),
        ("float16 torch.bfloat16 bool", (OfType("float16"), OfType("bfloat16"), OfType("bool"))),
        ("NaN inf nonfinite", (Has("nan"), Has("inf"), Has("nonfinite"))),
        ("leaf param function", (Has("leaf"), Has("param"), Has("function"))),
        ("nan_to_num", (Words("nan_to_num"),)),
        ("grad>1", (Bound("grad", ">", 1.0),)),
        ("grad > 1 mul", (Bound("grad", ">", 1.0), Words("mul"))),
        ("grad<1e-7", (Bound("grad", "<", 1e-7),)),
        ("value>=10", (Bound("value", ">=", 10.0),)),
        ("norm≤0,5", (Bound("norm", "<=", 0.5),)),
        ("params>1000", (Bound("params", ">", 1000.0),)),
        ("grad==0", (Bound("grad", "=", 0.0),)),
        ("grad!=0", (Bound("grad", "!=", 0.0),)),
        ("(y_pred − y)²", (Words("(y_pred"), Words("−"), Words("y)²"))),
        ("x < 0", (Words("x"), Words("<"), Words("0"))),
        ("a->b", (Words("a->b"),)),
        ("", ()),
    ],
)
def test_that_a_text_is_read_as_its_terms(text: str, terms: tuple[QueryTerm, ...]) -> None:
    assert read_query(text).terms == terms


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("grad>", "A number is missing behind grad>"),
        ("grad>one", "“one” is no number"),
        ("grad>1,000", "may be 1000 or 1.000"),
        ("grad>1e999", "is too large"),
        ("foo>1", "“foo” is no number of a node: compare grad, value, norm or params"),
        ('"attn', "has no partner"),
        ("(2, 16", "is not finished: write it such as (2, 16, 32)"),
        ("(..., ...)", "more than once"),
    ],
)
def test_that_a_wrong_query_is_refused_in_one_sentence(text: str, told: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_query(text)
    sentence = str(refused.value)
    assert told in sentence
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0


def assert_said(error: SettingError) -> None:
    assert error.message.endswith(".")


@given(st.text(max_size=40) | st.text('()[],.*x0123456789<>=" grdn-e…', max_size=20))
def test_that_any_text_is_a_query_or_is_refused(text: str) -> None:
    try:
        query = read_query(text)
    except SettingError as error:
        assert_said(error)
    else:
        assert set(SearchIndex(GRAPH, PASS).find(query)) == expected(query, GRAPH, PASS)


# The oracle: each term held to each item by itself, in words of its own.


def around(graph: Graph, group: int) -> list[str]:
    """Return the texts of a group and of those around it."""
    groups = [graph.groups[each] for each in graph.grouping.around(group)]
    return [text for each in groups for text in (each.title, each.id, each.type_name)]


def said(word: str, texts: list[str]) -> bool:
    return any(word in text.lower() for text in texts)


def tensors_of(node: Node, trace: Trace | None) -> list[TensorSummary]:
    steps = [step for step in trace.steps if step.node == node.id] if trace else []
    tensors: list[TensorSummary | None] = [node.value]
    for step in steps:
        tensors += [*step.grad_outputs, *step.grad_inputs]
    return [each for each in tensors if each is not None]


def holds_for_node(term: QueryTerm, node: Node, trace: Trace | None) -> bool:
    match term:
        case Words():
            named = node.name.lower()
            by_name = named.startswith(term.text) or ("accum" not in named and term.text in named)
            return by_name or said(term.text, [node.op, node.label])
        case Sizes():
            sizes = [size for size in term.sizes if size != REST]
            least, exact = len(sizes), REST not in term.sizes
            if len(node.shape) < least or (exact and len(node.shape) != least):
                return False
            split = term.sizes.index(REST) if not exact else least
            ends = list(node.shape[:split]) + list(node.shape[len(node.shape) - least + split :])
            return all(size in (ANY, end) for size, end in zip(sizes, ends, strict=True))
        case OfType():
            return node.dtype == term.name
        case Has():
            unsound = [each for each in tensors_of(node, trace) if not each.finite]
            nan = any(each.norm is None for each in unsound)
            infinite = any(math.inf in (each.norm, each.maximum) for each in unsound)
            return {
                "nan": nan, "inf": infinite, "nonfinite": nan or infinite,
                "leaf": node.kind == "leaf", "param": node.kind == "leaf",
                "function": node.kind == "function",
            }[term.trait]  # fmt: skip
        case Bound():
            step = next((s for s in trace.steps if s.node == node.id), None) if trace else None
            got = step.grad_outputs[0] if step is not None else None
            gradient = got.norm if got is not None else None
            value = node.value.norm if node.value is not None else None
            numbers: list[float | None] = {
                "grad": [gradient],
                "value": [value],
                "norm": [gradient, value],
                "params": [float(math.prod(node.shape)) if node.kind == "leaf" else None],
            }[term.quantity]
            return any(number is not None and term.holds(number) for number in numbers)
        case _:
            raise AssertionError(term)


def holds_for_group(term: QueryTerm, graph: Graph, group: int) -> bool:
    if isinstance(term, Words):
        each = graph.groups[group]
        own = said(term.text, [each.title, each.type_name])
        path = said(term.text, [each.id])
        return own or (path and not said(term.text, around(graph, each.parent)))
    if isinstance(term, Bound) and term.quantity == "params":
        inside = [graph.nodes[node] for node in graph.grouping.nodes_within(group)]
        count = sum(math.prod(node.shape) for node in inside if node.kind == "leaf")
        return bool(term.holds(float(count)))
    return False


def expected(query: Query, graph: Graph, trace: Trace | None) -> set[str]:
    """Return the items for which all terms hold, at least one of them by itself."""

    def chosen(own: list[bool], outside: list[str]) -> bool:
        return any(own) and all(
            held or (isinstance(term, Words) and said(term.text, outside))
            for held, term in zip(own, query.terms, strict=True)
        )

    ids = set()
    for node, group in zip(graph.nodes, graph.grouping.group_of, strict=True):
        own = [holds_for_node(term, node, trace) for term in query.terms]
        if chosen(own, around(graph, group)):
            ids.add(node.id)
    for place, each in enumerate(graph.groups):
        own = [holds_for_group(term, graph, place) for term in query.terms]
        if chosen(own, around(graph, each.parent)):
            ids.add(item_id(each.id))
    return ids


PIECES = (
    "attn", "h.1", "h.1.attn", "mul", "add", "LayerNorm", "Backward0", "weight", "c_attn.weight",
    "x + attn", '"x + attn"', "e", "0", ".", "(2, *)", "(2, 16, 32)", "()", "(..., 16)", "32x96",
    "float16", "float32", "nan", "inf", "nonfinite", "leaf", "param", "function", "grad>0.1",
    "grad<1e-7", "value>=10", "norm>5", "params>1000", "params=0", "grad!=1", "value<=0.5",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=3), st.booleans())
def test_that_exactly_the_items_are_found_for_which_every_term_holds(
    pieces: list[str], passed: bool
) -> None:
    query, trace = read_query(" ".join(pieces)), PASS if passed else None
    items = SearchIndex(GRAPH, trace).find(query)
    assert len(items) == len(set(items))
    assert set(items) == expected(query, GRAPH, trace)


@given(st.data())
def test_that_the_items_of_any_nested_groups_are_found(data: st.DataObject) -> None:
    made = GroupedGraph()
    titles = st.sampled_from(["a", "b", "ab", "a.b", "B1"])
    for place in range(data.draw(st.integers(0, 6))):
        parent = data.draw(st.integers(NO_GROUP, place - 1))
        made.group(data.draw(titles), parent, type_name=data.draw(titles))
    groups = made.groups
    for _ in range(data.draw(st.integers(1, 8))):
        made.node(data.draw(titles), data.draw(st.integers(NO_GROUP, groups - 1)), label="b")
    graph = made.graph()
    query = read_query(data.draw(st.text("ab.1 ", max_size=6)))
    assert set(SearchIndex(graph).find(query)) == expected(query, graph, None)


def test_that_a_module_comes_before_its_parameters_and_the_nodes_in_it_with_another_word() -> None:
    assert found("h.1.attn") == ["@h.1.attn", "h.1.attn.c_attn.weight n9"]
    assert found("h.1.attn add") == ["Addmm n10"]
    assert found("attn")[:3] == ["@h.0.attn", "@h.1.attn", "@h.2.attn"]
    assert found("attention") == ["@h.0.attn", "@h.1.attn", "@h.2.attn"]


def test_that_titles_come_before_descriptions_and_beginnings_before_middles() -> None:
    ops = [each.split()[0] for each in found("add")]
    assert ops == ["Add"] * 3 + ["Addmm"] * 3
    assert [each.split()[0] for each in found("norm")][:3] == ["NativeLayerNorm"] * 3
    assert [each.split()[0] for each in found("attn weight")] == [
        f"h.{layer}.attn.c_attn.weight" for layer in range(3)
    ]


def test_that_a_leaf_is_found_by_the_beginning_of_its_kind_alone() -> None:
    made = GroupedGraph()
    made.node("Mul", NO_GROUP, made.leaf("a", NO_GROUP))
    assert found("mul", made.graph(), None) == ["Mul n1"]
    assert found("accumulate", made.graph(), None) == ["a n0"]


def test_that_numbers_are_those_of_the_pass() -> None:
    assert found("nan") == ["Softmax n5"]
    assert found("inf") == ["Add n6"]
    assert found("nonfinite") == ["Softmax n5", "Add n6"]
    assert found("grad<1e-7") == ["h.1.attn.c_attn.weight n9"]
    assert found("grad=3") == ["Addmm n4"]
    assert found("nan", trace=None) == []
    assert found("params=3104 block") == ["@h.0", "@h.1", "@h.2"]


def test_that_a_star_at_the_end_stands_for_one_size_or_more() -> None:
    assert {each.split()[0] for each in found("(2, *)")} == {
        "Embedding", "NativeLayerNorm", "Softmax", "Add",
    }  # fmt: skip
    assert found("(2, *, 32)") == found("(2, 16, 32)") == found("2x16x32")


def test_that_an_input_is_a_leaf_and_no_parameter() -> None:
    made = GroupedGraph()
    made.node("Mul", NO_GROUP, made.leaf("a", NO_GROUP, ()), made.leaf("x", NO_GROUP, ()))
    index = SearchIndex(made.graph(), None, {"x"})
    assert index.find(read_query("leaf")) == ("n0", "n1")
    assert index.find(read_query("param")) == ("n0",)
    assert index.find(read_query("params=1")) == ("n0",)


def test_that_values_of_a_few_numbers_tell_nan_from_infinite() -> None:
    made = GroupedGraph()
    both = TensorSummary(
        shape=(2,), dtype="float32", device="cpu", finite=False, values=(math.nan, math.inf)
    )
    made.node("Log", NO_GROUP, value=both, shape=(2,))
    graph = made.graph()
    for query in ("nan", "inf", "nonfinite"):
        assert SearchIndex(graph).find(read_query(query)) == ("n0",)


def test_that_a_large_graph_is_searched_within_a_part_of_the_time_to_prepare_it() -> None:
    graph = unrolled_cell(1000)
    assert len(graph.nodes) == 15_005
    index = SearchIndex(graph, pass_of(graph))
    started = time.perf_counter()
    index.prepare(read_query("grad>1"))
    prepared = time.perf_counter() - started

    def taken(text: str) -> float:
        query, begun = read_query(text), time.perf_counter()
        index.find(query)
        return time.perf_counter() - begun

    for text in ("mul", "step 17 tanh", "(1, *) float32", "grad>1e-3 add", "cell:77"):
        assert min(taken(text) for _ in range(5)) < prepared, text
    assert len(index.find(read_query("step 17"))) == 20


def test_that_large_values_are_compared_by_their_norms() -> None:
    made = GroupedGraph()
    made.node("Exp", NO_GROUP, value=large(30.0, (4,)))
    made.node("Neg", NO_GROUP, "n0", value=scalar(-40.0), shape=())
    graph = made.graph()
    assert SearchIndex(graph).find(read_query("value>=30")) == ("n0", "n1")
    assert SearchIndex(graph).find(read_query("value>30")) == ("n1",)
