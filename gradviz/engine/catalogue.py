"""What this engine offers, collected from its tables."""

import platform

import torch

from gradviz.core.catalogue import Catalogue
from gradviz.engine.devices import devices
from gradviz.engine.losses import loss_entries
from gradviz.engine.models import MODELS
from gradviz.engine.optimizers import OPTIMIZERS
from gradviz.engine.schedulers import SCHEDULERS


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
