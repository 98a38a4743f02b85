"""The first picture of real models on the command line: several boxes, all of which can be read."""

import pytest
from local_layouts import LocalLayouts
from own_models import choice_of
from real_models import REAL_MODELS, RealModel

from gradviz.core.graphs.graph import Graph
from gradviz.core.graphs.outline import outline_of
from gradviz.core.graphs.shown.first_picture import MOST_BOXES, first_picture
from gradviz.core.graphs.shown.readable import readable_share
from gradviz.engine.runs.run import Run
from gradviz.layout.compound import CompoundLayout, frame_boxes
from gradviz.render.groups.rough_measure import rough_size
from gradviz.render.measure import boxes, links


def recorded(model: RealModel) -> Graph:
    return Run(choice_of(model)).record()[1]


@pytest.mark.parametrize("model", REAL_MODELS, ids=lambda model: model.name)
def test_that_the_first_picture_of_a_real_model_can_be_read(model: RealModel) -> None:
    graph = recorded(model)
    outline = outline_of(graph, first_picture(graph, rough_size))
    placed = CompoundLayout(LocalLayouts().place).place(
        boxes(outline.graph), links(outline.graph), frame_boxes(outline), outline.frame_of
    )
    assert 1 < len(outline.graph.nodes) <= MOST_BOXES
    assert readable_share(placed, outline.graph.output) >= 0.95


@pytest.mark.parametrize("model", REAL_MODELS, ids=lambda model: model.name)
def test_that_a_box_is_about_as_large_as_it_is_drawn(model: RealModel) -> None:
    graph = recorded(model)
    outline = outline_of(graph, first_picture(graph, rough_size))
    shown = zip(outline.graph.nodes, boxes(outline.graph), strict=True)
    ratios = [rough_size(node)[0] / box.width for node, box in shown]
    assert sum(ratios) / len(ratios) == pytest.approx(1, abs=0.15)
