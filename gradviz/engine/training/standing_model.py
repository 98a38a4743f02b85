"""The model of a training as it stands between two steps: copied into a moment, and put back."""

import torch

from gradviz.core.choices.settings import Training
from gradviz.engine.data.targets import Data, ForgottenData
from gradviz.engine.runs.run import Run
from gradviz.engine.training.history import Moment
from gradviz.engine.training.stepper import Stepper


class StandingModel:
    """The model of a run with its optimizer, its loss and its data.

    Attributes:
        run: The run whose model is trained.
        stepper: Its optimizer and settings.
        step: How many steps have led here.
        applied: How many changes of the settings have.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.stepper = Stepper(run)
        self.step = 0
        self.applied = 0
        self.parameters = list(run.model.parameters.values())

    @property
    def training(self) -> Training:
        """Return the settings."""
        return self.stepper.training

    def first(self) -> Moment:
        """Return the moment before the first step, in which the optimizer has no memory."""
        return Moment(
            step=0,
            parameters=self.copied(),
            training=self.training,
            memory=None,
            learning_rate=self.training.learning_rate,
            loss=self.run.loss,
            data=self.run.data,
            model=self.run.model.memory(),
        )

    def moment(self) -> Moment:
        """Return a copy of all that the next steps follow from."""
        return Moment(
            step=self.step,
            parameters=self.copied(),
            training=self.training,
            memory=self.stepper.memory(),
            learning_rate=self.stepper.rate,
            loss=self.run.loss,
            data=self.run.data,
            model=self.run.model.memory(),
            changes=self.applied,
        )

    def load(self, moment: Moment) -> None:
        """Stand at another moment."""
        # The one thing that can fail comes first, so that it leaves all as it was.
        if moment.data is not None:
            self._take_again(moment.data)
        self.fill(moment.parameters)
        self.stepper.return_to(moment.training, moment.memory, moment.learning_rate)
        self.run.loss = moment.loss
        self.run.model.recall(moment.model)
        self.step = moment.step
        self.applied = moment.changes

    def copied(self) -> list[torch.Tensor]:
        """Return copies of the parameters."""
        return [parameter.detach().clone() for parameter in self.parameters]

    def fill(self, values: list[torch.Tensor]) -> None:
        """Give the parameters these values, and no gradients."""
        with torch.no_grad():
            for parameter, value in zip(self.parameters, values, strict=True):
                parameter.copy_(value)
                parameter.grad = None

    def set(self, settings: Training | float | Data | ForgottenData) -> None:
        """Take settings, a learning rate alone, or the data of an earlier step."""
        if isinstance(settings, Training):
            self.stepper.apply(settings)
        elif isinstance(settings, Data | ForgottenData):
            self._take_again(settings)
        else:
            self.stepper.take_rate(settings)

    def _take_again(self, data: Data | ForgottenData) -> None:
        """Let the model be fitted to the data of an earlier step."""
        if isinstance(data, ForgottenData):
            data = data.again(self.run.data_of)
        self.run.take(data)
