"""The recorded gradients of random networks and expressions: autograd's own, to the last bit."""

import math

import torch
from engine_cases import trees
from hypothesis import assume, given, settings
from random_networks import Plan, plans

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.accumulation import arrivals_at, every_sum
from gradviz.engine.inspection.checks.passes import same_bits
from gradviz.engine.recording.recorder import record
from gradviz.engine.recording.recording import Recording
from gradviz.engine.runs.run import Run
from gradviz.expression import Tree, to_text


def _same_as_autograd(recording: Recording, gradients: dict[str, torch.Tensor | None]) -> None:
    """Compare the leaves by name, and each leaf's sum with its terms in order of arrival."""
    names = {recording.graph.node[node].op: node for node in recording.tensors.gradients}
    assert names.keys() == {name for name, each in gradients.items() if each is not None}
    for name, node in names.items():
        expected = gradients[name]
        assert expected is not None
        assert same_bits(recording.tensors.gradients[node], expected)
        rows = arrivals_at(recording.graph, recording.trace, node)
        sent = [
            recording.tensors.grad_inputs[row.edge.target][row.edge.slot]
            for row in rows
            if row.gradient is not None
        ]
        if not sent:
            # The output is the leaf itself: its gradient is where backward starts.
            assert recording.graph.output == node
            continue
        total = sent[0]
        assert total is not None
        for each in sent[1:]:
            assert each is not None
            total = total + each
        assert same_bits(total, expected)


@given(plans())
@settings(max_examples=40)
def test_that_a_random_network_records_autograds_own_gradients(plan: Plan) -> None:
    network = plan.built()
    leaves = dict(network.named_parameters())
    expected = torch.autograd.grad(network(), list(leaves.values()), allow_unused=True)
    recording = record(network(), leaves)
    _same_as_autograd(recording, dict(zip(leaves, expected, strict=True)))


@given(trees())
@settings(max_examples=40)
def test_that_a_random_expression_records_autograds_own_gradients(tree: Tree) -> None:
    text = to_text(tree)
    run = _built(text)
    assume(run is not None)
    assert run is not None
    y = run.model.forward(run.x)
    leaves = dict(run.leaves)
    expected = torch.autograd.grad(y, list(leaves.values()), allow_unused=True)
    _, recording = run.recording()
    _same_as_autograd(recording, dict(zip(leaves, expected, strict=True)))


def _built(text: str) -> Run | None:
    from gradviz.core.errors import GradvizError

    try:
        return Run(Model(source=text, mode="point", at=math.e / 4))
    except GradvizError:
        # What is no expression, or has nothing to differentiate, is no case for autograd.
        return None


class _Cell(torch.nn.Module):
    """An LSTM cell whose weights are used in every step."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.cell = torch.nn.LSTMCell(2, 2)
        self.x = torch.linspace(-1, 1, steps)

    def forward(self) -> torch.Tensor:
        h = c = torch.zeros(1, 2)
        for x in self.x:
            h, c = self.cell(x.expand(1, 2), (h, c))
        return h.sum()


def test_that_a_weight_that_is_used_in_every_step_lists_each_use_up_to_its_gradient() -> None:
    torch.manual_seed(0)
    module, steps = _Cell(40), 40
    leaves = dict(module.named_parameters())
    expected = torch.autograd.grad(module(), list(leaves.values()))
    recording = record(module(), leaves)
    _same_as_autograd(recording, dict(zip(leaves, expected, strict=True)))
    for node in recording.tensors.gradients:
        rows = arrivals_at(recording.graph, recording.trace, node)
        assert len(rows) == steps
        assert len({row.edge.id for row in rows}) == steps
        assert rows[-1].total == recording.trace.leaf_grads[node]


def test_that_both_uses_of_dynamic_nets_e_are_terms_of_its_sum() -> None:
    run = Run(Model(source="dynamic", points=30))
    step = next(step for step in (0, *run.model.shape_steps()) if _uses_of_e(run, step) == 2)
    _, recording = run.recording(step)
    (leaf,) = (node.id for node in recording.graph.nodes if node.op == "e")
    rows = arrivals_at(recording.graph, recording.trace, leaf)
    senders = [recording.graph.node[row.edge.target].label for row in rows]
    assert sorted(senders) == ["e·x⁴", "e·x⁵"]
    assert rows[-1].total == recording.trace.leaf_grads[leaf]


def _uses_of_e(run: Run, step: int) -> int:
    _, graph, _ = run.record(step)
    return sum(len(graph.edges_out_of[node.id]) for node in graph.nodes if node.op == "e")


def test_that_what_arrives_at_a_value_used_twice_adds_up_to_its_upstream_gradient() -> None:
    x = torch.tensor(0.7, requires_grad=True)
    shared = x.sin()
    recording = record(shared.exp() * shared, {"x": x})
    (node,) = (node.id for node in recording.graph.nodes if node.op == "Sin")
    rows = every_sum(recording.graph, recording.trace)[node]
    terms = [row.gradient.scalar for row in rows if row.gradient is not None]
    (upstream,) = recording.tensors.grad_outputs[node]
    assert len(terms) == 2
    assert upstream is not None
    one, other = (torch.tensor(term) for term in terms)
    assert torch.equal(one + other, upstream)
