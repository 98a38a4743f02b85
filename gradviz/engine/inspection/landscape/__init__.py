"""The loss, or the output at a point, over one or two numbers of the model."""

from gradviz.engine.inspection.landscape.answered_maps import mapped as mapped
