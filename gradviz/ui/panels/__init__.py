"""The panels around the canvas; a new one is one file and one row here."""

from gradviz.core.language.saying import marked
from gradviz.ui.panels.panel import Panel, later

PANELS: tuple[Panel, ...] = (
    Panel("models", marked("Models"), "left", later("models_panel.ModelsPanel")),
    Panel(
        "layers",
        marked("Layers"),
        "left",
        later("layers_panel.LayersPanel"),
        "models",
        opened=False,
    ),
    Panel("training", marked("Training"), "left", later("training.training_panel.TrainingPanel")),
    Panel(
        "tree", marked("Tree"), "left", later("tree.tree_panel.TreePanel"), "models", opened=False
    ),
    Panel("result", marked("Result"), "left", later("result_panel.ResultPanel")),
    Panel(
        "formula", marked("Formula"), "left", later("formula_panel.FormulaPanel"), behind="result"
    ),
    Panel("fit", marked("Fit"), "bottom", later("plots.fit_panel.FitPanel")),
    Panel("loss", marked("Loss"), "bottom", later("plots.loss_panel.LossPanel")),
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
    Panel(
        "inspector", marked("Inspector"), "right", later("inspector.inspector_panel.InspectorPanel")
    ),
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
