"""The field for the expression: one line, coloured as it is typed, errors underlined in place."""

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontDatabase,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from gradviz.core.errors import ExpressionError
from gradviz.core.language.saying import tr
from gradviz.ui.widgets.kept_typing import typing_in
from gradviz.ui.widgets.theme import Theme

#: More than the grammar takes, so that its own message is seen rather than silent cutting.
_MAXIMUM_LENGTH = 20_000
_FONT_PIXELS = 17


class _Highlighter(QSyntaxHighlighter):
    """Colours the tokens and underlines the place of an error."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self.theme = theme
        self.error: ExpressionError | None = None
        self.inputs = frozenset({"y"})

    def highlightBlock(self, text: str) -> None:
        if not text:
            return
        # The grammar is loaded with the first text, after the window has appeared.
        from gradviz.expression import tokens
        from gradviz.expression.networks import names_network, network_tokens

        network = names_network(text)
        for start, length, kind in network_tokens(text) if network else tokens(text, self.inputs):
            form = QTextCharFormat()
            form.setForeground(QColor(self.theme.token(kind)))
            first = _in_qt(text, start)
            self.setFormat(first, _in_qt(text, start + length) - first, form)
        if self.error is not None:
            self._underline(self.error, text)

    def _underline(self, error: ExpressionError, text: str) -> None:
        start = max(0, min(error.position, len(text) - 1))
        end = min(len(text), start + max(1, error.length))
        for index in range(_in_qt(text, start), _in_qt(text, end)):
            form = self.format(index)
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            form.setUnderlineColor(QColor(self.theme.error))
            self.setFormat(index, 1, form)


def _in_qt(text: str, index: int) -> int:
    """Return where Qt, which counts in UTF-16, has the character at `index`."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


class ExpressionField(QPlainTextEdit):
    """Emits `typed` for every change that the user makes, and `committed` at Enter."""

    typed = Signal(str)
    committed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("expression")
        self.setAccessibleName(tr("Expression"))
        self.setAccessibleDescription(
            tr("An expression in x, y, z and parameters, or the layers of a network")
        )
        self.setPlaceholderText(
            tr(
                "Type an expression, such as a + b x, or layers, such as Linear(1, 16), Tanh(), "
                "Linear(16, 1)"
            )
        )
        self.setToolTip(
            tr(
                "x is the input, and at a point y and z are inputs too; other letters are "
                "parameters that are trained"
            )
        )
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(_FONT_PIXELS)
        self.setFont(font)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabChangesFocus(True)
        self.setFixedHeight(36)
        self._highlighter = _Highlighter(self.document(), theme)
        self._shown = ""
        self._typing = typing_in(self)
        self.textChanged.connect(self._on_text_changed)

    def text(self) -> str:
        """Return the text of the field."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Replace the text, as one step of undo, without `typed`; not while the user types."""
        if text == self.text():
            self._typing.take_over()
        else:
            self._typing.offer(lambda: self._write(text))

    def _write(self, text: str) -> None:
        self._shown = text
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        if self.hasFocus():
            # A text that the user did not type is replaced by the next typing.
            self.selectAll()

    def show_error(self, error: ExpressionError | None) -> None:
        """Underline the place of `error`; None clears it."""
        self._highlighter.error = error
        self._highlighter.rehighlight()

    def show_inputs(self, names: Iterable[str]) -> None:
        """Colour these letters as x is, and y."""
        inputs = frozenset({"y", *names})
        if inputs != self._highlighter.inputs:
            self._highlighter.inputs = inputs
            self._highlighter.rehighlight()

    def show_only(self, why: str) -> None:
        """Show a title, which is no expression, from here on, and nothing that is typed."""
        self.setReadOnly(True)
        self.setToolTip(why)
        self._highlighter.setDocument(None)

    def use_theme(self, theme: Theme) -> None:
        """Draw the text in the colours of `theme`."""
        self._highlighter.theme = theme
        self._highlighter.rehighlight()

    def sizeHint(self) -> QSize:
        return QSize(420, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 36)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end_typing()
            self.committed.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        # A file that is dropped is for the window.
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text()[:_MAXIMUM_LENGTH].split()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self._end_typing()
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def _end_typing(self) -> None:
        # From here on it is one change of the window's, and Qt would join the next typing to it.
        self.document().clearUndoRedoStacks()
        self._typing.end()

    def _on_text_changed(self) -> None:
        text = self.text()
        # Colouring a text changes the document too, but not its text.
        if text != self._shown:
            self._shown = text
            self._typing.begin()
            self._typing.take_over()
            self.typed.emit(text)
