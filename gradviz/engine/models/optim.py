"""The tutorial's polynomial as a linear layer of torch.nn, with an optimizer of torch.optim."""

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import marked
from gradviz.engine.models.powers import LOSS, SCRIPT, PowersModel


class OptimModel(PowersModel):
    """The layer trained as in "PyTorch: optim".

    https://docs.pytorch.org/tutorials/beginner/examples_nn/polynomial_optim.html
    """

    entry = ModelEntry(
        name="optim",
        title="optim: RMSprop",
        summary=marked("The same linear layer, with MSELoss and torch.optim.RMSprop."),
        expression="a + b x + c x^2 + d x^3",
        loss=LOSS,
        script=SCRIPT,
    )
    training = Training(optimizer="rmsprop", learning_rate=1e-3)
