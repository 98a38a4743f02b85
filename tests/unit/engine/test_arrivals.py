"""The recorded gradients of random networks and expressions: autograd's own, to the last bit."""

import math

import torch
from engine_cases import trees
from hypothesis import assume, given, settings
from random_networks import Plan, plans

from gradviz.core.accumulation import arrivals_at
from gradviz.core.settings import Model
from gradviz.engine.checks.passes import same_bits
from gradviz.engine.recorder import record
from gradviz.engine.recording import Recording
from gradviz.engine.run import Run
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
