"""The panels around the canvas; a new one is one file and one row here."""

from gradviz.ui.panels.code import CodePanel
from gradviz.ui.panels.compare import ComparePanel
from gradviz.ui.panels.console import ConsolePanel
from gradviz.ui.panels.explain import ExplainPanel
from gradviz.ui.panels.fit import FitPanel
from gradviz.ui.panels.gradients_plot import GradientsPanel
from gradviz.ui.panels.images import ImagesPanel
from gradviz.ui.panels.inspector import InspectorPanel
from gradviz.ui.panels.loss import LossPanel
from gradviz.ui.panels.models import ModelsPanel
from gradviz.ui.panels.optimizer import OptimizerPanel
from gradviz.ui.panels.panel import Panel, later
from gradviz.ui.panels.parameters_plot import ParametersPanel
from gradviz.ui.panels.residual import ResidualPanel
from gradviz.ui.panels.result import ResultPanel
from gradviz.ui.panels.training import TrainingPanel

PANELS: tuple[Panel, ...] = (
    Panel("models", "Models", "left", ModelsPanel),
    Panel("training", "Training", "left", TrainingPanel),
    Panel("result", "Result", "left", ResultPanel),
    Panel("fit", "Fit", "bottom", FitPanel),
    Panel("loss", "Loss", "bottom", LossPanel),
    Panel("residual", "Residual", "bottom", ResidualPanel, behind="fit"),
    Panel("code", "Code", "bottom", CodePanel, behind="fit"),
    Panel("console", "Console", "bottom", ConsolePanel, behind="fit"),
    Panel("images", "Images", "bottom", ImagesPanel, behind="fit"),
    Panel("compare", "Compare", "bottom", ComparePanel, behind="fit"),
    Panel("tensor", "Tensor", "bottom", later("tensor.TensorPanel"), "fit", opened=False),
    Panel("source", "Source", "bottom", later("source.SourcePanel"), "fit", opened=False),
    Panel("parameters", "Parameters", "bottom", ParametersPanel, behind="loss"),
    Panel("gradients", "Gradients", "bottom", GradientsPanel, behind="loss"),
    Panel("optimizer", "Optimizer", "bottom", OptimizerPanel, behind="loss"),
    Panel("inspector", "Inspector", "right", InspectorPanel),
    Panel("explain", "Explain", "right", ExplainPanel, behind="inspector"),
    Panel("health", "Health", "right", later("health.HealthPanel"), "inspector", opened=False),
    Panel("missing", "Missing", "right", later("missing.MissingPanel"), "inspector", opened=False),
    Panel("checks", "Checks", "right", later("checks.ChecksPanel"), "inspector", opened=False),
    Panel("changes", "Changes", "right", later("changes.ChangesPanel"), "inspector", opened=False),
)
