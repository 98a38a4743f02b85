"""All that a screen reader walks through has a name, a role, and a value where it shows one."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from accessible_tree import Element, element, elements, unnamed, without_a_role
from grouping_engine import GroupingEngine
from own_models import written
from PySide6.QtCore import QPoint, QRectF, QSettings
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from window_acts import action, answering, click, place_of, rested, typed
from windows import opened

import gradviz.ui
from gradviz.core.choices.settings import Model
from gradviz.ui.dialogs.about import ShortcutsDialog
from gradviz.ui.dialogs.details import DetailsDialog
from gradviz.ui.dialogs.finder import Finder
from gradviz.ui.dialogs.moving_picture import MovingPictureDialog
from gradviz.ui.dialogs.publication_choice import PublicationDialog
from gradviz.ui.dialogs.search_order import Entry
from gradviz.ui.dialogs.signs import SignsDialog
from gradviz.ui.main_window import MainWindow
from gradviz.ui.state.notice_causes import Notice
from gradviz.ui.widgets.speech.spoken import Spoken, SpokenPart, SpokenParts
from gradviz.ui.workspaces import WORKSPACES

pytestmark = pytest.mark.usefixtures("layouts")

#: They paint their ground or a ring alone, and all that they tell is told by the controls on it.
GROUNDS = {"PanelWidget", "Finder", "Halo", "_Ring"}
_FLAGS = QAccessible.RelationFlag


def interface(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def parts(widget: QWidget) -> list[Element]:
    """Return the parts that a painted widget tells of."""
    return list(elements(widget))[1:]


@pytest.mark.parametrize("workspace", [each.id for each in WORKSPACES])
def test_that_no_element_of_a_workspace_is_without_a_name_or_a_role(
    window: MainWindow, qtbot: QtBot, workspace: str
) -> None:
    window.workbench.choose_workspace(workspace)
    for text, size in (("a + b x + c x^2", (1440, 900)), ("x y z", (1024, 700))):
        typed(window, qtbot, text)
        window.resize(*size)
        window.workbench.move_cursor(2)
        rested(window, qtbot)
        assert unnamed(window) == []
        assert without_a_role(window) == []


def test_that_no_element_of_a_closed_panel_is_without_a_name(
    window: MainWindow, qtbot: QtBot
) -> None:
    for name in window.panels.docks:
        window.show_panel(name)
    rested(window, qtbot)
    assert unnamed(window) == []
    assert without_a_role(window) == []


def test_that_no_element_of_a_menu_is_without_a_name(window: MainWindow) -> None:
    for entry in window.menuBar().actions():
        menu = entry.menu()
        assert isinstance(menu, QWidget)
        separators = [each for each in elements(menu) if each.role == "Separator"]
        found = [each for each in elements(menu) if each not in separators]
        assert [each for each in found if not each.name and each.role == "MenuItem"] == []


_DIALOGS: dict[str, Callable[[QWidget], QDialog]] = {
    "shortcuts": lambda parent: ShortcutsDialog(parent, ()),
    "details": lambda parent: DetailsDialog(Notice("engine", "It ended.", "", "All of it"), parent),
    "finder": lambda parent: Finder("Find action", [Entry("1", "Mul")], parent),
    "film": lambda parent: MovingPictureDialog({"backward": 3}, parent),
    "publication": lambda parent: PublicationDialog(QRectF(0, 0, 90, 90), "y = 3", parent),
}


@pytest.mark.parametrize("name", _DIALOGS)
def test_that_no_element_of_a_dialog_is_without_a_name(qtbot: QtBot, name: str) -> None:
    parent = QWidget()
    parent.resize(900, 700)
    qtbot.addWidget(parent)
    dialog = _DIALOGS[name](parent)
    dialog.show()
    assert unnamed(dialog) == []
    assert without_a_role(dialog) == []
    dialog.close()


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [("gradviz.help.about", QMessageBox), ("gradviz.help.signs", SignsDialog)],
)
def test_that_no_element_of_what_the_help_opens_is_without_a_name(
    window: MainWindow, identifier: str, kind: type[QDialog]
) -> None:
    found: list[Element] = []

    def look(dialog: QDialog) -> None:
        found.extend(unnamed(dialog))
        dialog.close()

    clock = answering(kind, look)
    action(window, identifier).trigger()
    assert not clock.isActive()
    assert found == []


def test_that_no_element_of_the_dialog_of_a_file_is_without_a_name(
    window: MainWindow, tmp_path: Path
) -> None:
    path = written(tmp_path, "def f(x):\n    return x * x\n")
    window.own_models.open(Model(source=str(path)))
    dialog = window.own_models.dialog
    assert dialog is not None
    assert unnamed(dialog) == []
    assert without_a_role(dialog) == []
    dialog.close()


def painted_classes() -> Iterator[type[QWidget]]:
    """Yield the classes of widgets of the window that have a paintEvent of their own."""
    for each in walk_packages(gradviz.ui.__path__, "gradviz.ui."):
        for value in vars(import_module(each.name)).values():
            widget = isinstance(value, type) and issubclass(value, QWidget)
            if widget and value.__module__ == each.name and "paintEvent" in vars(value):
                yield value


def test_that_every_widget_that_paints_itself_says_what_it_shows() -> None:
    painted = list(painted_classes())
    assert len(painted) >= 8
    silent = [each.__name__ for each in painted if not issubclass(each, Spoken)]
    assert set(silent) <= GROUNDS


def test_that_the_canvas_tells_each_node_with_its_value_and_gradient(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "5x^3 + 2x^2 + 4x + 8")
    window.workbench.move_cursor(len(window.state.steps))
    rested(window, qtbot)
    graph = window.state.graph
    assert graph is not None
    told = parts(window.canvas.view)
    assert len(told) == len(graph.nodes)
    (leaf,) = (each for each in told if each.name == "x")
    assert leaf.role == "ListItem"
    assert leaf.value == leaf.description == "2, grad 72, current step"
    assert leaf.focusable
    assert "grad 1, done" in next(each.value for each in told if each.name.startswith("Add"))
    canvas = interface(window.canvas.view)
    assert canvas.role() == QAccessible.Role.List
    assert canvas.text(QAccessible.Text.Name) == "Autograd graph"


def node(window: MainWindow, name: str) -> QAccessibleInterface:
    canvas = interface(window.canvas.view)
    children = [canvas.child(index) for index in range(canvas.childCount())]
    return next(each for each in children if each.text(QAccessible.Text.Name) == name)


def test_that_a_node_is_where_it_is_drawn_and_is_chosen_as_by_a_click(
    window: MainWindow, qtbot: QtBot
) -> None:
    typed(window, qtbot, "sin(x)")
    leaf, canvas = node(window, "x"), interface(window.canvas.view)
    key = next(each.id for each in window.state.graph.nodes if each.op == "x")  # type: ignore[union-attr]
    place = window.canvas.view.viewport().mapToGlobal(place_of(window, key))
    assert leaf.rect().contains(place)
    assert canvas.childAt(place.x(), place.y()) is leaf
    assert not leaf.state().selected
    actions = leaf.actionInterface()
    assert actions is not None
    actions.doAction(actions.pressAction())
    rested(window, qtbot)
    assert window.state.selected == key
    assert leaf.state().selected
    assert leaf.state().focused
    assert canvas.focusChild() is leaf
    click(window, QPoint(5, window.canvas.view.height() - 5))
    assert not leaf.state().selected


def test_that_a_node_tells_those_before_and_after_it(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    leaf = node(window, "x")
    ((other, kind),) = leaf.relations(_FLAGS.FlowsFrom)
    assert other.text(QAccessible.Text.Name).startswith("Sin")
    assert kind == _FLAGS.FlowsFrom
    assert leaf.relations(_FLAGS.FlowsTo) == []
    ((back, _),) = other.relations(_FLAGS.FlowsTo)
    assert back is leaf


@pytest.fixture
def grouped(settings: QSettings, qtbot: QtBot) -> Iterator[MainWindow]:
    """Open a window over a graph in groups."""
    window = opened(GroupingEngine(), settings, qtbot)
    rested(window, qtbot)
    yield window
    window.close()


def test_that_a_node_within_an_open_group_names_it(grouped: MainWindow, qtbot: QtBot) -> None:
    grouped.workbench.showing.expand_all()
    rested(grouped, qtbot)
    qtbot.waitUntil(lambda: bool(grouped.canvas.placement and grouped.canvas.placement.frames))
    told = parts(grouped.canvas.view)
    groups = [each for each in told if each.role == "Grouping"]
    assert groups
    assert all("node" in each.value for each in groups)
    assert any(each.name.endswith(f", in {groups[-1].name}") for each in told)


def test_that_the_nodes_of_an_earlier_graph_are_gone(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    assert len(parts(window.canvas.view)) == 2
    typed(window, qtbot, "a + b x + c x^2")
    told = parts(window.canvas.view)
    graph = window.state.graph
    assert graph is not None
    assert len(told) == len(graph.nodes)
    assert all(each.value for each in told)


def test_that_the_slider_of_the_walk_says_the_step(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    scrubber = window.timeline.scrubber
    window.workbench.move_cursor(1)
    count = len(window.state.steps)
    told = element(interface(scrubber))
    assert told.role == "Slider"
    assert told.value == f"step 1 of {count}: SinBackward0"
    number = interface(scrubber).valueInterface()
    assert (number.currentValue(), number.maximumValue()) == (1, count)
    number.setCurrentValue(count)
    assert window.state.cursor == count
    window.workbench.move_cursor(0)
    assert element(interface(scrubber)).value == f"the turn, before backward step 1 of {count}"
    window.workbench.move_cursor(-1)
    assert element(interface(scrubber)).value == "forward step 2 of 2: SinBackward0"


def test_that_a_card_of_the_inspector_tells_its_rows(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    window.show_panel("inspector")
    window.workbench.move_cursor(1)
    rested(window, qtbot)
    cards = [
        each
        for each in elements(window.panels.widgets["inspector"])
        if each.kind == "Card" and not each.invisible
    ]
    assert cards
    rows = [
        each for each in elements(window.panels.widgets["inspector"]) if "Gradient out" in each.way
    ]
    assert all(each.role == "StaticText" and each.name and each.value for each in rows)
    assert rows


def test_that_a_plot_says_in_a_sentence_what_it_shows(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a + b x")
    for name in ("fit", "loss"):
        window.show_panel(name)
    rested(window, qtbot)
    action(window, "gradviz.train.run").trigger()
    qtbot.waitUntil(lambda: window.state.progress.step > 3)
    action(window, "gradviz.train.run").trigger()
    rested(window, qtbot)
    plots = {each.name: each.value for each in elements(window) if each.kind == "SpokenPlot"}
    assert "target: from" in plots["Fit"]
    assert plots["Loss"].startswith("loss: from ")


def test_that_a_minimap_says_how_much_is_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "a x^3 + b x^2 + sin(c x)")
    for _ in range(5):
        action(window, "gradviz.view.zoom_in").trigger()
    rested(window, qtbot)
    told = element(interface(window.canvas.minimap))
    assert told.role == "Graphic"
    assert "% of the width" in told.value


def test_that_each_element_says_which_interfaces_it_has(window: MainWindow, qtbot: QtBot) -> None:
    typed(window, qtbot, "sin(x)")
    canvas, scrubber = interface(window.canvas.view), interface(window.timeline.scrubber)
    for each in (canvas, canvas.child(0), interface(window.canvas.minimap)):
        assert each.textInterface() is None
        assert each.valueInterface() is None
        assert each.tableCellInterface() is None
        assert each.selectionInterface() is None
    assert canvas.child(0).actionInterface().actionNames()
    assert scrubber.valueInterface() is not None
    assert scrubber.textInterface() is None


class _Long(SpokenParts):
    """So many parts that nobody could read them, with a note of those that were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._all = [str(number) for number in range(15_000)]

    def keys(self) -> list[str]:
        return self._all

    def part(self, key: str) -> SpokenPart:
        self.asked.append(key)
        return SpokenPart(key)


class _Painted(QWidget, Spoken):
    def __init__(self) -> None:
        super().__init__()
        self.parts = _Long()

    def spoken_parts(self) -> _Long:
        return self.parts


def test_that_a_part_is_made_when_it_is_asked_for(qtbot: QtBot) -> None:
    widget = _Painted()
    qtbot.addWidget(widget)
    told = interface(widget)
    assert told.childCount() == 15_000
    assert widget.parts.asked == []
    assert told.child(7).text(QAccessible.Text.Name) == "7"
    assert set(widget.parts.asked) == {"7"}
    assert told.child(7) is told.child(7)
    assert told.indexOfChild(told.child(9)) == 9
