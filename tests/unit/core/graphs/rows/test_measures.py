"""The numbers of the whole model are those that torch computes of all parameters together."""

import math

import pytest
import torch
from called_models import SmallGPT

from gradviz.core.graphs.rows.measures import Measures
from gradviz.engine.recording.forward_recorder import ForwardRecorder
from gradviz.engine.recording.recorder import record


def test_that_the_total_is_the_norm_of_all_gradients_together() -> None:
    torch.manual_seed(0)
    model = SmallGPT()
    with ForwardRecorder() as recorder:
        output = model(torch.arange(3)).pow(2).sum()
    told = record(output, dict(model.named_parameters()), recorder)
    measures = Measures(told.graph, told.trace)
    model(torch.arange(3)).pow(2).sum().backward()
    gradients = [each.grad.flatten() for each in model.parameters() if each.grad is not None]

    expected = torch.linalg.vector_norm(torch.cat(gradients).double()).item()
    assert measures.total_gradient == pytest.approx(expected, rel=1e-6)
    assert measures.total_parameters == sum(each.numel() for each in model.parameters())
    assert not measures.any_unsound


def test_that_there_is_no_total_without_a_pass() -> None:
    x = torch.ones(2, requires_grad=True)
    measures = Measures(record((x * 2).sum(), {"x": x}).graph, None, ("x",))

    assert math.isnan(measures.total_gradient)
    assert measures.total_parameters == 0
