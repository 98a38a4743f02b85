"""A sample of every sign in a graph with its meaning, painted as graphs themselves are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gradviz.core.findings.health import Diagnosis
from gradviz.core.graphs.graph import Edge, Graph, Node, NodeKind
from gradviz.core.graphs.groups import Group
from gradviz.core.graphs.placement import Placement
from gradviz.core.graphs.union_layout import GoneNode, Marks
from gradviz.core.language.saying import tr
from gradviz.render.painter import paint
from gradviz.render.picture import (
    NO_LOCAL,
    EdgeView,
    FrameView,
    GroupView,
    NodeState,
    NodeView,
    Picture,
)
from gradviz.render.shades import NO_SHADES, Shades
from gradviz.render.style import Theme

#: The room of each sample.
SAMPLE: Final = QRectF(0, 0, 210, 68)
_BOX: Final = (105.0, 33.0), (160.0, 40.0)
_ID: Final = "sample"
_NO_MARKS: Final = Marks()
_LINE: Final = Edge(id="line", source="left", target="right", slot=0)


@dataclass(frozen=True)
class SignSample:
    """A sign as a small picture, and a sentence on its meaning."""

    text: str
    picture: Picture
    placement: Placement
    edges: tuple[Edge, ...] = ()
    marks: Marks = _NO_MARKS
    shades: Shades = NO_SHADES
    selected: str | None = None
    marked: frozenset[str] = frozenset()


def paint_sample(painter: QPainter, sample: SignSample, theme: Theme) -> None:
    """Paint a sample into SAMPLE."""
    nodes = tuple(view.node for view in sample.picture.nodes.values())
    paint(
        painter,
        Graph(nodes=nodes, edges=sample.edges, output=nodes[0].id if nodes else ""),
        sample.picture,
        sample.placement,
        theme,
        selected=sample.selected,
        marked=sample.marked,
        marks=sample.marks,
        shades=sample.shades,
    )


def sign_samples() -> tuple[SignSample, ...]:
    """Return the signs of nodes and groups, then those of edges, then the marks on both."""
    return (*_nodes(), *_groups(), *_edges(), *_marks())


def _nodes() -> tuple[SignSample, ...]:
    return (
        _one(tr("A leaf: a parameter or an input."), "weight", "leaf"),
        _one(tr("An operation, with its name in the backward pass beside it."), "Mul"),
        _one(tr("A torch.autograd.Function of a model's own."), "Cube", "function"),
        _one(tr("The output, where the backward pass begins."), "Sum", "output"),
        _one(tr("Made by a backward pass: the order is 2."), "Mul", order=2),
        _one(tr("The node of the current step."), "Mul", state="now"),
        _one(tr("✓: the backward pass is done with it."), "Mul", state="done"),
        _one(tr("Dotted: the forward pass has not come there."), "Mul", state="coming"),
    )


def _groups() -> tuple[SignSample, ...]:
    closed = Node(id=_ID, op="attn", name="Attention", kind="group")
    fold = Node(id=_ID, op="h.0 … h.11 ×12", name="Block", kind="group")
    group = Group(id="attn", title="attn", kind="module", type_name="Attention")
    frame = FrameView(_ID, group, nodes=8)
    placed = msgspec.structs.replace(
        _placed(), centers={}, sizes={}, frames={_ID: (10.0, 6.0, 190.0, 54.0)}
    )
    return (
        SignSample(
            tr("▸: a closed group, such as a call of a module."),
            _shown(GroupView(closed)),
            _placed(),
        ),
        SignSample(
            tr("A fold: equal groups in a row as one box, and how many."),
            _shown(GroupView(fold, folded=12)),
            _placed(),
        ),
        SignSample(
            tr("▾: an open group is a frame around all within."),
            Picture({}, {}, frames={_ID: frame}),
            placed,
        ),
    )


def _edges() -> tuple[SignSample, ...]:
    def line(text: str, view: EdgeView, local: Mapping[str, float] = NO_LOCAL) -> SignSample:
        bundled = (view.id,) if view.count > 1 else ()
        points = ((20.0, 33.0), (70.0, 33.0), (140.0, 33.0), (190.0, 33.0))
        placed = msgspec.structs.replace(_placed(), centers={}, sizes={}, curves={view.id: points})
        shown = Picture({}, {view.id: view}, bundled=bundled, local=local)
        return SignSample(text, shown, placed, (_LINE,))

    return (
        line(tr("An edge: a tensor on its way forwards."), EdgeView("line")),
        line(tr("A bundle: several edges between the same boxes."), EdgeView("line", count=3)),
        line(tr("The gradient that arrives in the current step."), EdgeView("line", "now", "0.5")),
        line(tr("∂: the derivative of its end by its start."), EdgeView("line"), {"line": 0.5}),
        line(tr("A gradient that waits for its node."), EdgeView("line", "waiting")),
        line(tr("A gradient that has been worked on."), EdgeView("line", "done")),
    )


def _marks() -> tuple[SignSample, ...]:
    view = NodeView(_node("Mul"))
    leaf = NodeView(_node("weight", "leaf"))
    shared = msgspec.structs.replace(_shown(leaf), shared={_ID: (1,)})
    use = msgspec.structs.replace(_LINE, source=_ID)
    centers, sizes = {_ID: (-400.0, 33.0)}, {_ID: _BOX[1]}
    copied = msgspec.structs.replace(
        _placed(), centers=centers, sizes=sizes, ghosts={use.id: _BOX[0]}
    )
    only = frozenset({_ID})
    went = Marks(gone=(GoneNode(title="Mul", center=_BOX[0], size=_BOX[1]),))
    signs: tuple[tuple[Diagnosis, str], ...] = (
        ("non-finite", tr("!: the gradient is not finite.")),
        ("exploding", tr("↑: the gradient explodes.")),
        ("dead", tr("0: the gradient is dead, almost all of it zero.")),
        ("vanishing", tr("↓: the gradient vanishes.")),
    )
    return (
        SignSample(
            tr("Dashed: a further copy of a leaf, near its use."), _shown(leaf), copied, (use,)
        ),
        SignSample(
            tr("Linked rings: boxes with this number share a parameter."), shared, _placed()
        ),
        SignSample(tr("A ring: chosen."), _shown(view), _placed(), selected=_ID),
        SignSample(
            tr("A broken ring: marked, found, or made by the chosen line."),
            _shown(view),
            _placed(),
            marked=only,
        ),
        SignSample(
            tr("+: it came, with another shape or since the kept recording."),
            _shown(view),
            _placed(),
            marks=Marks(came=only),
        ),
        SignSample(tr("−: it went; here it was."), Picture({}, {}), _placed(), marks=went),
        SignSample(
            tr("≠: its numbers differ from the kept recording."),
            _shown(view),
            _placed(),
            marks=Marks(changed=only),
        ),
        *(
            SignSample(text, _shown(view), _placed(), shades=Shades(verdicts={_ID: kind}))
            for kind, text in signs
        ),
    )


def _one(
    text: str, op: str, kind: NodeKind = "operation", state: NodeState = "idle", order: int = 1
) -> SignSample:
    return SignSample(text, _shown(NodeView(_node(op, kind, order), state)), _placed())


def _node(op: str, kind: NodeKind = "operation", order: int = 1) -> Node:
    name = "AccumulateGrad" if kind == "leaf" else f"{op}Backward0"
    return Node(id=_ID, op=op, name=name, kind=kind, shape=(2, 3), order=order)


def _shown(view: NodeView) -> Picture:
    return Picture({_ID: view}, {})


def _placed() -> Placement:
    center, size = _BOX
    return Placement(
        plan="dot",
        width=SAMPLE.width(),
        height=SAMPLE.height(),
        centers={_ID: center},
        sizes={_ID: size},
        curves={},
    )
