"""The panels around the canvas; a new one is one file and one row here."""

from gradviz.core.language.saying import marked
from gradviz.ui.panels.inspector.inspector_panel import InspectorPanel
from gradviz.ui.panels.models_panel import ModelsPanel
from gradviz.ui.panels.panel import Panel, later
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.result_panel import ResultPanel
from gradviz.ui.panels.training.training_panel import TrainingPanel

PANELS: tuple[Panel, ...] = (
    Panel("models", marked("Models"), "left", ModelsPanel),
    Panel(
        "layers",
        marked("Layers"),
        "left",
        later("layers_panel.LayersPanel"),
        "models",
        opened=False,
    ),
    Panel("training", marked("Training"), "left", TrainingPanel),
    Panel(
        "tree", marked("Tree"), "left", later("tree.tree_panel.TreePanel"), "models", opened=False
    ),
    Panel("result", marked("Result"), "left", ResultPanel),
    Panel(
        "formula", marked("Formula"), "left", later("formula_panel.FormulaPanel"), behind="result"
    ),
    Panel("fit", marked("Fit"), "bottom", FitPanel),
    Panel("loss", marked("Loss"), "bottom", LossPanel),
    Panel(
        "residual",
        marked("Residual"),
        "bottom",
        later("plots.residual_panel.ResidualPanel"),
        behind="fit",
    ),
    Panel(
        "landscape",
        marked("Landscape"),
        "bottom",
        later("landscape.landscape_panel.LandscapePanel"),
        behind="fit",
    ),
    Panel("code", marked("Code"), "bottom", later("code_panel.CodePanel"), behind="fit"),
    Panel(
        "console", marked("Console"), "bottom", later("console_panel.ConsolePanel"), behind="fit"
    ),
    Panel("images", marked("Images"), "bottom", later("images_panel.ImagesPanel"), behind="fit"),
    Panel("plane", marked("Plane"), "bottom", later("plots.plane_panel.PlanePanel"), behind="fit"),
    Panel(
        "compare", marked("Compare"), "bottom", later("compare_panel.ComparePanel"), behind="fit"
    ),
    Panel(
        "tensor",
        marked("Tensor"),
        "bottom",
        later("tensor.tensor_panel.TensorPanel"),
        "fit",
        opened=False,
    ),
    Panel(
        "source", marked("Source"), "bottom", later("source_panel.SourcePanel"), "fit", opened=False
    ),
    Panel(
        "parameters",
        marked("Parameters"),
        "bottom",
        later("plots.parameters_panel.ParametersPanel"),
        behind="loss",
    ),
    Panel(
        "gradients",
        marked("Gradients"),
        "bottom",
        later("plots.gradients_panel.GradientsPanel"),
        behind="loss",
    ),
    Panel(
        "optimizer",
        marked("Optimizer"),
        "bottom",
        later("training.optimizer_panel.OptimizerPanel"),
        behind="loss",
    ),
    Panel("inspector", marked("Inspector"), "right", InspectorPanel),
    Panel(
        "explain",
        marked("Explain"),
        "right",
        later("explain_panel.ExplainPanel"),
        behind="inspector",
    ),
    Panel(
        "health",
        marked("Health"),
        "right",
        later("health_panel.HealthPanel"),
        "inspector",
        opened=False,
    ),
    Panel(
        "missing",
        marked("Missing"),
        "right",
        later("missing_panel.MissingPanel"),
        "inspector",
        opened=False,
    ),
    Panel(
        "checks",
        marked("Checks"),
        "right",
        later("checks_panel.ChecksPanel"),
        "inspector",
        opened=False,
    ),
    Panel(
        "changes",
        marked("Changes"),
        "right",
        later("changes_panel.ChangesPanel"),
        "inspector",
        opened=False,
    ),
)
