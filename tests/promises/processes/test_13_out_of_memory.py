"""Too little memory is told, the memory is given back, and a smaller run succeeds."""

from pathlib import Path

import psutil
from own_models import HEAD, model_of, written
from promised import Tell
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot
from window_acts import shown, type_in
from windows import PATIENCE_MS, opened

from gradviz.app import ENGINE_COMMAND
from gradviz.ui.bridge import Bridge

_GREEDY = (
    HEAD
    + """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(200_000, 300_000))

    def forward(self):
        return self.w.sum()
"""
)


def test_that_a_tensor_that_no_memory_holds_costs_a_sentence(
    settings: QSettings, qtbot: QtBot, tmp_path: Path, tell: Tell
) -> None:
    bridge = Bridge(ENGINE_COMMAND)
    window = opened(bridge, settings, qtbot)
    pid = bridge.engine_pid
    assert pid is not None
    before = psutil.Process(pid).memory_info().rss
    path = written(tmp_path, _GREEDY)
    window.workbench.choose_own(model_of(path, "Net", mode="fit"))
    qtbot.waitUntil(window.notices.isVisible, timeout=PATIENCE_MS)
    told = window.notices.text.text()
    assert "not enough memory" in told
    type_in(window, "a + b x")
    qtbot.waitUntil(
        lambda: set(window.state.progress.parameters) == {"a", "b"} and shown(window),
        timeout=PATIENCE_MS,
    )
    pid = bridge.engine_pid
    assert pid is not None
    after = psutil.Process(pid).memory_info().rss
    window.close()
    assert after - before < 200 << 20
    tell(f"a tensor of 240 GB: {told!r}, then {(after - before) >> 20} MB more than before")
