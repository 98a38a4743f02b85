"""The ready-made models: to add one, write its file and add its line here."""

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

__all__ = ["MODELS"]
