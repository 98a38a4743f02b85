"""The ready-made models: to add one, write its file and add its line here."""

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.engine.models.autograd import AutogradPolynomial
from gradviz.engine.models.base import NamedModel
from gradviz.engine.models.classifier import ClassifierModel
from gradviz.engine.models.dynamic import DynamicModel
from gradviz.engine.models.function import LegendreModel
from gradviz.engine.models.module import ModuleModel
from gradviz.engine.models.nn import SequentialModel
from gradviz.engine.models.numpy import NumpyModel
from gradviz.engine.models.optim import OptimModel
from gradviz.engine.models.tensors import TensorsModel

MODELS: tuple[type[NamedModel], ...] = (
    NumpyModel,
    TensorsModel,
    AutogradPolynomial,
    LegendreModel,
    SequentialModel,
    OptimModel,
    ModuleModel,
    DynamicModel,
    ClassifierModel,
)

__all__ = ["MODELS", "model_entries", "model_named"]


def model_entries() -> tuple[ModelEntry, ...]:
    """Return the models as the catalogue shows them."""
    return tuple(model.entry for model in MODELS)


def model_named(name: str) -> type[NamedModel] | None:
    """Return the model of that name; None where `name` is something else."""
    return next((model for model in MODELS if model.entry.name == name.strip()), None)
