"""Formulas in the window: set as mathematics, as wide as there is room, and copied as LaTeX."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from window_acts import action, type_in, typed

from gradviz.mathematics.equations import formulas_of
from gradviz.mathematics.typesetting import set_piece
from gradviz.ui.main_window import MainWindow
from gradviz.ui.panels.explain_panel import ExplainPanel
from gradviz.ui.panels.formula_panel import FormulaPanel
from gradviz.ui.widgets.formulas.formula_label import FormulaLabel

pytestmark = pytest.mark.usefixtures("layouts")
_SOON_MS = 8000
#: A network for images takes longer to build.
_LEARNT_MS = 30_000
_CUBIC = "5x^3 + 2x^2 + 4x + 8"


def _built(window: MainWindow, qtbot: QtBot, model: str) -> FormulaPanel:
    """Build `model`, and have the panel in front with its formulas set."""
    typed(window, qtbot, model)
    panel = _panel(window, qtbot)
    fit = window.state.built is not None and window.state.built.mode == "fit"
    expected = [each.typed for each in formulas_of(model, fit=fit).all]
    qtbot.waitUntil(
        lambda: [each.typed for each in panel.labels if each.is_set] == expected,
        timeout=_SOON_MS,
    )
    return panel


def _panel(window: MainWindow, qtbot: QtBot) -> FormulaPanel:
    window.show_panel("formula")
    panel = window.panels.widgets["formula"]
    assert isinstance(panel, FormulaPanel)
    qtbot.waitUntil(lambda: panel.seen, timeout=_SOON_MS)
    return panel


def test_that_the_expression_and_its_derivative_are_set(window: MainWindow, qtbot: QtBot) -> None:
    panel = _built(window, qtbot, _CUBIC)
    assert [each.accessibleName() for each in panel.labels] == [
        "y = 5·x³ + 2·x² + 4·x + 8",
        "dy/dx = 15·x² + 4·x + 4",
    ]
    assert panel.labels[1].latex == r"\frac{dy}{dx} = 15 x^{2} + 4 x + 4"


def test_that_a_fit_shows_its_loss_and_the_partial_derivatives(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = _built(window, qtbot, "a + b x")
    assert [each.typed.partition(" =")[0] for each in panel.labels] == [
        "y_pred",
        "loss",
        "∂loss/∂a",
        "∂loss/∂b",
    ]


def test_that_a_network_shows_its_layers_its_loss_and_the_gradients_on_their_way_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = _built(window, qtbot, "Linear(1, 4), Tanh(), Linear(4, 1)")
    told = [each.typed for each in panel.labels]
    assert told[:4] == [
        "H0 = X W0ᵀ + b0",
        "H1 = tanh(H0)",
        "y_pred = H1 W2ᵀ + b2",
        "loss = Σ ((y_pred − y)²)",
    ]
    assert told[-1] == "∂loss/∂b0 = Σ (∂loss/∂H0)"
    assert not panel.note.text()
    action(window, "gradviz.edit.copy_expression_latex").trigger()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: len(clipboard.text().splitlines()) == 4, timeout=_SOON_MS)
    assert clipboard.text().startswith("H_{0} = X W_{0}^{\\top} + b_{0}\n")


def test_that_a_model_of_code_says_why_it_has_none(window: MainWindow, qtbot: QtBot) -> None:
    panel = _built(window, qtbot, _CUBIC)
    window.workbench.choose_model("classifier")
    qtbot.waitUntil(lambda: "no expression" in panel.note.text(), timeout=_LEARNT_MS)
    assert not panel.labels
    assert not action(window, "gradviz.edit.copy_expression_latex").isEnabled()


def test_that_the_text_that_cannot_be_read_leaves_the_formulas(
    window: MainWindow, qtbot: QtBot
) -> None:
    panel = _built(window, qtbot, _CUBIC)
    type_in(window, "x +")
    qtbot.waitUntil(lambda: window.state.error is not None, timeout=_SOON_MS)
    assert [each.is_set for each in panel.labels] == [True, True]


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("copy_expression_latex", "y = 5 x^{3} + 2 x^{2} + 4 x + 8"),
        ("copy_derivatives_latex", r"\frac{dy}{dx} = 15 x^{2} + 4 x + 4"),
    ],
)
def test_that_a_formula_is_copied_as_latex(
    window: MainWindow, qtbot: QtBot, name: str, latex: str
) -> None:
    _built(window, qtbot, _CUBIC)
    action(window, f"gradviz.edit.{name}").trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == latex, timeout=_SOON_MS)


def test_that_the_rule_of_the_step_is_set_and_copied(window: MainWindow, qtbot: QtBot) -> None:
    window.workbench.choose_model(_CUBIC)
    qtbot.waitUntil(lambda: len(window.state.steps) > 4, timeout=_SOON_MS)
    action(window, "gradviz.step.explain").trigger()
    panel = window.panels.widgets["explain"]
    assert isinstance(panel, ExplainPanel)
    multiplied = next(
        place
        for place, step in enumerate(window.state.steps, start=1)
        if window.state.graph is not None and window.state.graph.node[step.node].op == "Mul"
    )
    window.workbench.move_cursor(multiplied)
    qtbot.waitUntil(lambda: "formula:0" in panel.text.toHtml(), timeout=_SOON_MS)
    # The text is there for those who hear it.
    assert "grad ⊙ other" in panel.text.toPlainText()
    action(window, "gradviz.edit.copy_rule_latex").trigger()
    qtbot.waitUntil(
        lambda: r"\mathrm{grad} \odot \mathrm{other}" in QGuiApplication.clipboard().text(),
        timeout=_SOON_MS,
    )


@pytest.mark.parametrize("width", [90, 200, 438])
def test_that_a_long_formula_is_broken_into_lines_and_not_clipped(qtbot: QtBot, width: int) -> None:
    label = FormulaLabel("y", "y = 1 + 2 + 3")
    qtbot.addWidget(label)
    label.resize(width, 40)
    label.show()
    pieces = [set_piece(f"{{}} + {number} x^{{{number}}}") for number in range(30)]
    label.show_pieces(pieces)
    assert label.is_set
    assert label.minimumWidth() <= width
    one_line = sum(piece.width for piece in pieces)
    assert label.height() > 18 * one_line / (width / 0.8) / 2


def test_that_the_menu_of_a_formula_copies_it(qtbot: QtBot) -> None:
    label = FormulaLabel(r"\frac{1}{x}", "1/x")
    qtbot.addWidget(label)
    label.show()
    for title, text in (("Copy as LaTeX", r"\frac{1}{x}"), ("Copy as text", "1/x")):
        next(each for each in label.menu().actions() if each.text() == title).trigger()
        assert QGuiApplication.clipboard().text() == text
