"""The tutorial's polynomial as a linear layer of torch.nn, with the update written out."""

from gradviz.core.choices.catalogue import ModelEntry
from gradviz.core.choices.settings import Training
from gradviz.core.language.saying import marked
from gradviz.engine.models.powers import LOSS, SCRIPT, PowersModel


class SequentialModel(PowersModel):
    """The layer trained as in "PyTorch: nn".

    https://docs.pytorch.org/tutorials/beginner/examples_nn/polynomial_nn.html
    """

    entry = ModelEntry(
        name="nn",
        title="nn.Sequential",
        summary=marked(
            "A linear layer on x, x^2 and x^3, with MSELoss and the update written out."
        ),
        expression="a + b x + c x^2 + d x^3",
        loss=LOSS,
        script=SCRIPT,
    )
    training = Training(optimizer="descent", learning_rate=1e-6)
