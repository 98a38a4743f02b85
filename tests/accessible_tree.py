"""The tree of a window as a screen reader walks it."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QDialogButtonBox, QScrollBar, QTabBar, QWidget

#: Of a long list or table the first ones stand for all.
MOST_CHILDREN = 60
#: Boxes that hold others and are nothing by themselves: a reader passes by those without a name.
CONTAINERS = frozenset({"Client", "LayeredPane", "Splitter", "Pane", "Grip", "Separator", "Border"})
_NAME, _VALUE = QAccessible.Text.Name, QAccessible.Text.Value


class Element(NamedTuple):
    """One element of the tree, as plain data."""

    role: str
    name: str
    value: str
    description: str
    focusable: bool
    invisible: bool
    kind: str
    title: str
    tabs: int
    way: tuple[str, ...]


def elements(root: QWidget | QAccessibleInterface) -> Iterator[Element]:
    """Yield the elements below a widget, itself first, in the order of the tree."""
    interface = QAccessible.queryAccessibleInterface(root) if isinstance(root, QWidget) else root
    if interface is not None:
        yield from _elements(interface, ())


def _elements(interface: QAccessibleInterface, way: tuple[str, ...]) -> Iterator[Element]:
    found = element(interface, way)
    yield found
    for index in range(min(interface.childCount(), MOST_CHILDREN)):
        child = interface.child(index)
        if child is not None and child.isValid():
            yield from _elements(child, (*way, found.name or found.kind or found.role))


def element(interface: QAccessibleInterface, way: tuple[str, ...] = ()) -> Element:
    """Return all that an interface tells."""
    state, of = interface.state(), interface.object()
    return Element(
        role=interface.role().name,
        name=interface.text(_NAME),
        value=interface.text(_VALUE),
        description=interface.text(QAccessible.Text.Description),
        focusable=bool(state.focusable),
        invisible=bool(state.invisible),
        kind=of.metaObject().className() if isinstance(of, QObject) else "",
        title=of.objectName() if isinstance(of, QObject) else "",
        tabs=of.count() if isinstance(of, QTabBar) else 0,
        way=way,
    )


def unnamed(root: QWidget) -> list[Element]:
    """Return the elements that need a name and have none.

    All need one that can have the focus or show something. None is needed by a container, by what
    is hidden, by a text or a cell that is empty, by a bar without tabs, by a scroll bar of an area,
    which is a part of that, and by the parts that Qt's own dialogs have beside their texts.
    """
    return [each for each in elements(root) if not each.name and _needs_a_name(each)]


def _needs_a_name(found: Element) -> bool:
    if found.invisible:
        return False
    if found.role in ("Cell", "TreeItem", "StaticText") and not found.value:
        return False
    if found.role == "PageTabList" and found.tabs == 0:
        return False
    of_qt = found.kind in (QScrollBar.__name__, QDialogButtonBox.__name__)
    within = found.title.startswith("qt_")
    return found.focusable or not (found.role in CONTAINERS or of_qt or within)


def without_a_role(root: QWidget) -> list[Element]:
    """Return the elements that do not say of which kind they are."""
    return [each for each in elements(root) if each.role in ("NoRole", "")]
