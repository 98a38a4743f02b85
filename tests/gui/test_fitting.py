"""What is decisive is seen whole: tables, names and numbers fit the room that they have."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)
from pytestqt.qtbot import QtBot
from window_acts import SOON_MS, action, rested, typed

from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.compare_panel import ComparePanel
from gradviz.ui.panels.training.data_form import DataForm
from gradviz.ui.widgets.code_view import CodeView, Spot
from gradviz.ui.widgets.fitting_table import Column, FittingTable, number_cell
from gradviz.ui.widgets.theme import LIGHT_THEME, style_sheet

pytestmark = pytest.mark.usefixtures("layouts")

SIZES = [(1440, 900), (1280, 720), (1024, 700)]
THEMES = ["light", "dark"]


def cut(table: QTableView, *columns: int) -> list[str]:
    """Return the texts of visible rows that have no room in these columns, or are scrolled out."""
    model, found = table.model(), []
    for row in range(model.rowCount()):
        for column in columns:
            index = model.index(row, column)
            rect = table.visualRect(index)
            if rect.bottom() < 0 or rect.top() > table.viewport().height():
                continue
            text = str(index.data())
            option = QStyleOptionViewItem()
            table.initViewItemOption(option)
            delegate = table.itemDelegate()
            assert isinstance(delegate, QStyledItemDelegate)
            delegate.initStyleOption(option, index)
            option.rect = rect
            inner = table.style().subElementRect(
                QStyle.SubElement.SE_ItemViewItemText, option, table
            )
            margin = table.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
            needed = option.fontMetrics.horizontalAdvance(text) + 2 * margin
            if needed > inner.width() or rect.right() > table.viewport().width():
                found.append(f"{text}: {needed} of {inner.width()}, ends at {rect.right()}")
    return found


def titles_cut(table: QTableView, *columns: int) -> list[str]:
    header = table.horizontalHeader()
    titles = [str(table.model().headerData(i, Qt.Orientation.Horizontal)) for i in columns]
    return [
        title
        for place, title in zip(columns, titles, strict=True)
        if header.sectionSizeHint(place) > header.sectionSize(place)
    ]


def in_front(window: MainWindow, qtbot: QtBot, panel: str) -> None:
    window.show_panel(panel)
    qtbot.waitUntil(lambda: window.panels.widgets[panel].seen, timeout=SOON_MS)


@pytest.mark.parametrize("size", SIZES)
def test_that_sums_so_far_are_whole(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    typed(window, qtbot, "5x^3 + 2x^2 + 4x/7 + sin(x)/3")
    graph = window.state.graph
    assert graph is not None
    window.workbench.go_to_end()
    window.workbench.select(next(node.id for node in graph.nodes if node.kind == "leaf"))
    in_front(window, qtbot, "inspector")
    rested(window, qtbot)
    table = window.panels.widgets["inspector"].findChild(FittingTable, "accumulation")
    assert table is not None
    assert table.model().rowCount() == 4
    assert cut(table, 0, 1) == []
    assert titles_cut(table, 0, 1) == []
    assert not table.horizontalScrollBar().isVisible()


@pytest.mark.parametrize("size", SIZES)
def test_that_the_verdict_and_the_method_of_each_check_are_whole(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a x + b")
    action(window, "gradviz.step.check_leaves").trigger()
    qtbot.waitUntil(lambda: not window.state.checking, timeout=4 * SOON_MS)
    in_front(window, qtbot, "checks")
    rested(window, qtbot)
    table = window.panels.widgets["checks"].findChild(FittingTable, "checks")
    assert table is not None
    assert table.model().rowCount() == 6
    assert cut(table, 0, 1, 2) == []
    assert titles_cut(table, 0, 1, 2) == []
    assert not table.horizontalScrollBar().isVisible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_that_the_update_of_each_parameter_is_whole(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], optimizer: str
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a + b x + c x^2 + d x^3")
    window.workbench.choose_optimizer(optimizer)
    in_front(window, qtbot, "optimizer")
    window.workbench.train_one_step()
    table = window.panels.widgets["optimizer"].findChild(FittingTable, "steps")
    assert table is not None
    qtbot.waitUntil(lambda: table.model().rowCount() == 4, timeout=SOON_MS)
    rested(window, qtbot)
    assert cut(table, 0, 1, 2) == []
    assert titles_cut(table, 0, 1, 2) == []
    if optimizer == "sgd":
        assert cut(table, 3, 4) == []
        assert not table.horizontalScrollBar().isVisible()


@pytest.fixture
def table(qtbot: QtBot) -> FittingTable:
    """Return a table alone, in the style of the window."""
    made = FittingTable()
    made.setStyleSheet(style_sheet())
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


# The largest of all, written with fewer digits, would be infinite.
finite = st.floats(-1e300, 1e300)
row = st.tuples(st.text("ab1.", min_size=1, max_size=20), finite, finite)
rows = st.lists(row, min_size=1, max_size=6)


@hypothesis_settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(rows, st.integers(240, 900))
def test_that_every_column_fits_and_a_number_is_never_cut(
    table: FittingTable, found: list[tuple[str, float, float]], width: int
) -> None:
    table.resize(width, 200)
    table.show_rows(
        (Column("sum", "number"), Column("part", "number"), Column("from", "name")),
        [
            (number_cell(first, "float64"), number_cell(second, "float64"), (name,))
            for name, first, second in found
        ],
    )
    assert cut(table, 0, 1, 2) == []
    for row, (name, first, second) in enumerate(found):
        shown = [text.replace("\N{MINUS SIGN}", "-") for text in table.texts(row)]
        for text, number in zip(shown, (first, second), strict=False):
            assert float(text) == pytest.approx(number, rel=5e-3)
        assert table.whole_texts(row)[2] == name
        assert table.model().index(row, 2).data(Qt.ItemDataRole.ToolTipRole) == name


def test_that_a_table_with_room_shows_every_digit(table: FittingTable) -> None:
    table.resize(700, 200)
    table.show_rows(
        (Column("n", "number"), Column("name", "name")), [(number_cell(1 / 3, "float64"), ("a",))]
    )
    assert table.texts(0) == ("0.3333333333333333", "a")
    table.resize(120, 200)
    assert 0 < abs(float(table.texts(0)[0]) - 1 / 3) < 1e-3


def test_that_new_rows_of_the_same_kind_leave_selection_and_place(table: FittingTable) -> None:
    columns = (Column("n", "number"),)
    table.show_rows(columns, [(number_cell(i, "float64"),) for i in range(50)])
    table.selectRow(30)
    table.scrollToBottom()
    place = table.verticalScrollBar().value()
    table.show_rows(columns, [(number_cell(2 * i, "float64"),) for i in range(50)])
    assert table.currentIndex().row() == 30
    assert table.verticalScrollBar().value() == place
    assert table.texts(30) == ("60",)


def test_that_the_line_of_a_node_is_in_sight_once_the_view_has_its_size(qtbot: QtBot) -> None:
    view = CodeView(LIGHT_THEME)
    qtbot.addWidget(view)
    view.resize(200, 20)
    view.show_code("\n".join(f"line {number}" for number in range(1, 201)), {})
    view.show_spot(Spot(120, 0, 4))
    view.show()
    for height in (60, 240, 90):
        view.resize(300, height)
        QApplication.processEvents()
        rect = view.cursorRect()
        assert view.textCursor().blockNumber() == 119
        assert rect.top() >= 0
        assert rect.bottom() <= view.viewport().height()
    view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    view.resize(300, 200)
    QApplication.processEvents()
    assert view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("size", SIZES)
def test_that_the_error_of_a_field_is_seen_from_its_first_to_its_last_line(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a + b x")
    in_front(window, qtbot, "training")
    form = window.panels.widgets["training"].findChild(DataForm)
    assert form is not None
    for field in ("noise", "range", "data_file", "target"):
        form.refuse(field, "“no number” is no standard deviation. Use 0 or 0.1 instead. " * 3)
        rested(window, qtbot)
        message = form.messages[field]
        assert message.height() >= message.heightForWidth(message.width())
        above = [each for each in form.findChildren(QLineEdit) if each.isVisible()]
        assert not any(message.geometry().intersects(each.geometry()) for each in above)
        form.refuse(field, "")


def test_that_every_ready_made_model_is_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    in_front(window, qtbot, "models")
    rested(window, qtbot)
    models = window.panels.widgets["models"].findChild(QListWidget, "models")
    assert models is not None
    assert models.count() == 9
    seen = models.viewport().rect()
    rects = [models.visualItemRect(models.item(row)) for row in range(models.count())]
    assert [rect for rect in rects if not seen.contains(rect)] == [], seen
    for row in range(models.count()):
        text = models.item(row).text()
        assert models.fontMetrics().horizontalAdvance(text) + 16 <= rects[row].width()


@pytest.mark.parametrize("size", SIZES)
def test_that_the_labels_of_every_form_have_room(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a + b x")
    in_front(window, qtbot, "training")
    assert window.state.catalogue is not None
    for optimizer in window.state.catalogue.optimizers:
        window.workbench.choose_optimizer(optimizer.name)
        rested(window, qtbot)
        labels = [
            each
            for form in window.panels.widgets["training"].findChildren(QFormLayout)
            for row in range(form.rowCount())
            if (item := form.itemAt(row, QFormLayout.ItemRole.LabelRole)) is not None
            and isinstance(each := item.widget(), QLabel)
            and each.isVisible()
        ]
        assert labels
        cut_off = [each.text() for each in labels if each.width() < each.sizeHint().width()]
        assert cut_off == []


@pytest.mark.parametrize("size", SIZES)
def test_that_a_tensor_has_the_space_of_its_panel(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    typed(window, qtbot, "a + b x")
    assert window.state.graph is not None
    window.workbench.select(next(node.id for node in window.state.graph.nodes if node.op == "Mul"))
    in_front(window, qtbot, "tensor")
    panel = window.panels.widgets["tensor"]
    table = panel.findChild(QTableView, "values")
    assert table is not None
    qtbot.waitUntil(table.isVisible, timeout=SOON_MS)
    rested(window, qtbot)
    assert table.height() >= 0.5 * panel.height()
    assert window.canvas.height() >= 0.3 * window.height()


@pytest.mark.parametrize("theme", THEMES)
def test_that_wrapped_texts_are_whole_after_a_change_of_the_theme(
    window: MainWindow, qtbot: QtBot, theme: str
) -> None:
    window.show_panel("result")
    window.choose_theme("light" if theme == "dark" else "dark")
    rested(window, qtbot)
    window.choose_theme(theme)
    rested(window, qtbot)
    wrapped = [
        label
        for label in window.findChildren(QLabel)
        if label.wordWrap() and label.text() and not label.visibleRegion().isEmpty()
    ]
    assert any("x^3" in label.text() for label in wrapped)
    for label in wrapped:
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_that_no_row_of_the_models_moves_when_the_list_takes_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    models = window.panels.widgets["models"].findChild(QListWidget)
    assert models is not None
    row = models.visualItemRect(models.currentItem()).adjusted(4, 3, -20, -3)

    def first_ink() -> int:
        image = models.viewport().grab(row).toImage()
        ground = image.pixel(image.width() - 1, 1)
        return min(
            x
            for x in range(image.width())
            for y in range(image.height())
            if abs(image.pixelColor(x, y).value() - image.pixelColor(image.width() - 1, 1).value())
            > 60
            and image.pixel(x, y) != ground
        )

    window.canvas.view.setFocus()
    QApplication.processEvents()
    before = first_ink()
    models.setFocus()
    QApplication.processEvents()
    assert first_ink() == before


@pytest.mark.parametrize("size", SIZES)
def test_that_the_losses_of_compared_runs_are_in_sight(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.show_panel("compare")
    window.workbench.comparison.add_present()
    window.workbench.comparison.add_other_seed()
    action(window, "gradviz.train.compare").trigger()
    runs = window.state.comparison
    qtbot.waitUntil(lambda: len(runs.runs) == 2 and runs.best is not None, timeout=SOON_MS)
    qtbot.waitUntil(lambda: not window.state.comparison.running, timeout=6 * SOON_MS)
    rested(window, qtbot)
    panel = window.panels.widgets["compare"]
    assert isinstance(panel, ComparePanel)
    assert cut(panel.runs, 0, 1) == []
    assert panel.heading_room.width() >= panel.heading.sizeHint().width()


def test_that_a_table_fits_after_a_change_of_the_theme(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    typed(window, qtbot, "a x + b")
    action(window, "gradviz.step.check_leaves").trigger()
    panel = window.panels.widgets["checks"]
    table = panel.findChild(FittingTable)
    assert table is not None
    qtbot.waitUntil(lambda: panel.seen and table.model().rowCount() > 2, timeout=SOON_MS)
    rested(window, qtbot)
    before = [table.texts(row) for row in range(table.model().rowCount())]
    for theme in THEMES:
        window.choose_theme(theme)
        rested(window, qtbot)
        assert [table.texts(row) for row in range(table.model().rowCount())] == before
        assert cut(table, 0) == []
