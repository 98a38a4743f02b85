"""The File menu: take the picture away."""

from gradviz.export import EXPORTERS
from gradviz.export.exporters import Exporter
from gradviz.ui.actions.action import SEPARATOR, Action, ActionContext
from gradviz.ui.actions.conditions import has_graph, trainable

#: Netron's keys, where it has one.
_SHORTCUTS = {".svg": ("Ctrl+Alt+E",), ".png": ("Ctrl+Shift+E",)}


def _export(exporter: Exporter) -> Action:
    def run(window: ActionContext) -> None:
        window.export_graph(exporter.suffix)

    return Action(
        id=f"gradviz.file.export{exporter.suffix}",
        title=f"Export graph as {exporter.title}…",
        tip="Write the graph as it is shown, highlights included, to a file",
        icon="export",
        shortcuts=_SHORTCUTS.get(exporter.suffix, ()),
        enabled_when=has_graph,
        run=run,
    )


EXPORTS = tuple(_export(exporter) for exporter in EXPORTERS.values())
EXPORT_PLOTS = Action(
    id="gradviz.file.export_plots",
    title="Export plots as PNG image…",
    tip="Write the fit and the loss to one file",
    icon="export",
    enabled_when=trainable,
    run=lambda window: window.export_plots(),
)
RESTORE = Action(
    id="gradviz.file.restore",
    title="Restore what was open",
    tip="Build the model that was open when gradviz ended without being closed, with its settings",
    enabled_when=lambda state: state.left_open is not None and state.engine == "ready",
    run=lambda window: window.restore_work(),
)
QUIT = Action(
    id="gradviz.file.quit",
    title="Quit",
    shortcuts=("Ctrl+Q",),
    run=lambda window: window.close(),
)
ACTIONS = (*EXPORTS, SEPARATOR, EXPORT_PLOTS, SEPARATOR, RESTORE, QUIT)
