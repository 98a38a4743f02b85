"""Mermaid: a flowchart as text, which Markdown pages and wikis draw; open groups are subgraphs."""

import re
from typing import Final

from gradviz.core.graphs.graph import Node
from gradviz.core.graphs.outline import Frame, Outline
from gradviz.core.language.saying import tr_n
from gradviz.core.number_text import counted
from gradviz.export.figure import GraphFigure
from gradviz.render.characters import visible
from gradviz.render.picture import EdgeView, NodeView

#: These could end a label, begin an entity or be taken for Markdown.
_UNSAFE: Final = re.compile(r"""[!"#$%&'*;<>?@\[\\\]`{|}~]""")
#: Longer labels make boxes that nobody can read.
_LONGEST: Final = 200


def render(figure: GraphFigure) -> bytes:
    """Return a flowchart in UTF-8 with arrows from the leaves to the output.

    The edge of a gradient is coloured, and the current one carries it: Mermaid has no arrows that
    point back.
    """
    graph, outline, shown = figure.shown, figure.outline, figure.picture
    names = {node.id: f"n{place}" for place, node in enumerate(graph.nodes)}
    edges = (
        _edge(shown.edges[edge.id], names[edge.source], names[edge.target]) for edge in graph.edges
    )
    lines = [
        f"%% {figure.title}",
        *(f"%% {name}: {_escaped(str(value))}" for name, value in figure.origin.facts.items()),
        "flowchart TB",
        *_nodes(figure, outline, names),
        *edges,
    ]
    return "\n".join([*lines, *_lines_styles(figure), *_styles(figure, names), ""]).encode()


def _nodes(figure: GraphFigure, outline: Outline | None, names: dict[str, str]) -> list[str]:
    """Return the nodes, each within the subgraphs of the open groups around it."""
    inside: dict[str, list[str]] = {}
    views = figure.picture.nodes
    for node in figure.shown.nodes:
        around = "" if outline is None else outline.frame_of[node.id]
        text = "<br>".join(map(_escaped, _texts(node, views[node.id], outline)))
        inside.setdefault(around, []).append(f'{names[node.id]}["{text}"]')
    frames = () if outline is None else outline.frames
    # The innermost first: each is put into the one around it when it is whole.
    for place in range(len(frames) - 1, -1, -1):
        frame = frames[place]
        within = [f"  {line}" for line in inside.pop(frame.id, [])]
        head = f'subgraph g{place}["{_escaped(_frame_title(frame))}"]'
        inside.setdefault(frame.around, []).extend([head, *within, "end"])
    return [f"  {line}" for line in inside.get("", ())]


def _frame_title(frame: Frame) -> str:
    title, name = frame.group.shown_title, frame.group.type_name
    return f"{title}: {name}" if name and name != title else title


def _texts(node: Node, view: NodeView, outline: Outline | None) -> list[str]:
    if node.kind == "group" and outline is not None:
        count = len(outline.members[node.id])
        nodes = tr_n("{shown} nodes", "{shown} node", count, shown=counted(count))
        lines = [node.op, node.name, nodes]
    else:
        second = view.subtitle if node.kind == "leaf" else node.label
        lines = [node.op, second, node.shape_shown]
    return [line for line in (*lines, view.gradient) if line]


def _edge(view: EdgeView, source: str, target: str) -> str:
    count = f"×{counted(view.count)}" if view.count > 1 else ""
    label = " ".join(each for each in (view.chip, count) if each)
    told = f'|"{_escaped(label)}"|' if label else ""
    line = {"now": "==>", "fed": "==>", "sent": "-.->", "waiting": "-.->"}.get(view.state, "-->")
    return f"  {source} {line}{told} {target}"


def _lines_styles(figure: GraphFigure) -> list[str]:
    """Return the colours of the edges along which a gradient has gone, or the forward pass goes."""
    theme, reached = figure.theme, dict[str, list[str]]()
    for place, edge in enumerate(figure.shown.edges):
        state = figure.picture.edges[edge.id].state
        if state != "idle":
            color = theme.done if state in ("done", "waiting") else theme.now
            reached.setdefault(color, []).append(str(place))
    return [f"  linkStyle {','.join(some)} stroke:{color}" for color, some in reached.items()]


def _styles(figure: GraphFigure, names: dict[str, str]) -> list[str]:
    """Return the colours of the kinds, and of the nodes that the pass has reached."""
    theme, of_kind = figure.theme, dict[str, list[str]]()
    for view in figure.picture.nodes.values():
        kind: str = view.state if view.state in ("now", "done") else view.kind
        of_kind.setdefault(kind, []).append(names[view.id])
    looks: dict[str, tuple[str, str]] = {
        "now": (theme.now_tint.fill, theme.now),
        "done": (theme.kinds["operation"].fill, theme.done),
    }
    for name, tint in theme.kinds.items():
        looks[name] = tint.fill, tint.border
    lines = []
    for kind, members in of_kind.items():
        fill, border = looks[kind]
        lines.append(f"  classDef {kind}_ fill:{fill},stroke:{border},color:{theme.text}")
        lines.append(f"  class {','.join(members)} {kind}_")
    return lines


def _escaped(text: str) -> str:
    """Return `text` with an entity in place of each sign that means something to Mermaid."""
    shown = visible(text)
    if len(shown) > _LONGEST:
        shown = f"{shown[: _LONGEST - 1]}…"
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", shown)
