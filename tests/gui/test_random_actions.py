"""Any order of actions is safe: a machine does what a user might, and looks at what stands."""

from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from local_engine import LocalEngine
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, click, place_of, rested, shown

from gradviz.core.choices.settings import Model
from gradviz.core.errors import ExpressionError
from gradviz.engine.machine import Machine
from gradviz.expression import parse
from gradviz.protocol.commands import BuildModel
from gradviz.protocol.events import ModelBuilt
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.training.training_panel import TrainingPanel

pytestmark = pytest.mark.usefixtures("layouts")

EXPRESSIONS = (
    "a + b x", "5x^3 + 2x^2 + 4x + 8", "a sin(b x) + c", "exp(-x^2)", "a + b P3(c + d x)", "x", "a",
    "x y + sin(z)", "a y z", "z", "y", "y = x y",
    "", "x +", "ab", "9**9**9", "(((", "sin", "1/0", "log(x - 100)", "a^99", "y = ",
)  # fmt: skip
ACTIONS = (
    "gradviz.step.first", "gradviz.step.back", "gradviz.step.play", "gradviz.step.forward",
    "gradviz.step.last", "gradviz.train.run", "gradviz.train.step", "gradviz.train.reset",
    "gradviz.train.new_seed", "gradviz.model.point", "gradviz.model.fit", "gradviz.model.rebuild",
    "gradviz.view.fit", "gradviz.view.zoom_in", "gradviz.view.zoom_out", "gradviz.view.direction",
    "gradviz.view.node_up", "gradviz.view.node_down", "gradviz.view.theme_dark",
    "gradviz.view.theme_light", "gradviz.view.reset_layout", "gradviz.edit.copy_graph",
    "gradviz.step.missing", "gradviz.step.source", "gradviz.step.explain",
)  # fmt: skip


class Actions(RuleBasedStateMachine):
    """One window, on which everything is tried in any order."""

    def __init__(self, window: MainWindow, engine: LocalEngine, qtbot: QtBot) -> None:
        super().__init__()
        self.window = window
        self.engine = engine
        self.qtbot = qtbot
        training = window.panels.widgets["training"]
        assert isinstance(training, TrainingPanel)
        self.training = training
        self.training.steps.setValue(300)

    @rule(text=st.sampled_from(EXPRESSIONS), enter=st.booleans())
    def type_an_expression(self, text: str, enter: bool) -> None:
        field = self.window.top.field
        field.setFocus()
        field.selectAll()
        QTest.keyClick(field, Qt.Key.Key_Delete)
        QTest.keyClicks(field, text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)

    @rule(name=st.sampled_from(["autograd", "function", "module"]))
    def choose_a_model(self, name: str) -> None:
        self.window.workbench.choose_model(name)

    @rule(identifier=st.sampled_from(ACTIONS))
    def do_an_action(self, identifier: str) -> None:
        wanted = action(self.window, identifier)
        if wanted.isEnabled():
            wanted.trigger()

    @rule(text=st.sampled_from(["1e-6", "1e-3", "0", "nan", "fast", "1e300"]))
    def enter_a_learning_rate(self, text: str) -> None:
        if self.training.learning_rate.isEnabled():
            self.training.learning_rate.setFocus()
            self.training.learning_rate.selectAll()
            QTest.keyClicks(self.training.learning_rate, text)
            QTest.keyClick(self.training.learning_rate, Qt.Key.Key_Return)

    @rule(seed=st.integers(0, 5), points=st.sampled_from([2, 50, 2000]))
    def choose_seed_and_points(self, seed: int, points: int) -> None:
        self.training.seed.setValue(seed)
        if self.training.points.isEnabled():
            self.training.points.setValue(points)

    @rule(text=st.sampled_from(["cos(2 x)", "x^2", "1", "a x", "log(x)", "sin("]))
    def enter_a_target(self, text: str) -> None:
        if self.training.data.target.isEnabled():
            self.training.data.target.setFocus()
            self.training.data.target.selectAll()
            QTest.keyClicks(self.training.data.target, text)
            QTest.keyClick(self.training.data.target, Qt.Key.Key_Return)

    @rule(name=st.sampled_from(["", "StepLR", "OneCycleLR"]))
    def choose_a_scheduler(self, name: str) -> None:
        if self.training.schedule.isEnabled():
            self.window.workbench.choose_scheduler(name)

    @rule(at=st.floats(-1e6, 1e6))
    def choose_a_point(self, at: float) -> None:
        for box in self.window.top.points.boxes.values():
            if box.isVisible():
                box.setValue(at)

    @rule(part=st.floats(0, 1))
    def click_a_node(self, part: float) -> None:
        placement = self.window.canvas.placement
        if placement is not None:
            nodes = list(placement.centers)
            click(self.window, place_of(self.window, nodes[round(part * (len(nodes) - 1))]))

    @rule(turns=st.integers(1, 6))
    def let_events_pass(self, turns: int) -> None:
        for _ in range(turns):
            QApplication.processEvents()

    @rule()
    def let_everything_come_to_rest(self) -> None:
        rested(self.window, self.qtbot)

    @invariant()
    def the_walk_is_within_the_recorded_pass(self) -> None:
        state = self.window.state
        assert state.first_cursor <= state.cursor <= len(state.steps)
        assert self.window.timeline.scrubber.value() == state.cursor
        if state.graph is not None:
            assert all(step.node in state.graph.node for step in state.steps)

    @invariant()
    def the_engine_is_ready(self) -> None:
        assert self.window.state.engine == "ready"

    def teardown(self) -> None:
        """Look at what stands once everything has come to rest."""
        state = self.window.state
        if state.progress.running:
            self.window.workbench.train_or_pause()
        self.qtbot.waitUntil(self._at_rest, timeout=SOON_MS)
        self.qtbot.waitUntil(lambda: shown(self.window), timeout=SOON_MS)
        assert state.built is not None
        assert state.graph is not None
        # Where what was chosen cannot be built, such as a fit to log(x), what stood before stands.
        if can_be_built(state.model):
            self.qtbot.waitUntil(self._last_good_stands, timeout=SOON_MS)
        assert [(node.id, node.name) for node in state.graph.nodes] == built_anew(state.built.model)
        assert len(state.progress.losses) == state.progress.step

    def _at_rest(self) -> bool:
        typing = self.window.workbench._pause.isActive()
        return not (typing or self.engine.commands or self.window.state.progress.running)

    def _last_good_stands(self) -> bool:
        built = self.window.state.built
        return built is not None and built.model.source == self._last_good_source()

    def _last_good_source(self) -> str:
        """Return what is to stand: what is typed if it is an expression, else what was before."""
        state = self.window.state
        for entry in state.catalogue.models if state.catalogue else ():
            shown_as = f"y = {entry.expression}" if entry.expression else ""
            if state.model.source == entry.name and state.text == shown_as:
                return entry.name
        try:
            parse(state.text)
        except ExpressionError:
            assert state.error is not None
            return state.model.source
        assert state.error is None
        return state.text


def built_anew(model: Model) -> list[tuple[str, str]]:
    """Return the nodes that an engine of its own makes of `model`."""
    events = list(Machine().handle(BuildModel(1, model)))
    (built,) = (event for event in events if isinstance(event, ModelBuilt))
    return [(node.id, node.name) for node in built.graph.nodes]


def can_be_built(model: Model) -> bool:
    return isinstance(next(iter(Machine().handle(BuildModel(1, model)))), ModelBuilt)


def test_that_any_order_of_actions_is_safe(
    window: MainWindow, engine: LocalEngine, qtbot: QtBot
) -> None:
    with capture_exceptions() as exceptions:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            partial(Actions, window, engine, qtbot),
            settings=settings(
                max_examples=8,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert exceptions == []
