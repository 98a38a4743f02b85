"""The File menu: sessions are kept and opened, and the picture is taken away."""

from gradviz.core.language.saying import marked
from gradviz.export.exporters import EXPORTERS, Exporter
from gradviz.ui.actions.action import SEPARATOR, Action, ActionContext
from gradviz.ui.actions.conditions import has_graph, has_steps, trainable
from gradviz.ui.actions.latex_actions import has_expression

#: Netron's keys, where it has one.
_SHORTCUTS = {".svg": ("Ctrl+Alt+E",), ".png": ("Ctrl+Shift+E",)}
_TITLES = {
    ".svg": marked("Export graph as SVG image…"),
    ".png": marked("Export graph as PNG image…"),
    ".pdf": marked("Export graph as PDF document…"),
    ".dot": marked("Export graph as Graphviz DOT source…"),
    ".json": marked("Export graph as JSON data…"),
    ".graphml": marked("Export graph as GraphML data…"),
    ".mmd": marked("Export graph as Mermaid flowchart…"),
    ".html": marked("Export graph as interactive HTML page…"),
}


def _export(exporter: Exporter) -> Action:
    def run(window: ActionContext) -> None:
        window.exports.export_graph(exporter.suffix)

    return Action(
        id=f"gradviz.file.export{exporter.suffix}",
        title=_TITLES.get(exporter.suffix, f"Export graph as {exporter.title}…"),
        tip=marked("Write the graph as it is shown, highlights included, to a file"),
        icon="export",
        shortcuts=_SHORTCUTS.get(exporter.suffix, ()),
        enabled_when=has_graph,
        run=run,
    )


EXPORTS = tuple(_export(exporter) for exporter in EXPORTERS.values())
EXPORT_PLOTS = Action(
    id="gradviz.file.export_plots",
    title=marked("Export plots as PNG image…"),
    tip=marked("Write the fit and the loss to one file"),
    icon="export",
    enabled_when=trainable,
    run=lambda window: window.exports.export_plots(),
)
EXPORT_FORMULAS = Action(
    id="gradviz.file.export_formulas",
    title=marked("Export formulas as SVG image…"),
    tip=marked("Write the expression, its loss and its derivatives, set as mathematics, to a file"),
    icon="export",
    enabled_when=has_expression,
    run=lambda window: window.exports.export_formulas(),
)
EXPORT_PUBLICATION = Action(
    id="gradviz.file.export_publication",
    title=marked("Export for publication…"),
    tip=marked("Write the graph for print: on white, its width in millimetres, with a caption"),
    icon="export",
    enabled_when=has_graph,
    run=lambda window: window.exports.export_publication(),
)
EXPORT_FILM = Action(
    id="gradviz.file.export_film",
    title=marked("Export moving picture…"),
    tip=marked("Write the training or the backward pass as GIF, WebP or MP4"),
    icon="export",
    enabled_when=has_steps,
    run=lambda window: window.exports.export_film(),
)
RESTORE = Action(
    id="gradviz.file.restore",
    title=marked("Restore what was open"),
    tip=marked(
        "Build the model that was open when gradviz ended without being closed, with its settings"
    ),
    enabled_when=lambda state: state.left_open is not None and state.engine == "ready",
    run=lambda window: window.recovery.restore(),
)
DISCARD = Action(
    id="gradviz.file.discard",
    title=marked("Discard what was open"),
    tip=marked("Forget what was open when gradviz ended without being closed"),
    enabled_when=lambda state: state.left_open is not None,
    run=lambda window: window.recovery.discard(),
)
QUIT = Action(
    id="gradviz.file.quit",
    title=marked("Quit"),
    shortcuts=("Ctrl+Q",),
    run=lambda window: window.quit(),
)
OPEN_SESSION = Action(
    id="gradviz.file.open_session",
    title=marked("Open session…"),
    tip=marked(
        "Go on from a saved session: its model, its training and how it was shown; or a recording"
    ),
    shortcuts=("Ctrl+Shift+O",),
    run=lambda window: window.session_files.ask_for_file(),
)
SAVE_SESSION = Action(
    id="gradviz.file.save_session",
    title=marked("Save session"),
    tip=marked(
        "Keep the model with its training and how it is shown in a file, to go on from there"
    ),
    shortcuts=("Ctrl+S",),
    enabled_when=has_graph,
    run=lambda window: window.session_files.save(),
)
SAVE_SESSION_AS = Action(
    id="gradviz.file.save_session_as",
    title=marked("Save session as…"),
    tip=marked("Keep the session in another file, which is its file from then on"),
    shortcuts=("Ctrl+Shift+S",),
    enabled_when=has_graph,
    run=lambda window: window.session_files.save_as(),
)
ACTIONS = (
    OPEN_SESSION,
    SAVE_SESSION,
    SAVE_SESSION_AS,
    SEPARATOR,
    *EXPORTS,
    EXPORT_PUBLICATION,
    SEPARATOR,
    EXPORT_PLOTS,
    EXPORT_FORMULAS,
    EXPORT_FILM,
    SEPARATOR,
    RESTORE,
    DISCARD,
    QUIT,
)
