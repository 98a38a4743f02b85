"""The tensor that is shown: its values, metadata and statistics, as the engine answers."""

from PySide6.QtCore import QObject, Signal

from gradviz.core.findings.tensor_view import (
    Component,
    HeatMap,
    Histogram,
    Statistics,
    TensorMetadata,
)
from gradviz.core.graphs.places import TensorPlace
from gradviz.core.language.saying import sentences
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import (
    DrawHeatMap,
    HeatMapDrawn,
    MeasureTensor,
    ReadTensorPage,
    TensorMeasured,
    TensorPage,
)
from gradviz.ui.controllers.inspection_controller import InspectionController
from gradviz.ui.widgets.tensor_table import PAGE_ROWS, WRAP, TensorTable, Window

#: The first window is asked for before the shape is known, and suits a wrapped one too.
_FIRST = Window(0, PAGE_ROWS, 0, PAGE_ROWS * WRAP)


class TensorController(QObject):
    """Asks about one tensor at a time, and keeps the answers.

    Attributes:
        table: The values.
        place: The tensor; None where there is none.
        component: One of `head.components`; the first where it is empty.
        fixed: The index in each dimension before the last two.
        head: The metadata of the tensor, once they are known.
        refusal: Why nothing is known, where the engine has said so.
        done: How much of all elements has been counted, from 0 to 1.
    """

    #: Another tensor is shown, or its metadata or a refusal has arrived.
    opened = Signal()
    measured = Signal()
    drawn = Signal()

    def __init__(self, controller: InspectionController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.table = TensorTable(self)
        self.table.wanted.connect(self._ask_page)
        self.place: TensorPlace | None = None
        self.component = ""
        self.fixed: tuple[int, ...] = ()
        self.refusal = ""
        self.head: TensorMetadata | None = None
        self.statistics: Statistics | None = None
        self.histogram: Histogram | None = None
        self.heat_map: HeatMap | None = None
        self.done = 0.0
        self._wants_statistics = self._wants_map = False

    @property
    def part(self) -> Component | None:
        """Return the component that is shown, None where nothing is."""
        components = self.head.components if self.head else ()
        return next((c for c in components if self.component in ("", c.name)), None)

    @property
    def slices(self) -> tuple[int, ...]:
        """Return the sizes of the dimensions before the last two."""
        return self.part.shape[:-2] if self.part else ()

    # The choice of a tensor

    def open(self, place: TensorPlace | None, component: str = "") -> None:
        """Look at another tensor, or at nothing, or at another component of the same tensor."""
        self.place, self.component, self.fixed = place, component, ()
        self._forget()
        self.table.show_shape((0,))
        self.opened.emit()
        self._ask_page(_FIRST)

    def renew(self) -> None:
        """Ask again for the shown values, because there is another recording."""
        self._wants_statistics = self._wants_map = False
        self.table.show_other_values()
        self._ask_page(_FIRST)

    def choose_slice(self, fixed: tuple[int, ...]) -> None:
        """Look at other indices in the dimensions before the last two."""
        if fixed != self.fixed:
            self.fixed = fixed
            self.heat_map = None
            self._wants_map = False
            # What is being copied is of the slice before.
            self.table.give_up()
            self.table.show_other_values()
            self._ask_page(_FIRST)

    def want_statistics(self) -> None:
        """Ask for the statistics and the histogram, unless that has been done."""
        if self.part is not None and self.place is not None and not self._wants_statistics:
            self._wants_statistics = True
            self._ask(MeasureTensor(place=self.place, component=self.component))

    def want_map(self) -> None:
        """Ask for the heat map, unless that has been done."""
        if self.part is not None and self.place is not None and not self._wants_map:
            self._wants_map = True
            self._ask(DrawHeatMap(place=self.place, component=self.component, fixed=self.fixed))

    # Answers

    def _forget(self) -> None:
        self.refusal = ""
        self.head = self.statistics = self.histogram = self.heat_map = None
        self.done = 0.0
        self._wants_statistics = self._wants_map = False

    def _ask_page(self, window: Window) -> None:
        if self.place is not None:
            row, rows, column, columns = window
            self._ask(
                ReadTensorPage(
                    place=self.place,
                    component=self.component,
                    fixed=self.fixed,
                    row=row,
                    rows=rows,
                    column=column,
                    columns=columns,
                )
            )

    def _ask(self, question: MeasureTensor | DrawHeatMap | ReadTensorPage) -> None:
        """Ask, and take the answers while the same tensor is still shown."""
        place, component, fixed = self.place, self.component, self.fixed

        def take(event: Answered) -> None:
            if (place, component) != (self.place, self.component):
                return
            answer = event.answer
            if isinstance(answer, TensorMeasured):
                self._take_statistics(answer)
            elif fixed == self.fixed and isinstance(answer, TensorPage):
                self._take_page(answer)
            elif fixed == self.fixed and isinstance(answer, HeatMapDrawn):
                self.heat_map = answer.map
                self.drawn.emit()

        self._controller.ask(question, take, self._on_refused)

    def _on_refused(self, refused: Unanswered) -> None:
        """Keep the refusal, unless the metadata are known: `renew` repeats an outdated question."""
        if refused.reason == "failed":
            self.table.give_up()
        if self.place is not None and self.head is None:
            self.refusal = sentences((refused.message, refused.hint))
            self.opened.emit()

    def _take_page(self, page: TensorPage) -> None:
        self.refusal = ""
        other = page.head != self.head
        self.head = page.head
        part = self.part
        shape = part.shape if part else (0,)
        if shape != self.table.shape:
            self.fixed = (0,) * len(self.slices)
            self.table.show_shape(shape)
        if page.values is not None:
            self.table.take(page.row, page.column, page.values.numpy())
        if other or (page.row, page.column) == (_FIRST.row, _FIRST.column):
            self.opened.emit()

    def _take_statistics(self, answer: TensorMeasured) -> None:
        self.done = answer.done / answer.of if answer.of else 1.0
        if answer.statistics is not None:
            self.statistics = answer.statistics
        if answer.histogram is not None or self.done == 1.0:
            self.histogram = answer.histogram
        self.measured.emit()
