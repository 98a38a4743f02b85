"""What this engine offers, collected from its tables."""

import platform

import torch

from gradviz.core.choices.catalogue import Catalogue
from gradviz.engine.models import MODELS
from gradviz.engine.optim.losses import loss_entries
from gradviz.engine.optim.optimizers import OPTIMIZERS
from gradviz.engine.optim.schedulers import SCHEDULERS
from gradviz.engine.tensors.devices import devices


def catalogue() -> Catalogue:
    """Return everything that can be chosen on this machine."""
    return Catalogue(
        models=tuple(model.entry for model in MODELS),
        devices=devices(),
        losses=loss_entries(),
        optimizers=tuple(row.entry for row in OPTIMIZERS),
        schedulers=tuple(row.entry for row in SCHEDULERS),
        torch=str(torch.__version__),
        python=platform.python_version(),
    )
