"""Each node belongs to the innermost call of a module that made it."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import torch
from called_models import (
    WIDTH,
    SmallGPT,
    graph_of_calls,
    group_of_leaf,
    ids,
    operations_in,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.modules import module as torch_module
from torch.utils.checkpoint import checkpoint

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.engine.recording.capture import Walk
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.listeners import pause_in_compiled_functions
from gradviz.engine.runs.run import Run
from gradviz.engine.scopes.grouping import grouped
from gradviz.engine.torch_internals.grad_nodes import counter


def no_hook_is_left() -> bool:
    hooks = (torch_module._global_forward_hooks, torch_module._global_forward_pre_hooks)
    return not any(hooks) and threading.getprofile() is None


def gpt() -> Graph:
    model = SmallGPT()
    return graph_of_calls(lambda: model(torch.arange(3)).sum(), dict(model.named_parameters()))


def test_that_every_module_call_of_a_transformer_is_a_group_with_its_path() -> None:
    graph = gpt()
    attention = graph.groups[graph.grouping.index["h.1.attn"]]

    assert ids(graph)[:3] == ["SmallGPT", "wte", "h.0"]
    assert (attention.title, attention.type_name, attention.path) == (
        "attn",
        "Attention",
        "h.1.attn",
    )
    assert re.fullmatch(r"called_models\.py:\d+", attention.place)
    assert [graph.groups[each].id for each in graph.grouping.around(attention.parent)] == [
        "SmallGPT",
        "h.1",
    ]
    assert operations_in(graph, "h.1.attn.qkv") == ["Addmm", "T"]
    assert operations_in(graph, "h.1") == ["Add", "Add"]
    assert graph.groups[0].path == ""
    assert all(group.parent < place for place, group in enumerate(graph.groups))


def test_that_what_is_computed_outside_of_the_module_has_no_group() -> None:
    graph = gpt()

    outside = [n.op for n, g in zip(graph.nodes, graph.group_of, strict=True) if g == NO_GROUP]

    assert outside == ["Sum"]


def test_that_parameters_are_with_their_module_and_tied_ones_where_all_uses_are() -> None:
    graph = gpt()

    assert group_of_leaf(graph, "h.1.mlp.2.bias") == "h.1.mlp.2"
    assert group_of_leaf(graph, "wte.weight") == "SmallGPT"


def test_that_the_calls_of_one_module_are_numbered_and_its_parameters_in_the_first() -> None:
    cell = nn.LSTMCell(WIDTH, WIDTH)

    def unrolled() -> torch.Tensor:
        h = c = torch.zeros(1, WIDTH)
        for step in torch.ones(3, 1, WIDTH):
            h, c = cell(step, (h, c))
        return h.sum()

    graph = graph_of_calls(unrolled, dict(cell.named_parameters()))

    assert ids(graph) == ["LSTMCell", "LSTMCell:2", "LSTMCell:3"]
    assert [group.call for group in graph.groups] == [1, 2, 3]
    assert group_of_leaf(graph, "weight_hh") == "LSTMCell"


def test_that_a_module_in_two_places_has_its_first_path() -> None:
    shared = nn.Linear(WIDTH, WIDTH)
    model = nn.ModuleDict({"first": shared, "second": shared})
    outer = nn.Sequential(model["first"], nn.Tanh(), model["second"])
    graph = graph_of_calls(lambda: outer(torch.ones(1, WIDTH)).sum(), {"w": shared.weight})

    assert ids(graph) == ["Sequential", "0", "1", "0:2"]
    assert group_of_leaf(graph, "w") == "0"


def test_that_two_networks_in_one_loss_have_the_names_of_their_classes() -> None:
    generator = nn.Sequential(nn.Linear(WIDTH, WIDTH))
    critic = nn.Bilinear(WIDTH, WIDTH, 1)

    def loss() -> torch.Tensor:
        made = generator(torch.ones(1, WIDTH))
        found: torch.Tensor = critic(made, made).sum()
        return found

    assert ids(graph_of_calls(loss)) == ["Sequential", "Sequential.0", "Bilinear"]


class Tree(nn.Module):
    """Calls itself for each branch."""

    def __init__(self) -> None:
        super().__init__()
        self.join = nn.Linear(2 * WIDTH, WIDTH)

    def forward(self, tree: object, x: torch.Tensor) -> torch.Tensor:
        if not isinstance(tree, tuple):
            return x * 2
        left, right = (self(each, x) for each in tree)
        joined: torch.Tensor = self.join(torch.cat((left, right), -1))
        return joined


def test_that_a_module_that_calls_itself_nests() -> None:
    tree, x = Tree(), torch.ones(1, WIDTH, requires_grad=True)
    graph = graph_of_calls(lambda: tree(((1.0, 2.0), 3.0), x).sum(), {"x": x})
    inner = graph.groups[graph.grouping.index["Tree:2"]]

    assert graph.groups[inner.parent].id == "Tree"
    assert operations_in(graph, "Tree:3") == ["Mul"]
    assert operations_in(graph, "Tree:2") == ["Cat"]
    assert group_of_leaf(graph, "x") == ""


def test_that_a_module_without_nodes_is_no_group() -> None:
    first, second = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
    model = nn.Sequential(first, second)

    def frozen() -> torch.Tensor:
        with torch.no_grad():
            x = model[0](torch.ones(1, WIDTH))
        found: torch.Tensor = model[1](x).sum()
        return found

    assert ids(graph_of_calls(frozen)) == ["Linear"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("before", [True, False])
def test_that_a_hook_that_raises_leaves_nothing_of_ours_behind(
    error: type[BaseException], before: bool
) -> None:
    model = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh())

    def refuse(*_: object) -> None:
        raise error("no")

    if before:
        model[1].register_forward_pre_hook(refuse)
    else:
        model[1].register_forward_hook(refuse)
    with pytest.raises(error), ForwardRecorder():
        model(torch.ones(1, WIDTH))

    assert no_hook_is_left()


def test_that_an_error_that_forward_catches_leaves_the_later_calls_in_their_groups() -> None:
    class Refusing(nn.Module):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            x.exp()
            raise KeyboardInterrupt

    class Trying(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = Refusing(), nn.Linear(WIDTH, WIDTH)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            try:
                x = self.first(x)
            except KeyboardInterrupt:
                x = x * 2
            result: torch.Tensor = self.second(x)
            return result.tanh()

    model, x = Trying(), torch.ones(1, WIDTH, requires_grad=True)
    graph = graph_of_calls(lambda: model(x))

    assert operations_in(graph, "second") == ["Addmm", "T"]
    assert graph.groups[graph.grouping.index["second"]].title == "second"


class Threaded(nn.Module):
    """Runs a part of its forward in another thread."""

    def __init__(self, run: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.before, self.after = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.run = run

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.before(x)
        with ThreadPoolExecutor(1) as pool:
            x = pool.submit(self.run, x).result()
        result: torch.Tensor = self.after(x)
        return result


def _elsewhere(graph: Graph) -> list[str]:
    """Return the ids of the groups of the operations that another thread made."""
    told = {"T", "Addmm", "Sum", "AccumulateGrad"}
    return [
        graph.groups[group].id
        for node, group in zip(graph.nodes, graph.group_of, strict=True)
        if node.op not in told and node.kind != "leaf"
    ]


def test_that_what_another_thread_made_outside_of_modules_is_where_its_users_are() -> None:
    model = Threaded(lambda x: x.exp().sin())
    # The numbers of a new thread begin at 0: those of this one are behind them, or among them.
    graph = graph_of_calls(lambda: model(torch.ones(1, WIDTH)).sum())

    assert set(_elsewhere(graph)) == {"after"}
    assert operations_in(graph, "before") == ["Addmm", "T"]


def test_that_what_a_module_made_in_another_thread_is_in_its_call() -> None:
    model = Threaded(nn.Sequential(nn.Softplus(), nn.Linear(WIDTH, WIDTH), nn.Softsign()))
    names = dict(model.named_parameters())
    graph = graph_of_calls(lambda: model(torch.ones(1, WIDTH)).sum(), names)

    assert set(_elsewhere(graph)) == {"run.0", "run.2"}
    assert operations_in(graph, "run.1") == ["Addmm", "T"]
    assert group_of_leaf(graph, "run.1.weight") == "run.1"
    assert operations_in(graph, "before") == ["Addmm", "T"]
    assert operations_in(graph, "after") == ["Addmm", "T"]


def test_that_a_thread_that_runs_beside_another_call_is_not_within_that() -> None:
    class Beside(Threaded):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            entered, left = threading.Event(), threading.Event()

            def run() -> torch.Tensor:
                entered.wait()
                found = self.run(x)
                left.set()
                return found

            def meanwhile(*_: object) -> None:
                entered.set()
                left.wait()

            with self.before.register_forward_pre_hook(meanwhile), ThreadPoolExecutor(1) as pool:
                future = pool.submit(run)
                y = self.before(x)
                result: torch.Tensor = self.after(y + future.result())
            return result

    model = Beside(nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Softplus()))
    graph = graph_of_calls(lambda: model(torch.ones(1, WIDTH)).sum())
    place = graph.grouping.index["run"]

    assert graph.groups[graph.groups[place].parent].id == "Beside"
    assert operations_in(graph, "run.0") == ["Addmm", "T"]
    assert operations_in(graph, "before") == ["Addmm", "T"]


def test_that_threads_whose_numbers_are_those_of_this_one_make_no_wrong_claim() -> None:
    found: list[Graph] = []
    model = Threaded(lambda x: x.exp().sin())
    fresh = threading.Thread(
        target=lambda: found.append(graph_of_calls(lambda: model(torch.ones(1, WIDTH)).sum()))
    )
    fresh.start()
    fresh.join()

    assert operations_in(found[0], "before") == ["Addmm", "T"]
    assert sorted(operations_in(found[0], "after")) == ["Addmm", "Exp", "Sin", "T"]


@pytest.mark.parametrize("reentrant", [True, False])
def test_that_a_checkpoint_is_in_the_module_that_runs_it(reentrant: bool) -> None:
    class Saving(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = nn.Linear(WIDTH, WIDTH)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            found = checkpoint(self.inner, x, use_reentrant=reentrant)
            assert isinstance(found, torch.Tensor)
            return found.tanh()

    model, x = Saving(), torch.ones(1, WIDTH, requires_grad=True)
    graph = graph_of_calls(lambda: model(x))

    if reentrant:
        assert operations_in(graph, "Saving") == ["Tanh", "CheckpointFunction"]
    else:
        assert operations_in(graph, "inner") == ["Addmm", "T"]


def test_that_a_graph_that_was_freed_has_its_groups() -> None:
    model = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh())
    with ForwardRecorder() as recorder:
        output = model(torch.ones(1, WIDTH)).sum()
    output.backward()
    walk = Walk(output, {})
    groups, group_of = grouped(
        walk.operations, walk.leaves, walk.feeds, recorder.scopes, recorder.heard_nodes
    )

    assert [group.id for group in groups] == ["Sequential", "0", "1"]
    assert len(group_of) == len(walk.nodes)


def test_that_a_compiled_module_is_one_group_and_hooks_of_ours_are_not_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch, "compile", torch.compile)
    pause_in_compiled_functions()
    inner = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.Tanh())
    heard: list[bool] = []

    def backend(graph: object, inputs: object) -> Callable[..., object]:
        heard.append(no_hook_is_left())
        assert callable(graph)
        return graph

    compiled: nn.Module = torch.compile(inner, backend=backend)  # type: ignore[assignment]
    model = nn.Sequential(compiled, nn.Softplus())
    graph = graph_of_calls(lambda: model(torch.ones(1, WIDTH)).sum())
    again = graph_of_calls(lambda: model(torch.ones(1, WIDTH)).sum())

    assert ids(graph) == ids(again) == ["Sequential", "0", "1"]
    assert graph.groups[1].type_name == "Sequential"
    assert heard == [True]


def test_that_scripts_replicas_and_mapped_functions_have_groups() -> None:
    with pytest.warns((DeprecationWarning, FutureWarning), match="jit"):
        script = torch.jit.script(nn.Sequential(nn.Linear(WIDTH, WIDTH)))
    replicas = nn.DataParallel(nn.Sequential(nn.Linear(WIDTH, WIDTH)))
    linear = nn.Linear(WIDTH, WIDTH)
    x = torch.ones(2, WIDTH)

    assert ids(graph_of_calls(lambda: script(x).sum())) == ["Sequential"]
    assert ids(graph_of_calls(lambda: replicas(x).sum())) == [
        "DataParallel",
        "module",
        "module.0",
    ]
    assert "Linear" in ids(graph_of_calls(lambda: torch.func.vmap(linear)(x).sum()))


@pytest.mark.parametrize("name", ["<&>\"\\'", "层", "a" * 20_000, "loop@1/2", "x:2", " "])
def test_that_any_name_of_a_module_is_its_path(name: str) -> None:
    model = nn.Sequential()
    model.add_module(name, nn.Linear(WIDTH, WIDTH))
    model.add_module("x", nn.Linear(WIDTH, WIDTH))

    class Twice(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = model

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.inner(self.inner(x))
            return found

    graph = graph_of_calls(lambda: Twice()(torch.ones(1, WIDTH)).sum())

    assert f"inner.{name}" in [group.path for group in graph.groups]
    assert len(set(ids(graph))) == len(graph.groups)


def test_that_a_version_of_torch_without_numbers_has_no_groups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(torch._C._autograd, "_get_sequence_nr")

    assert gpt().groups == ()
    assert counter()() == -1


def test_that_a_recorded_run_has_the_groups_of_its_module_each_time() -> None:
    run = Run(Model(source="nn"))
    first, again = run.record()[1], run.record()[1]

    assert ids(first) == ["Sequential", "0", "1"]
    assert group_of_leaf(first, "weight") == "0"
    assert (first.groups, first.group_of) == (again.groups, again.group_of)


class Random(nn.Module):
    """Notes the module in which each of its nodes was made."""

    def __init__(self, shape: object, made: dict[object, str], path: str = "") -> None:
        super().__init__()
        self.parts = nn.ModuleList(
            Random(each, made, f"{path}.parts.{place}".strip("."))
            for place, each in enumerate(shape if isinstance(shape, list) else ())
        )
        self.weight = nn.Parameter(torch.ones(()))
        self.made, self.path, self.calls = made, path, 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.calls += 1
        name = (self.path or "Random") + (f":{self.calls}" if self.calls > 1 else "")
        x = x * self.weight
        self.made[x.grad_fn] = name
        for part in self.parts:
            x = part(x)
            x = x.exp()
            self.made[x.grad_fn] = name
            if len(self.parts) > 2:
                x = part(x)
        return x


SHAPES: st.SearchStrategy[object] = st.recursive(
    st.just([]), lambda inner: st.lists(inner, max_size=3), max_leaves=8
)


@settings(max_examples=25, deadline=None)
@given(SHAPES)
def test_that_every_node_is_in_the_group_of_the_module_whose_forward_ran(shape: object) -> None:
    made: dict[object, str] = {}
    model = Random(shape, made)
    with ForwardRecorder() as recorder:
        output = model(torch.ones(()))
    walk = Walk(output, {})
    groups, group_of = grouped(
        walk.operations, walk.leaves, walk.feeds, recorder.scopes, recorder.heard_nodes
    )
    for node, group in zip(walk.operations, group_of, strict=False):
        while groups[group].kind != "module":
            group = groups[group].parent
        assert groups[group].id == made[node]
    assert len(group_of) == len(walk.nodes)


@pytest.mark.parametrize("source", ["autograd", "function", "a + b sin(c x)"])
def test_that_a_model_that_calls_nobody_has_no_groups_where_calls_are_heard_either(
    source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(Model(source=source, mode="fit"))
    assert not run.model.calls
    silent = run.recording()[1].graph
    monkeypatch.setattr(run.model, "calls", True)
    heard = run.recording()[1].graph
    assert silent.groups == heard.groups == ()
    assert (silent.nodes, silent.edges) == (heard.nodes, heard.edges)
