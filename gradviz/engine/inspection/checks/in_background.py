"""Work that cannot be cut into pieces, done in a thread while other work runs."""

import threading
import time
from collections.abc import Callable, Generator
from typing import TypeVar

Made = TypeVar("Made")

_WAIT_S = 0.01


def in_background(
    make: Callable[[], Made], deadline_s: float = float("inf")
) -> Generator[None, None, Made]:
    """Return the result of `make`, and let other work run until it is there.

    Raises:
        TimeoutError: it took longer than the deadline; it goes on, and nobody waits for it.
        Exception: whatever `make` raises.
    """
    made: list[Made] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            made.append(make())
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            errors.append(error)

    worker = threading.Thread(target=work, daemon=True)
    deadline = time.monotonic() + deadline_s
    worker.start()
    while worker.is_alive():
        worker.join(_WAIT_S)
        yield
        if time.monotonic() > deadline:
            raise TimeoutError
    if errors:
        raise errors[0]
    return made[0]
