"""Reads a program as a screen reader does, over AT-SPI, and writes all that it found as JSON.

It is run by the Python of the system, which has `pyatspi`, in a session bus of its own:
`at_spi_reader.py FILE PROGRAM ARGUMENT…` starts the program, reads its graph, chooses a node, takes
a step, types another expression, and ends it as Ctrl+C does.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

#: A start on a busy machine takes seconds.
_PATIENCE_S = 60.0


def main(file: str, command: list[str]) -> None:
    """Run the program, and write to `file` all that was read, and how it ended."""
    import pyatspi  # type: ignore[import-not-found]

    program = subprocess.Popen(command)
    try:
        found = _read(pyatspi)
    finally:
        program.send_signal(signal.SIGINT)
        code = program.wait(_PATIENCE_S)
    Path(file).write_text(json.dumps({**found, "code": code}), encoding="utf-8")


def _read(pyatspi: Any) -> dict[str, Any]:
    desktop = pyatspi.Registry.getDesktop(0)

    def window() -> Any:
        return next((each for each in _children(desktop) if each.name == "gradviz"), None)

    def named(name: str) -> Any:
        return next((each for each in _below(window()) if each.name == name), None)

    def nodes() -> list[Any]:
        canvas = named("Autograd graph")
        return list(_children(canvas)) if canvas is not None else []

    found: dict[str, Any] = {"nodes": [_told(each) for each in _awaited(nodes)]}
    leaf = _awaited(lambda: next((each for each in nodes() if each.name == "x"), None))
    _act(leaf, "Press")
    found["chosen"] = bool(_awaited(lambda: leaf.getState().contains(pyatspi.STATE_SELECTED)))
    button = _awaited(lambda: named("Step forward"))
    _act(button, "Press")
    slider = named("Step of the forward and the backward pass")
    found["step"] = _awaited(lambda: slider.description.startswith("step 1") and slider.description)
    # Other nodes take the place of those that were read.
    field = named("Expression")
    field.queryEditableText().setTextContents("a + b x + c x^2")
    found["typed"] = len(_awaited(lambda: nodes() if len(nodes()) > len(found["nodes"]) else None))
    everything = list(_below(window()))
    found["elements"] = len(everything)
    return found


def _told(node: Any) -> dict[str, Any]:
    relations: dict[str, list[str]] = {}
    for each in node.getRelationSet():
        kind = each.getRelationType().value_nick
        targets = [each.getTarget(place).name for place in range(each.getNTargets())]
        relations.setdefault(kind, []).extend(targets)
    return {
        "name": node.name,
        "role": node.getRoleName(),
        "description": node.description,
        "relations": relations,
    }


def _act(element: Any, name: str) -> None:
    actions = element.queryAction()
    names = [actions.getName(place) for place in range(actions.nActions)]
    actions.doAction(names.index(name))


def _children(element: Any) -> Iterator[Any]:
    for place in range(element.childCount):
        child = element.getChildAtIndex(place)
        if child is not None:
            yield child


def _below(element: Any) -> Iterator[Any]:
    if element is not None:
        yield element
        for child in _children(element):
            yield from _below(child)


def _awaited(look: Callable[[], Any]) -> Any:
    """Return the first answer that is true; an element may go while it is asked."""
    end = time.monotonic() + _PATIENCE_S
    error: Exception | None = None
    while time.monotonic() < end:
        try:
            found = look()
        except Exception as gone:  # noqa: BLE001 - of GLib, whose errors have no class to import
            error, found = gone, None
        if found:
            return found
        time.sleep(0.2)
    raise TimeoutError("What was waited for has not come.") from error


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
