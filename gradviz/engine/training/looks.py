"""When gradients and parameters are looked at while a model trains."""

import time

from gradviz.engine.training.finiteness import SHARE, spoilt_parameter
from gradviz.engine.training.standing_model import StandingModel


class Looks:
    """Spaces the looks so that they take a small share of a training.

    Attributes:
        looked: The last step at which gradients were looked at.
        sound: The last step that was found sound.
        always: Whether each step is looked at.
    """

    def __init__(self, standing: StandingModel) -> None:
        self._standing = standing
        self._next = 0.0
        self.looked = self.sound = 0
        self.always = False

    def begin(self, step: int) -> None:
        """Take `step` for sound, and as the first one."""
        self.sound = self.looked = step

    def forget_after(self, step: int) -> None:
        """Forget all looks after `step`."""
        self.sound, self.looked = min(self.sound, step), min(self.looked, step)

    def due(self, now: float) -> bool:
        """Tell whether it is time for a look, by `time.perf_counter`."""
        return now >= self._next

    def finds_a_spoilt_parameter(self, *, last: bool) -> bool:
        """Look at the parameters if it is time to, or at the `last` step that is asked for."""
        began = time.perf_counter()
        if not last and not self.due(began):
            return False
        spoilt = spoilt_parameter(self._standing.run.model.parameters)
        ended = time.perf_counter()
        # The gradients take about as long to look at.
        self._next = ended + 2 * (ended - began) / SHARE
        if not spoilt:
            self.sound = self.looked
        return bool(spoilt)
