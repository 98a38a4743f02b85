"""The accessibility interfaces of painted widgets and of the parts within them.

Qt deletes the interface of a widget with the widget. That of a part belongs to no QObject: the
interface of its widget keeps it, and deletes it through Qt's cache, which would use it else.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from weakref import ref

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QAccessibleValueInterface,
    QColor,
)
from PySide6.QtWidgets import QAbstractSlider, QAccessibleWidget, QWidget
from shiboken6 import Shiboken, isValid

from gradviz.ui.widgets.speech.spoken import PartKind, Spoken, SpokenKind, SpokenPart, SpokenParts

_Role = QAccessible.Role
_ROLES: Final[Mapping[SpokenKind, QAccessible.Role]] = {
    "slider": _Role.Slider,
    "picture": _Role.Graphic,
    "list": _Role.List,
    "group": _Role.Grouping,
}
_PART_ROLES: Final[Mapping[PartKind, QAccessible.Role]] = {
    "item": _Role.ListItem,
    "group": _Role.Grouping,
    "text": _Role.StaticText,
    "picture": _Role.Graphic,
}
_Relations = list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]
#: An interface or None, which PySide's annotations leave out.
_Found = Any
#: PySide takes None, or a number, for a pointer to that object.
_NO_INTERFACE: Final = Shiboken.VoidPtr(0)
_NOWHERE: Final = SpokenPart("")


class SpokenInterface(QAccessibleWidget):
    """Tells of a painted widget, which is `Spoken`; its children are the parts that it draws."""

    def __init__(self, widget: QWidget) -> None:
        kind = widget.spoken_kind if isinstance(widget, Spoken) else "picture"
        super().__init__(widget, _ROLES[kind])
        self._keys: Sequence[str] = ()
        self._made: dict[str, PartInterface] = {}
        self._number = _SliderValue(widget) if isinstance(widget, QAbstractSlider) else None
        widget.destroyed.connect(partial(_discard, self._made))

    def text(self, t: QAccessible.Text) -> str:
        spoken = self._spoken()
        if spoken is not None and t == QAccessible.Text.Value:
            return spoken.spoken_value()
        known = super().text(t)
        if spoken is not None and t == QAccessible.Text.Description and not known:
            # Readers for AT-SPI ask for a text's value here.
            return spoken.spoken_value()
        return known

    def childCount(self) -> int:
        return super().childCount() if self._parts() is None else len(self._current_keys())

    def child(self, index: int) -> _Found:
        if self._parts() is None:
            return super().child(index)
        keys = self._current_keys()
        return self.part_of(keys[index]) if 0 <= index < len(keys) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if isinstance(child, PartInterface):
            keys = self._current_keys()
            return keys.index(child.key) if child.key in keys else -1
        return super().indexOfChild(child)

    def childAt(self, x: int, y: int) -> _Found:
        parts, widget = self._parts(), self.widget()
        if parts is None:
            return super().childAt(x, y)
        key = parts.at(widget.mapFromGlobal(QPoint(x, y)))
        return self.part_of(key) if key is not None else None

    def focusChild(self) -> _Found:
        parts = self._parts()
        if parts is None:
            return super().focusChild()
        key = parts.current()
        return self.part_of(key) if key is not None and self.widget().hasFocus() else None

    def interface_cast(self, t: QAccessible.InterfaceType) -> Any:
        if t == QAccessible.InterfaceType.ValueInterface and self._number is not None:
            return self._number
        return super().interface_cast(t) or _NO_INTERFACE

    def part_of(self, key: str) -> "PartInterface":
        """Return the interface of a part, the same one as long as the part is drawn."""
        if key not in self._made:
            self._made[key] = PartInterface(self.widget(), key)
        return self._made[key]

    def _spoken(self) -> Spoken | None:
        widget = self.widget()
        return widget if isinstance(widget, Spoken) else None

    def _parts(self) -> SpokenParts | None:
        spoken = self._spoken()
        return spoken.spoken_parts() if spoken is not None else None

    def _current_keys(self) -> Sequence[str]:
        """Return the keys of the parts; the interfaces of those that have gone are deleted."""
        parts = self._parts()
        keys = parts.keys() if parts is not None else ()
        if keys is not self._keys:
            self._keys = keys
            gone = self._made.keys() - set(keys)
            _discard({key: self._made.pop(key) for key in gone})
        return keys


class PartInterface(QAccessibleInterface):
    """Tells of one part that a widget draws."""

    def __init__(self, widget: QWidget, key: str) -> None:
        super().__init__()
        self.key = key
        # It must not keep a window that is closed.
        self._widget = ref(widget)
        self._actions = _PartActions(self)

    def isValid(self) -> bool:
        return self._parts() is not None

    def object(self) -> Any:
        return None

    def window(self) -> Any:
        widget = self.widget
        return widget.window().windowHandle() if widget is not None else None

    def parent(self) -> _Found:
        widget = self.widget
        return QAccessible.queryAccessibleInterface(widget) if widget is not None else None

    def child(self, index: int) -> _Found:
        return None

    def childCount(self) -> int:
        return 0

    def childAt(self, x: int, y: int) -> _Found:
        return None

    def focusChild(self) -> _Found:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def rect(self) -> QRect:
        widget, part = self.widget, self._part()
        if widget is None or part.place.isNull():
            return QRect()
        return part.place.translated(widget.mapToGlobal(QPoint()))

    def role(self) -> QAccessible.Role:
        return _PART_ROLES[self._part().kind]

    def text(self, t: QAccessible.Text) -> str:
        part = self._part()
        if t == QAccessible.Text.Name:
            return part.name
        # Readers for AT-SPI ask for a text's value by the description.
        told = (QAccessible.Text.Value, QAccessible.Text.Description)
        return part.value if t in told else ""

    def setText(self, t: QAccessible.Text, text: str) -> None:
        """Do nothing: the parts of a picture are not renamed."""

    def state(self) -> QAccessible.State:
        widget, part = self.widget, self._part()
        found = QAccessible.State()
        if widget is None or not widget.isVisible():
            found.invisible = 1
            return found
        found.offscreen = int(not widget.rect().intersects(part.place))
        if part.kind in ("item", "group"):
            found.selectable = found.focusable = 1
            found.selected = int(part.chosen)
            found.focused = int(part.chosen and widget.hasFocus())
        else:
            found.readOnly = 1
        return found

    def relations(
        self, match: QAccessible.RelationFlag = QAccessible.RelationFlag.FlowsTo
    ) -> _Relations:
        """Return the parts that lines lead to and come from.

        Qt names the relation of the other one to this: content flows from it to those after it.
        """
        parts, parent = self._parts(), self.parent()
        if parts is None or not isinstance(parent, SpokenInterface):
            return []
        flag, shown = QAccessible.RelationFlag, set(parts.keys())
        after = [(key, flag.FlowsFrom) for key in parts.after(self.key)]
        before = [(key, flag.FlowsTo) for key in parts.before(self.key)]
        return [
            (parent.part_of(key), kind)
            for key, kind in (*after, *before)
            if key in shown and int(match.value) & int(kind.value)
        ]

    def interface_cast(self, t: QAccessible.InterfaceType) -> Any:
        if t == QAccessible.InterfaceType.ActionInterface and self._part().kind != "text":
            return self._actions
        return _NO_INTERFACE

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()

    @property
    def widget(self) -> QWidget | None:
        """Return the widget that draws it, None once that is gone."""
        widget = self._widget()
        return widget if widget is not None and isValid(widget) else None

    def choose(self) -> None:
        """Choose the part, as a click does."""
        parts, widget = self._parts(), self.widget
        if parts is not None and widget is not None:
            widget.setFocus()
            parts.choose(self.key)

    def _parts(self) -> SpokenParts | None:
        widget = self.widget
        return widget.spoken_parts() if isinstance(widget, Spoken) else None

    def _part(self) -> SpokenPart:
        parts = self._parts()
        found = parts.part(self.key) if parts is not None else None
        return found if found is not None else _NOWHERE


class _PartActions(QAccessibleActionInterface):
    """Chooses a part on request of a screen reader."""

    def __init__(self, part: PartInterface) -> None:
        super().__init__()
        self._part = ref(part)

    def actionNames(self) -> list[str]:
        return [self.pressAction(), self.setFocusAction()]

    def doAction(self, actionName: str) -> None:  # noqa: N803
        part = self._part()
        if part is not None and actionName in self.actionNames():
            part.choose()

    def keyBindingsForAction(self, actionName: str) -> list[str]:  # noqa: N803
        return []


class _SliderValue(QAccessibleValueInterface):
    """The number of a slider, which a screen reader can set too."""

    def __init__(self, slider: QAbstractSlider) -> None:
        super().__init__()
        self._slider = ref(slider)

    def currentValue(self) -> int:
        slider = self._slider()
        return slider.value() if slider is not None else 0

    def setCurrentValue(self, value: Any) -> None:
        slider = self._slider()
        if slider is not None:
            slider.setValue(int(value))

    def minimumValue(self) -> int:
        slider = self._slider()
        return slider.minimum() if slider is not None else 0

    def maximumValue(self) -> int:
        slider = self._slider()
        return slider.maximum() if slider is not None else 0

    def minimumStepSize(self) -> int:
        slider = self._slider()
        return slider.singleStep() if slider is not None else 1


def interface_of(_: str, of: QObject | None) -> QAccessibleInterface | None:
    """Return a new interface for a painted widget; None leaves any other object to Qt."""
    if isinstance(of, QWidget) and isinstance(of, Spoken):
        return SpokenInterface(of)
    return None


def _discard(made: dict[str, PartInterface], *_: object) -> None:
    """Delete interfaces of parts, also in Qt's cache."""
    for part in made.values():
        if isValid(part):
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(part))
    made.clear()
