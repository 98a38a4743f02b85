"""The File menu: take the picture away."""

from gradviz.ui.actions.action import SEPARATOR, Action, Desk
from gradviz.ui.actions.conditions import has_graph, trainable

#: Netron's keys where it has one.
_FORMATS = (
    ("svg", "SVG", "Ctrl+Alt+E"),
    ("png", "PNG", "Ctrl+Shift+E"),
    ("pdf", "PDF", ""),
    ("dot", "DOT", ""),
)


def _export(suffix: str, title: str, shortcut: str) -> Action:
    def run(desk: Desk) -> None:
        desk.export_graph(suffix)

    return Action(
        id=f"gradviz.file.export_{suffix}",
        title=f"Export graph as {title}…",
        tip=f"Write the graph as it stands, with what is highlighted, to a {title} file",
        icon="export",
        shortcuts=(shortcut,) if shortcut else (),
        enabled_when=has_graph,
        run=run,
    )


EXPORTS = tuple(_export(*row) for row in _FORMATS)
EXPORT_PLOTS = Action(
    id="gradviz.file.export_plots",
    title="Export plots as PNG…",
    tip="Write the fit and the loss to one PNG file",
    icon="export",
    enabled_when=trainable,
    run=lambda desk: desk.export_plots(),
)
QUIT = Action(
    id="gradviz.file.quit",
    title="Quit",
    shortcuts=("Ctrl+Q",),
    run=lambda desk: desk.close(),
)
ACTIONS = (*EXPORTS, SEPARATOR, EXPORT_PLOTS, SEPARATOR, QUIT)
