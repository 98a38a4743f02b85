"""The parameters over the steps of the training."""

from collections.abc import Mapping

from gradviz.core.language.saying import marked
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.time_series_panel import TimeSeriesPanel


class ParametersPanel(TimeSeriesPanel):
    """A curve for each parameter; the frames that training sends are its points."""

    empty_text = marked("The parameters over the steps of the training will be here.")

    height_name = marked("parameter")

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        context.state.progressed.connect(self.keep)

    def values_now(self) -> Mapping[str, float]:
        return self._state.progress.parameters
