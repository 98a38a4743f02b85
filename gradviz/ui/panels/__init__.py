"""The panels around the canvas; a new one is one file and one row here."""

from gradviz.ui.panels.inspector.inspector_panel import InspectorPanel
from gradviz.ui.panels.models_panel import ModelsPanel
from gradviz.ui.panels.panel import Panel, later
from gradviz.ui.panels.plots.fit_panel import FitPanel
from gradviz.ui.panels.plots.loss_panel import LossPanel
from gradviz.ui.panels.result_panel import ResultPanel
from gradviz.ui.panels.training.training_panel import TrainingPanel

PANELS: tuple[Panel, ...] = (
    Panel("models", "Models", "left", ModelsPanel),
    Panel("layers", "Layers", "left", later("layers_panel.LayersPanel"), "models", opened=False),
    Panel("training", "Training", "left", TrainingPanel),
    Panel("tree", "Tree", "left", later("tree.tree_panel.TreePanel"), "models", opened=False),
    Panel("result", "Result", "left", ResultPanel),
    Panel("formula", "Formula", "left", later("formula_panel.FormulaPanel"), behind="result"),
    Panel("fit", "Fit", "bottom", FitPanel),
    Panel("loss", "Loss", "bottom", LossPanel),
    Panel(
        "residual", "Residual", "bottom", later("plots.residual_panel.ResidualPanel"), behind="fit"
    ),
    Panel(
        "landscape",
        "Landscape",
        "bottom",
        later("landscape.landscape_panel.LandscapePanel"),
        behind="fit",
    ),
    Panel("code", "Code", "bottom", later("code_panel.CodePanel"), behind="fit"),
    Panel("console", "Console", "bottom", later("console_panel.ConsolePanel"), behind="fit"),
    Panel("images", "Images", "bottom", later("images_panel.ImagesPanel"), behind="fit"),
    Panel("plane", "Plane", "bottom", later("plots.plane_panel.PlanePanel"), behind="fit"),
    Panel("compare", "Compare", "bottom", later("compare_panel.ComparePanel"), behind="fit"),
    Panel(
        "tensor", "Tensor", "bottom", later("tensor.tensor_panel.TensorPanel"), "fit", opened=False
    ),
    Panel("source", "Source", "bottom", later("source_panel.SourcePanel"), "fit", opened=False),
    Panel(
        "parameters",
        "Parameters",
        "bottom",
        later("plots.parameters_panel.ParametersPanel"),
        behind="loss",
    ),
    Panel(
        "gradients",
        "Gradients",
        "bottom",
        later("plots.gradients_panel.GradientsPanel"),
        behind="loss",
    ),
    Panel(
        "optimizer",
        "Optimizer",
        "bottom",
        later("training.optimizer_panel.OptimizerPanel"),
        behind="loss",
    ),
    Panel("inspector", "Inspector", "right", InspectorPanel),
    Panel("explain", "Explain", "right", later("explain_panel.ExplainPanel"), behind="inspector"),
    Panel(
        "health", "Health", "right", later("health_panel.HealthPanel"), "inspector", opened=False
    ),
    Panel(
        "missing",
        "Missing",
        "right",
        later("missing_panel.MissingPanel"),
        "inspector",
        opened=False,
    ),
    Panel(
        "checks", "Checks", "right", later("checks_panel.ChecksPanel"), "inspector", opened=False
    ),
    Panel(
        "changes",
        "Changes",
        "right",
        later("changes_panel.ChangesPanel"),
        "inspector",
        opened=False,
    ),
)
