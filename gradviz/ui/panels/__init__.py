"""The panels around the canvas; a new one is one file and one row here."""

from gradviz.ui.panels.fit import FitPanel
from gradviz.ui.panels.inspector import InspectorPanel
from gradviz.ui.panels.loss import LossPanel
from gradviz.ui.panels.models import ModelsPanel
from gradviz.ui.panels.panel import Panel
from gradviz.ui.panels.result import ResultPanel
from gradviz.ui.panels.training import TrainingPanel

PANELS: tuple[Panel, ...] = (
    Panel("models", "Models", "left", ModelsPanel),
    Panel("training", "Training", "left", TrainingPanel),
    Panel("result", "Result", "left", ResultPanel),
    Panel("fit", "Fit", "bottom", FitPanel),
    Panel("loss", "Loss", "bottom", LossPanel),
    Panel("inspector", "Inspector", "right", InspectorPanel),
)
