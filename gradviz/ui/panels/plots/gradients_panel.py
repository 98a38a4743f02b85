"""The norms of the gradients over the steps of the training, on a logarithmic axis."""

from collections.abc import Mapping

from gradviz.core.language.saying import marked
from gradviz.ui.panels.panel import PanelContext
from gradviz.ui.panels.plots.time_series_panel import TimeSeriesPanel


class GradientsPanel(TimeSeriesPanel):
    """A curve for each parameter; every backward pass that is recorded gives a point."""

    empty_text = marked("The norm of each parameter's gradient over the steps will be here.")
    height_name = marked("norm of the gradient (log)")
    logarithmic = True

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        context.state.recorded.connect(self._on_recorded)

    def values_now(self) -> Mapping[str, float]:
        graph, trace = self._state.graph, self._state.recorded_trace
        if graph is None or trace is None or graph.order > 1:
            return {}
        return {
            graph.node[leaf].op: gradient.norm
            for leaf, gradient in trace.leaf_grads.items()
            if leaf in graph.node and gradient.norm is not None
        }

    def step_now(self) -> int:
        trace = self._state.recorded_trace
        return trace.at_step if trace else 0

    def _on_recorded(self) -> None:
        self.keep()
        self._on_progressed()
