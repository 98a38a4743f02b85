"""The offers of this engine, collected from its tables."""

import platform

import torch

from gradviz.core.choices.catalogue import Catalogue
from gradviz.engine.models import model_entries
from gradviz.engine.optim.losses import loss_entries
from gradviz.engine.optim.optimizers import optimizer_entries
from gradviz.engine.optim.schedulers import scheduler_entries
from gradviz.engine.tensors.devices import devices


def catalogue() -> Catalogue:
    """Return everything that can be chosen on this machine."""
    return Catalogue(
        models=model_entries(),
        devices=devices(),
        losses=loss_entries(),
        optimizers=optimizer_entries(),
        schedulers=scheduler_entries(),
        torch=str(torch.__version__),
        python=platform.python_version(),
    )
