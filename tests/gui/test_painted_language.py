"""What the canvas paints, and what controllers have told, follow a change of the language."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from window_acts import rested

from gradviz.core.language.saying import ENGLISH, Translations, use
from gradviz.ui.main_window import MainWindow
from gradviz.ui.window.shown_texts import say_texts_again

pytestmark = pytest.mark.usefixtures("layouts")

_TEXTS = {
    "grad {number}": "梯度 {number}",
    "step {step}": "第{step}步",
    "Gradient norm": "梯度范数",
    "{title}: {low} dark to {high} bright": "{title}：暗色 {low} 到亮色 {high}",
    "{boxes} boxes; up and down go from one to the next": "{boxes}个方框；用上下键逐个移动",
    "{count} found": "找到{count}个",
    "Undo {change}": "撤销“{change}”",
    "seed": "随机种子",
    "done": "完成",
}


@pytest.fixture
def change(window: MainWindow) -> Iterator[Callable[[str], None]]:
    """Return what changes the language, as the window does it."""

    def change(code: str) -> None:
        use(Translations(code, _TEXTS if code != ENGLISH else {}))
        for _ in say_texts_again():
            pass
        window.state.language_changed.emit()

    yield change
    use(Translations(ENGLISH))


def test_that_a_graph_in_its_pass_is_painted_in_the_new_language(
    window: MainWindow, change: Callable[[str], None], qtbot: QtBot
) -> None:
    rested(window, qtbot)
    canvas, view = window.canvas, window.canvas.view
    window.workbench.go_to_end()
    placement = canvas.placement

    def gradients() -> list[str]:
        picture = view._item.picture
        assert picture is not None
        return [each.gradient for each in picture.nodes.values() if each.gradient]

    spoken = view.spoken_parts()
    assert spoken is not None
    leaf = next(
        key for key in tuple(spoken.keys()) if "grad " in getattr(spoken.part(key), "value", "")
    )
    assert gradients()
    assert all(text.startswith("grad ") for text in gradients())
    assert canvas.readout.text() == "step 0"

    change("zh_CN")

    assert all(text.startswith("梯度 ") for text in gradients())
    assert canvas.readout.text() == "第0步"
    assert "梯度 " in getattr(spoken.part(leaf), "value", "")
    assert view.spoken_value().endswith("个方框；用上下键逐个移动")
    assert canvas.placement is placement, "a graph lies the same in every language"

    change(ENGLISH)

    assert all(text.startswith("grad ") for text in gradients())
    assert canvas.readout.text() == "step 0"


def test_that_the_legend_the_hits_and_undo_are_told_in_the_new_language(
    window: MainWindow, change: Callable[[str], None], qtbot: QtBot
) -> None:
    rested(window, qtbot)
    legend, workbench = window.canvas._overlays.legend, window.workbench
    workbench.choose_seed(7)
    rested(window, qtbot)
    qtbot.waitUntil(lambda: window.state.undo_title == "Undo seed")
    workbench.health.colour_by("gradient")
    workbench.finding.open()
    workbench.finding.look_for("mul")
    qtbot.waitUntil(lambda: window.canvas.find_bar.count.text().endswith(" found"))
    assert legend.toolTip().startswith("Gradient norm: ")

    change("zh_CN")

    assert legend.toolTip().startswith("梯度范数：暗色 ")
    assert legend.accessibleName() == legend.toolTip()
    assert window.canvas.find_bar.count.text().startswith("找到")
    assert window.state.undo_title == "撤销“随机种子”"
