"""The panels around the canvas; a new one is one file and one row here."""

from gradviz.ui.panels.inspector.inspector import InspectorPanel
from gradviz.ui.panels.models import ModelsPanel
from gradviz.ui.panels.panel import Panel, later
from gradviz.ui.panels.plots.fit import FitPanel
from gradviz.ui.panels.plots.loss import LossPanel
from gradviz.ui.panels.result import ResultPanel
from gradviz.ui.panels.training.training import TrainingPanel

PANELS: tuple[Panel, ...] = (
    Panel("models", "Models", "left", ModelsPanel),
    Panel("training", "Training", "left", TrainingPanel),
    Panel("result", "Result", "left", ResultPanel),
    Panel("fit", "Fit", "bottom", FitPanel),
    Panel("loss", "Loss", "bottom", LossPanel),
    Panel("residual", "Residual", "bottom", later("plots.residual.ResidualPanel"), behind="fit"),
    Panel("code", "Code", "bottom", later("code.CodePanel"), behind="fit"),
    Panel("console", "Console", "bottom", later("console.ConsolePanel"), behind="fit"),
    Panel("images", "Images", "bottom", later("images.ImagesPanel"), behind="fit"),
    Panel("compare", "Compare", "bottom", later("compare.ComparePanel"), behind="fit"),
    Panel("tensor", "Tensor", "bottom", later("tensor.tensor.TensorPanel"), "fit", opened=False),
    Panel("source", "Source", "bottom", later("source.SourcePanel"), "fit", opened=False),
    Panel(
        "parameters",
        "Parameters",
        "bottom",
        later("plots.parameters_plot.ParametersPanel"),
        behind="loss",
    ),
    Panel(
        "gradients",
        "Gradients",
        "bottom",
        later("plots.gradients_plot.GradientsPanel"),
        behind="loss",
    ),
    Panel(
        "optimizer",
        "Optimizer",
        "bottom",
        later("training.optimizer.OptimizerPanel"),
        behind="loss",
    ),
    Panel("inspector", "Inspector", "right", InspectorPanel),
    Panel("explain", "Explain", "right", later("explain.ExplainPanel"), behind="inspector"),
    Panel("health", "Health", "right", later("health.HealthPanel"), "inspector", opened=False),
    Panel("missing", "Missing", "right", later("missing.MissingPanel"), "inspector", opened=False),
    Panel("checks", "Checks", "right", later("checks.ChecksPanel"), "inspector", opened=False),
    Panel("changes", "Changes", "right", later("changes.ChangesPanel"), "inspector", opened=False),
)
