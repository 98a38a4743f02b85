"""The plans themselves, from the best picture to the surest."""

from gradviz.core.graphs.placement import Placement
from gradviz.layout.choice import check_links
from gradviz.layout.dot_layout import place_with_dot
from gradviz.layout.messages import LayoutRequest
from gradviz.layout.rows import place_in_rows
from gradviz.layout.split import split_leaves


def place(request: LayoutRequest) -> Placement:
    """Carry out the request's plan in this process.

    Raises:
        LayoutError: a link leads to no box, or Graphviz refuses the graph.
    """
    boxes, links, direction = request.boxes, request.links, request.direction
    check_links(boxes, links)
    if request.plan == "dot":
        return place_with_dot(boxes, links, direction)
    if request.plan == "rows":
        return place_in_rows(boxes, links, direction)
    boxes, links, link_of = split_leaves(boxes, links)
    placed = place_with_dot(boxes, links, direction, plan="split leaves")
    return Placement(
        plan=placed.plan,
        width=placed.width,
        height=placed.height,
        centers={key: at for key, at in placed.centers.items() if key not in link_of},
        curves=placed.curves,
        sizes={key: size for key, size in placed.sizes.items() if key not in link_of},
        ghosts={link_of[key]: at for key, at in placed.centers.items() if key in link_of},
        direction=direction,
    )
