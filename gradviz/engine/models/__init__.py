"""The ready-made models: to add one, write its file and add its line here."""

from gradviz.engine.models.autograd import AutogradPolynomial
from gradviz.engine.models.base import NamedModel
from gradviz.engine.models.function import LegendreModel
from gradviz.engine.models.module import ModuleModel

MODELS: tuple[type[NamedModel], ...] = (
    AutogradPolynomial,
    LegendreModel,
    ModuleModel,
)

__all__ = ["MODELS"]
