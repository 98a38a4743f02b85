"""Any order of actions is safe: every action of every menu, with typing, on the real processes."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from traceback import format_exception

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from own_models import HEAD, written
from promised import Tell, extent
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot
from window_acts import action, click, pass_time, place_of, shown, type_in
from windows import PATIENCE_MS

from gradviz.ui.actions import all_actions
from gradviz.ui.main_window import MainWindow

EXPRESSIONS = (
    "a + b x", "5x^3 + 2x^2 + 4x + 8", "a sin(b x) + c", "a + b P3(c + d x)", "x y + sin(z)",
    "", "x +", "9**9**9", "(((", "log(x - 100)", "y = ",
)  # fmt: skip
KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up)
#: An action that ends the window ends the machine too.
_ENDING = frozenset({"gradviz.file.quit", "gradviz.file.close"})
#: What is in the window after a while of such treatment must still work.
_LAST = "a + b x"


class _Answers:
    """Answers each dialog that opens: now with yes, now with no, and with files of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.asked = True
        self._look_soon()

    def _look_soon(self) -> None:
        # A timer of its own each time: an answer may open a dialog in its turn, within it.
        if self.asked:
            QTimer.singleShot(5, self._look)

    def _look(self) -> None:
        self._look_soon()
        popup = QApplication.activePopupWidget()
        if isinstance(popup, QMenu):
            popup.close()
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isVisible():
            return
        self._count += 1
        if isinstance(dialog, QFileDialog):
            dialog.setDirectory(str(self._folder))
            dialog.selectFile(str(self._folder / f"file{self._count % 3}"))
        if self._count % 3:
            dialog.accept()
        else:
            dialog.reject()


class Actions(RuleBasedStateMachine):
    """One window with its processes, on which everything is tried in any order."""

    def __init__(self, window: MainWindow, qtbot: QtBot, done: Counter[str]) -> None:
        super().__init__()
        self.window = window
        self.qtbot = qtbot
        self.done = done

    @rule(identifier=st.sampled_from([each.id for each in all_actions() if each.id not in _ENDING]))
    def do_an_action(self, identifier: str) -> None:
        wanted = action(self.window, identifier)
        if wanted.isEnabled():
            self.done[identifier] += 1
            wanted.trigger()

    @rule(text=st.sampled_from(EXPRESSIONS), enter=st.booleans())
    def type_an_expression(self, text: str, enter: bool) -> None:
        self.done["typing"] += 1
        # Without a window manager nobody gives the window the keyboard after two dialogs in a row.
        self.window.activateWindow()
        QApplication.processEvents()
        type_in(self.window, text, enter=enter)

    @rule(part=st.floats(0, 1))
    def click_a_node(self, part: float) -> None:
        placement = self.window.canvas.placement
        if placement is not None and placement.centers:
            nodes = list(placement.centers)
            click(self.window, place_of(self.window, nodes[round(part * (len(nodes) - 1))]))

    @rule(
        key=st.sampled_from([Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up])
    )
    def press_a_key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    @rule(milliseconds=st.integers(1, 60))
    def let_time_pass(self, milliseconds: int) -> None:
        pass_time(milliseconds)

    @invariant()
    def the_walk_is_within_the_recorded_pass(self) -> None:
        state = self.window.state
        assert state.first_cursor <= state.cursor <= len(state.steps)
        if state.graph is not None:
            assert all(step.node in state.graph.node for step in state.steps)

    def teardown(self) -> None:
        """A model that is typed now is built, drawn and trained."""
        state = self.window.state
        if state.progress.running:
            self.window.workbench.train_or_pause()
        self.qtbot.waitUntil(lambda: state.engine == "ready", timeout=PATIENCE_MS)
        self.type_an_expression(_LAST, enter=True)
        self.qtbot.waitUntil(
            lambda: state.built is not None and state.built.model.source == _LAST,
            timeout=PATIENCE_MS,
        )
        self.qtbot.waitUntil(lambda: shown(self.window), timeout=PATIENCE_MS)


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[_Answers]:
    """Answer dialogs, and open nothing outside of the window."""
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    written(tmp_path, HEAD + "net = nn.Linear(2, 1)\n", "file0")
    made = _Answers(tmp_path)
    yield made
    made.asked = False


@pytest.mark.usefixtures("answers")
def test_that_any_order_of_all_actions_is_safe_with_the_real_processes(
    real_window: MainWindow, qtbot: QtBot, tell: Tell
) -> None:
    done: Counter[str] = Counter()
    machine: Callable[[], Actions] = partial(Actions, real_window, qtbot, done)
    with capture_exceptions() as exceptions:
        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            machine,
            settings=examples(
                max_examples=extent(6, 100),
                stateful_step_count=extent(20, 50),
                deadline=None,
                # Each try takes seconds: the failing one is told as it is.
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
    assert ["".join(format_exception(*raised)) for raised in exceptions] == []
    tell(f"{done.total()} actions in any order, of {len(done)} kinds: no exception")
