"""Modules that call each other at random: shared, recursive, without gradients, in threads."""

import threading
from collections.abc import Callable
from typing import Any

import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from gradviz.core.graphs.groups import NO_GROUP, Group
from gradviz.engine.recording.capture import Walk
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.scopes.grouping import grouped

#: Calls of modules within one another.
_DEEPEST = 3


class World:
    """The modules that any of them may call, and the call in which each node was made."""

    def __init__(self) -> None:
        self.pool: list[nn.Module] = []
        self.made: dict[Any, str] = {}
        #: The path of the module whose call in another thread made each node.
        self.elsewhere: dict[Any, str] = {}
        self.main = threading.get_ident()
        self.depth = 0


class Part(nn.Module):
    """Follows its plan: operations, and calls of modules of the world, itself among them."""

    def __init__(self, plan: list[Any], world: World, path: str) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(0.5))
        self.plan, self.world, self.path, self.calls = plan, world, path, 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if threading.get_ident() == self.world.main:
            self.calls += 1
        name = self.path + (f":{self.calls}" if self.calls > 1 else "")
        for step in self.plan:
            x = self.run(step, x, name, threading.get_ident())
        return x

    def run(self, step: Any, x: torch.Tensor, name: str, home: int) -> torch.Tensor:
        """Return x after one step of the plan; `home` is the thread in which the module runs."""
        match step:
            case "operation":
                x = x * self.weight
                here = threading.get_ident()
                if x.grad_fn is not None and here == self.world.main:
                    self.world.made[x.grad_fn] = name
                elif x.grad_fn is not None and here == home:
                    self.world.elsewhere[x.grad_fn] = self.path
            case ("call", place):
                if self.world.depth < _DEEPEST:
                    self.world.depth += 1
                    x = self.world.pool[place % len(self.world.pool)](x)
                    self.world.depth -= 1
            case ("without gradients", inner):
                with torch.no_grad():
                    x = self.run(inner, x, name, home)
            case ("in a thread", inner):
                x = self.in_thread(lambda: self.run(inner, x, name, home))
        return x

    def in_thread(self, run: Callable[[], torch.Tensor]) -> torch.Tensor:
        """Return what `run` returns in a thread of its own."""
        found: list[torch.Tensor] = []
        thread = threading.Thread(target=lambda: found.append(run()))
        thread.start()
        thread.join()
        return found[0]


class Whole(nn.Module):
    """Holds all modules, calls the first, and ends with an operation of its own."""

    def __init__(self, plans: list[list[Any]], world: World) -> None:
        super().__init__()
        self.pool = nn.ModuleList(
            Part(plan, world, f"pool.{place}") for place, plan in enumerate(plans)
        )
        world.pool = list(self.pool)
        self.weight = nn.Parameter(torch.tensor(0.5))
        self.world = world

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool[0](x) * self.weight
        self.world.made[x.grad_fn] = "Whole"
        return x


STEPS: st.SearchStrategy[Any] = st.recursive(
    st.just("operation") | st.tuples(st.just("call"), st.integers(0, 3)),
    lambda inner: st.tuples(st.sampled_from(["without gradients", "in a thread"]), inner),
    max_leaves=2,
)
PLANS = st.lists(st.lists(STEPS, max_size=3), min_size=1, max_size=4)


def around(groups: tuple[Group, ...], place: int) -> list[int]:
    """Return a group and those around it, the outermost first."""
    found = []
    while place != NO_GROUP:
        found.append(place)
        place = groups[place].parent
    return found[::-1]


def module_id(groups: tuple[Group, ...], place: int) -> str:
    """Return the id of the module around a node; empty where it has none."""
    modules = [each for each in around(groups, place) if groups[each].kind == "module"]
    return groups[modules[-1]].id if modules else ""


@settings(max_examples=60, deadline=None)
@given(PLANS)
def test_that_every_node_is_in_exactly_one_group_that_of_the_call_that_made_it(
    plans: list[list[Any]],
) -> None:
    world = World()
    model = Whole(plans, world)
    with ForwardRecorder() as recorder:
        output = model(torch.ones(()))
    walk = Walk(output, dict(model.named_parameters()))
    groups, group_of = grouped(
        walk.operations, walk.leaves, walk.feeds, recorder.scopes, recorder.heard_nodes
    )

    assert len(group_of) == len(walk.nodes)
    assert all(NO_GROUP <= each < len(groups) for each in group_of)
    assert all(group.parent < place for place, group in enumerate(groups))
    assert len({group.id for group in groups}) == len(groups)
    told = {node: module_id(groups, group_of[place]) for place, node in enumerate(walk.operations)}
    assert {node: each for node, each in told.items() if node in world.made} == {
        node: world.made[node] for node in walk.operations if node in world.made
    }
    assert {
        node: each.partition(":")[0] for node, each in told.items() if node in world.elsewhere
    } == {node: world.elsewhere[node] for node in walk.operations if node in world.elsewhere}
    # What another thread made by itself is where all of its users are, or in the call around it.
    place_of = {node: place for place, node in enumerate(walk.operations)}
    for node in walk.operations:
        if node not in world.made and not world.elsewhere:
            users = [u for u in walk.operations if any(s is node for s, _ in walk.feeds[u])]
            ways = [around(groups, group_of[place_of[user]]) for user in users]
            shared = [step[0] for step in zip(*ways, strict=False) if len(set(step)) == 1]
            assert group_of[place_of[node]] == (shared[-1] if shared else NO_GROUP)
