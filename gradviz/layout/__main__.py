"""The layout process: it reads requests, lays out, answers, and ends with its input."""

import contextlib
import faulthandler
import signal
import sys
from collections.abc import Iterator

import msgspec

from gradviz.core.errors import LayoutError
from gradviz.core.graphs.placement import Box, Link
from gradviz.core.language.catalogues import speak_as_told
from gradviz.layout.messages import (
    AnswerCrossing,
    LayoutAnswer,
    LayoutFailed,
    LayoutRequest,
    crossing,
)
from gradviz.layout.plans import place
from gradviz.protocol.child import claim_standard_streams
from gradviz.protocol.codec import Codec

MEMORY_BYTES = 1 << 30


def main() -> int:
    """Serve requests until the input ends or nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    speak_as_told()
    _cap_memory()
    requests, answers = claim_standard_streams()
    request_codec, answer_codec = (
        Codec[LayoutRequest](LayoutRequest),
        Codec[AnswerCrossing](AnswerCrossing),
    )
    _warm_up()
    with contextlib.suppress(BrokenPipeError):
        while (request := request_codec.read(requests)) is not None:
            with _ended_after(request.limit_s):
                answer = _answer(request)
            answer_codec.write(answers, crossing(answer))
    return 0


def _answer(request: LayoutRequest) -> LayoutAnswer:
    try:
        placed = place(request)
    except (LayoutError, MemoryError, ValueError) as error:
        return LayoutFailed(request.request, str(error) or type(error).__name__)
    return msgspec.structs.replace(placed, request=request.request)


@contextlib.contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process unless the block is left within `seconds`.

    Graphviz holds the interpreter's lock while it works, so no Python thread could do it; the
    fault handler's watchdog needs no lock, and exists on every platform.
    """
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _cap_memory() -> None:
    """Let the system refuse this process more than MEMORY_BYTES, where it has such limits."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > MEMORY_BYTES:
            # macOS knows the limit but does not let it be set.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _warm_up() -> None:
    """Load Graphviz's plugins before the first request needs them."""
    boxes, links = (Box("a", 1, 1), Box("b", 1, 1)), (Link("ab", "a", "b"),)
    _answer(LayoutRequest(request=0, boxes=boxes, links=links))


if __name__ == "__main__":
    sys.exit(main())
