"""The landscape over the numbers that the user has chosen: asked for when it is another one."""

import math
import time
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import msgspec
import numpy as np
from PySide6.QtCore import QObject, Signal

from gradviz.core.choices.settings import Model
from gradviz.core.graphs.tensors import Floats
from gradviz.core.landscapes.contours import Relief, relief_of
from gradviz.core.landscapes.landscape import CURVE_POINTS, Landscape
from gradviz.core.language.saying import said_again, sentences, tr
from gradviz.protocol.events import Answered, Unanswered
from gradviz.protocol.questions import LandscapeAdvanced, LandscapeMapped, MapLandscape
from gradviz.ui.controllers.debounced_question import DebouncedQuestion
from gradviz.ui.controllers.inspection_controller import Inquiry, InspectionController
from gradviz.ui.controllers.landscapes.ways import Ways
from gradviz.ui.state.window_state import State
from gradviz.ui.widgets.background_work import Background

#: It is asked for when everything has rested for so long.
_REST_MS: Final = 60
#: While training runs it is asked for no more often, and only where it takes no longer than that.
_EVERY_S, _QUICK_S = 1.5, 0.2
#: The reach to either side of a point, of a parameter at least.
_POINT_REACH, _REACH = 3.0, 1.0
#: Room around a way, as a part of its extent; a point so near to the edge is outside.
_ROOM, _EDGE = 0.25, 0.02


class Extent(NamedTuple):
    """The part of the numbers' plane that is looked at: from where to where, across and up."""

    left: float
    right: float
    low: float
    high: float


class LandscapeController(QObject):
    """Asks the engine, and holds the answer with its contour lines.

    Attributes:
        across, up: The names of the numbers that are chosen; `up` is empty for a curve.
        landscape: The newest answer; None before there is one.
        relief: It, made ready to be drawn.
        progress: The values that are computed, of how many, while an answer is awaited.
        failure: Why there is no answer.
    """

    #: There is another landscape or choice, or the state of the work has changed.
    changed = Signal()

    def __init__(
        self,
        state: State,
        inspection: InspectionController,
        choose_numbers: Callable[[Mapping[str, float]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._state = state
        self._inspection = inspection
        self._choose_numbers = choose_numbers
        self.across = self.up = ""
        self.landscape: Landscape | None = None
        self.relief: Relief | None = None
        self.progress: tuple[int, int] | None = None
        self.failure = ""
        self.ways = Ways(state, self)
        self._watched = False
        self._looked_at: Extent | None = None
        self._span: Extent | None = None
        #: The model and training that the landscape is of, and the one that was refused last.
        self._of: object = None
        self._chosen_for: object = None
        self._inquiry: Inquiry | None = None
        self._asked_at = 0.0
        self._wanted: dict[str, float] = {}
        self._question = DebouncedQuestion(_REST_MS, self._is_due, self._ask, self)
        state.model_built.connect(self._on_model_built)
        state.recorded.connect(self._on_recorded)
        state.engine_changed.connect(self._on_engine_changed)
        state.language_changed.connect(self._say_again)
        for signal in (state.training_changed, state.data_changed, state.comparison.changed):
            signal.connect(self._on_moved)
        state.building_changed.connect(self._move_on)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the numbers that can be chosen."""
        built = self._state.built
        return tuple(each.name for each in built.entries) if built is not None else ()

    @property
    def possible(self) -> bool:
        """Tell whether there is a model here whose numbers can be moved."""
        return bool(self.names) and not self._state.attached

    @property
    def movable(self) -> bool:
        """Tell whether the point can be dragged: at an input, or before the first step."""
        progress = self._state.progress
        begun = progress.running or progress.newest_step > 0
        return self.possible and not (self._state.trainable and begun)

    def changeable(self, name: str) -> bool:
        """Tell whether a number can be chosen now: an input, or a parameter before its training."""
        return name in self.names and self.movable

    def value_of(self, name: str) -> float:
        """Return the present value of a number; NaN where it is not told."""
        now = self.ways.now
        return (
            math.nan
            if now is None or name not in self.names
            else float(now[self.names.index(name)])
        )

    @property
    def point(self) -> tuple[float, ...]:
        """Return the present values of the chosen numbers; none where they are not told."""
        now, places = self.ways.now, self.places
        return tuple(float(now[place]) for place in places) if now is not None else ()

    @property
    def places(self) -> tuple[int, ...]:
        """Return the places of the chosen numbers among all; none if one has none."""
        names = {name: place for place, name in enumerate(self.names)}
        chosen = [name for name in (self.across, self.up) if name]
        found = tuple(names[name] for name in chosen if name in names)
        return found if len(found) == len(chosen) else ()

    @property
    def span(self) -> Extent | None:
        """Return the part of the plane that is shown."""
        return self._looked_at or self._span

    @property
    def stale(self) -> bool:
        """Tell whether the landscape is of another moment: other numbers have moved since."""
        found, now = self.landscape, self.ways.now
        if found is None or found.entries is None or now is None:
            return False
        then = found.entries.floats()
        others = np.ones(len(now), bool)
        others[list(self.places)] = False
        return len(then) != len(now) or not np.array_equal(then[others], now[others])

    # The user's choices

    def watch(self, watched: bool) -> None:
        """Take whether the landscape is seen."""
        self._watched = watched
        if watched:
            self._question.ask_now()

    def choose(self, across: str, up: str) -> None:
        """Look at other numbers; an empty `up` is a curve over one."""
        if (across, up) != (self.across, self.up):
            self.across, self.up = across, "" if up == across else up
            self._forget()
            self._question.ask_now()

    def look_at(self, span: Extent | None) -> None:
        """Look at a part of the plane; None for the part with the point and the ways."""
        if span is not None and not all(map(math.isfinite, span)):
            return
        self._looked_at = span
        self._span = None if span is None else self._span
        self._question.ask_after_rest()

    def refresh(self) -> None:
        """Ask for it as everything is now."""
        self._of = None
        self._question.ask_now()

    def cancel(self) -> None:
        """Wait no longer for an answer."""
        if self._inquiry is not None:
            self._inspection.withdraw(self._inquiry)
            self._end(tr("Cancelled. Refresh computes it again."))

    def move(self, *values: float) -> None:
        """Move the point; while a model is being built for one place, only the last one counts."""
        if self.movable:
            names = (self.across, self.up) if self.up else (self.across,)
            self._wanted = dict(zip(names, values, strict=False))
            self._move_on()

    def move_inputs(self, values: Mapping[str, float]) -> None:
        """Move inputs of a point by name, as `move` does."""
        if self.possible and not self._state.trainable:
            self._wanted = dict(values)
            self._move_on()

    def _move_on(self) -> None:
        if self._wanted and not self._state.building:
            wanted, self._wanted = self._wanted, {}
            self._choose_numbers(wanted)

    # The question

    def _on_model_built(self) -> None:
        names, built = self.names, self._state.built
        if built is None or not names:
            self._forget()
            self.changed.emit()
            return
        of = (built.model.source, built.mode)
        if of != self._chosen_for or self.across not in names:
            self._chosen_for = of
            self.across, self.up = names[0], names[1] if names[1:] and built.mode == "fit" else ""
            self._looked_at = None
            self._forget()
        elif self.up and self.up not in names:
            self.up = ""
            self._forget()
        self._question.ask_after_rest()
        self.changed.emit()

    def _forget(self) -> None:
        self.landscape = self.relief = None
        self.failure = ""
        self._of = self._span = self._looked_at = None
        self._drop()
        self.changed.emit()

    def _say_again(self) -> None:
        self.failure = said_again(self.failure)

    def _drop(self) -> None:
        """Expect no answer to the question before; the same one may be asked again."""
        if self._inquiry is not None:
            self._inquiry, self.progress, self._of = None, None, None

    def _on_engine_changed(self) -> None:
        self._drop()
        self.changed.emit()

    def _on_recorded(self) -> None:
        # An earlier pass is not answered about any more.
        self._drop()
        self._on_moved()

    def _on_moved(self) -> None:
        if not self._watched:
            return
        if not self._state.progress.running:
            self._question.ask_after_rest()
        elif time.monotonic() >= self._asked_at + _EVERY_S and self._is_quick and self._is_due():
            # At once: a moment later another pass is recorded, and this one cannot be asked about.
            self._ask()

    @property
    def _is_quick(self) -> bool:
        return self.landscape is not None and self.landscape.seconds <= _QUICK_S

    def _is_due(self) -> bool:
        """Tell whether the landscape that is wanted is another one than the one that is there."""
        if not (self._watched and self.possible and self._state.trace and self.across):
            return False
        if self._state.building or self._inquiry is not None:
            return False
        return self._key() != self._of or self.stale or not self._covers()

    def _key(self) -> object:
        """Return all that a landscape depends on besides the numbers of the model."""
        built = self._state.built
        if built is None:
            return None
        plain = msgspec.structs.replace(built.model, initial={}, at=0.0, point={}, trusted="")
        loss = self._state.training.loss
        return self.across, self.up, _text(plain), built.mode, loss, self._looked_at

    def _covers(self) -> bool:
        """Tell whether the point and the ways lie within the landscape."""
        if self._looked_at is not None:
            return True
        if self._span is None:
            return False
        for place, (low, high) in enumerate((self._span[:2], self._span[2:])):
            least, most = self._extent(place)
            edge = _EDGE * (high - low)
            if least < low + edge or most > high - edge:
                return False
        return True

    def _extent(self, place: int) -> tuple[float, float]:
        """Return the least and the largest value that one of the chosen numbers has had."""
        places = self.places
        if place >= len(places):
            return 0.0, 0.0
        values: list[Floats] = [self.ways.own.columns(places[place]).ravel()]
        values += [way.columns(places[place]).ravel() for way in self.ways.compared.values()]
        values.append(np.array(self.point[place : place + 1]))
        known = np.concatenate(values)
        known = known[np.isfinite(known)]
        return (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)

    def _whole(self) -> Extent:
        """Return the part of the plane with the point and the ways."""
        found: list[float] = []
        for place in range(2):
            low, high = self._extent(place)
            reach = _REACH if self._state.trainable else _POINT_REACH
            half = max((0.5 + _ROOM) * (high - low), reach, 0.25 * abs(low + high) / 2)
            middle = low / 2 + high / 2
            found += [middle - half, middle + half]
        return Extent(*found)

    def _ask(self) -> None:
        if not self._covers():
            self._span = self._whole()
        span = self.span
        if span is None:
            return
        self._of, self._asked_at = self._key(), time.monotonic()
        self.failure = ""
        shape = {} if self.up else {"columns": CURVE_POINTS, "rows": 1}
        question = MapLandscape(
            across=self.across,
            up=self.up,
            across_range=(span.left, span.right),
            up_range=(span.low, span.high) if self.up else (0.0, 0.0),
            **shape,
        )
        self._inquiry = self._inspection.ask(question, self._on_answered, self._on_refused)

    def _on_answered(self, event: Answered) -> None:
        answer = event.answer
        if isinstance(answer, LandscapeAdvanced):
            self.progress = answer.done, answer.total
            self.changed.emit()
        elif isinstance(answer, LandscapeMapped):
            self._inquiry = None
            self._draw(answer.landscape)

    def _on_refused(self, event: Unanswered) -> None:
        running = self._state.progress.running
        # While training runs another pass may have been recorded, and it is asked for again.
        self._end("" if running else sentences((event.message, event.hint)))

    def _end(self, failure: str) -> None:
        self._inquiry, self.progress = None, None
        self.failure = failure
        self.changed.emit()

    def _draw(self, landscape: Landscape) -> None:
        """Find the contour lines beside the window's thread, and show all of it then."""
        found: list[Relief] = []

        def work() -> None:
            arrays = landscape.x.floats(), landscape.y.floats(), landscape.values.floats()
            found.append(relief_of(*arrays))

        def take(error: Exception | None) -> None:
            if error is not None:
                raise error
            if (landscape.across, landscape.up) == (self.across, self.up):
                self.landscape, self.relief = landscape, found[0]
                self._end("")
                self._on_moved()

        Background(work, take)


def _text(model: Model) -> bytes:
    return msgspec.json.encode(model)
