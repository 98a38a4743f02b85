"""Models of the library `transformers`, opened as a user's file: their groups, pictures, gradients.

The oracle of the gradients is plain PyTorch, which runs a copy of the same module.
"""

import copy
from collections.abc import Iterator, Mapping
from functools import cache

import pytest
import torch
from library_rows import LIBRARY_MODELS
from local_layouts import LocalLayouts
from own_models import choice_of
from plain_backward import same_bits
from real_models import RealModel
from torch import Tensor, nn

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.groups import NO_GROUP
from gradviz.core.graphs.outline import Outline, outline_of
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.shown.cuts import LONGEST
from gradviz.core.graphs.shown.first_picture import MOST_BOXES, first_picture
from gradviz.core.graphs.shown.opening import opened_all
from gradviz.core.graphs.shown.readable import readable_share
from gradviz.core.graphs.shown.showing import Showing
from gradviz.engine.runs.run import Run
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.render.groups.rough_measure import rough_size
from gradviz.render.measure import boxes, links

#: Groups that each model must have, as the model itself calls its modules.
GROUPS = {
    "gpt2": ("transformer.h.1.attn", "transformer.h.1.mlp.c_fc", "lm_head"),
    "llama": ("model.layers.1.self_attn.q_proj", "model.layers.0.mlp", "model.norm"),
    "bert": ("bert.embeddings", "bert.encoder.layer.3.attention.self", "classifier"),
    "t5": (
        "encoder.block.1.layer.0.SelfAttention",
        "decoder.block.1.layer.1.EncDecAttention",
        "lm_head",
    ),
    "vit": ("vit.embeddings.patch_embeddings", "vit.layers.3.attention", "classifier"),
    "whisper": ("model.encoder.layers.1.self_attn", "model.decoder.layers.1.encoder_attn"),
    "clip": ("text_model.encoder.layers.1.self_attn", "vision_model.encoder.layers.1.mlp"),
    "mixtral": ("model.layers.1.mlp.gate", "model.layers.1.mlp.experts"),
    "mamba": ("backbone.layers.1.mixer.in_proj", "backbone.norm_f"),
    "detr": (
        "model.encoder.layers.1.self_attn",
        "model.decoder.layers.1.encoder_attn",
        "class_labels_classifier",
    ),
    "swin": ("swin.encoder.layers.0.blocks.1.attention", "swin.encoder.layers.0.downsample"),
    "resnet50": ("resnet.encoder.stages.2.layers.5", "resnet.embedder", "classifier"),
}


class Recorded:
    """A model that was built and recorded as the program does it, and a copy from before that."""

    def __init__(self, model: RealModel) -> None:
        run = Run(choice_of(model))
        module = run.model.module
        assert module is not None
        self.plain: nn.Module = copy.deepcopy(module)
        self.inputs: tuple[Tensor, ...] = ()
        with module.register_forward_pre_hook(self._keep):
            self.output, recording = run.recording()
        self.graph: Graph = recording.graph
        self.gradients: Mapping[str, Tensor] = {
            self.graph.node[node].op: gradient
            for node, gradient in recording.tensors.gradients.items()
        }

    def _keep(self, _: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        self.inputs = inputs


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Let torch use one thread: more of them only wait for each other at sizes this small."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


# Each is recorded once for all tests of this file.
recorded = cache(Recorded)
of_each_model = pytest.mark.parametrize("model", LIBRARY_MODELS, ids=lambda model: model.name)


def first_outline(graph: Graph) -> tuple[Outline, Placement]:
    outline = outline_of(graph, first_picture(graph, rough_size))
    placed = CompoundLayout(LocalLayouts().place).place(
        boxes(outline.graph), links(outline.graph), frame_boxes(outline), outline.frame_of
    )
    return outline, placed


@of_each_model
def test_that_each_node_of_a_library_model_is_in_the_groups_of_its_own_modules(
    model: RealModel,
) -> None:
    graph = recorded(model).graph
    grouping = graph.grouping
    outside = [
        graph.nodes[place].op for place, group in enumerate(grouping.group_of) if group == NO_GROUP
    ]
    # The output is summed behind the model, and that alone.
    assert outside in ([], ["Sum"])
    assert len(grouping.group_of) == len(graph.nodes)
    assert {*GROUPS[model.class_name]} <= {*grouping.index}
    whole = outline_of(graph, opened_all(graph, Showing(folding=False, parameters=True)))
    assert {*GROUPS[model.class_name]} <= {frame.group.id for frame in whole.frames} | {
        *whole.item_of.values()
    }
    assert whole.item_of.keys() == graph.node.keys()


@of_each_model
def test_that_a_module_of_a_library_model_is_called_as_pytorch_calls_it(model: RealModel) -> None:
    one = recorded(model)
    paths = {name for name, _ in one.plain.named_modules()}
    modules = [group for group in one.graph.groups if group.kind == "module"]
    others = [group for group in modules if group.path not in paths]
    # An activation that no module has among its own is called by its class.
    assert all(group.path.partition("#")[0] == group.type_name for group in others)


@of_each_model
def test_that_the_first_picture_of_a_library_model_can_be_read(model: RealModel) -> None:
    outline, placed = first_outline(recorded(model).graph)
    assert 1 < len(outline.graph.nodes) <= MOST_BOXES
    assert readable_share(placed, outline.graph.output) >= 0.95
    assert 1 / LONGEST <= placed.width / placed.height <= LONGEST


@of_each_model
def test_that_the_gradients_of_a_library_model_are_those_of_plain_backward(
    model: RealModel,
) -> None:
    one = recorded(model)
    found = one.plain(*one.inputs)
    output = next(iter(found.values())).sum()
    output.backward()
    expected = {
        name: parameter.grad
        for name, parameter in one.plain.named_parameters()
        if parameter.grad is not None
    }
    assert one.output == output.item()
    assert one.gradients.keys() == expected.keys()
    different = [
        name for name, gradient in expected.items() if not same_bits(one.gradients[name], gradient)
    ]
    assert different == []
