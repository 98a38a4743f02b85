"""Whatever is typed is never executed, and is refused within 50 ms with a caret."""

import sys
import time
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from promised import Tell, extent

from gradviz.core.errors import ExpressionError
from gradviz.expression import parse

EXAMPLES = extent(300, 20_000)

#: What has brought other programs to run code, to hang, or to run out of memory or stack.
CORPUS = (
    "9**9**9", "9^(9^9)", "(" * 10_000, "-" * 100_000, "-" * 100_000 + "x", "x" + "^x" * 2000,
    "x" + "+x" * 2047, "a" + " a" * 2047, "(x+1)" * 819, "sin(" * 1024, "9" * 4096, "🙂" * 4096,
    '__import__("os").system("true")', "().__class__.__bases__[0]", "lambda: 0", "eval(x)",
    "exec('x')", "open('x')", "globals()", "x.__class__", "f'{x}'", "{x}", "x;x", "x\nx", "\x00",
    "５ｘ", "x\u200bx", "\u202ex", "\ud800", "a\x1b[31mb", "x" * 5000,
    "\\frac" * 800, "\\sqrt{" * 600,
    "|" * 3000, "sum(" * 900, "1e999999", "1e-999999", "0x" * 2000, "," * 4000, "x,x" * 1300,
)  # fmt: skip
_FORBIDDEN = frozenset(
    {"compile", "exec", "import", "open", "os.system", "os.exec", "os.posix_spawn"}
    | {"subprocess.Popen", "socket.connect", "ctypes.dlopen", "pickle.find_class", "marshal.loads"}
)
_typed = st.one_of(
    st.text(),
    st.text(st.sampled_from("xyab10.+-*/^()= ²⁻π·sinP3e,_|{}[]\\")),
    st.lists(st.sampled_from([*CORPUS[12:20], "x", "sin", "(", ")", "^", "2", " "])).map("".join),
)


class _Audit:
    """Counts what a parser has no business with; a hook stays for the life of the process."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.on = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, _: object) -> None:
        if self.on and event in _FORBIDDEN:
            self.seen[event] += 1


@pytest.mark.usefixtures("untraced")
def test_that_nothing_typed_is_executed_and_a_refusal_is_quick_and_marked(tell: Tell) -> None:
    for text in ("a + sin(b x)", "sine", "\\frac{x}{2}", "x[0]", "foo(x)"):
        _parsed(text)  # What is imported at the first use is imported now.
    audit = _Audit()
    seconds: dict[str, float] = {}

    def tried(text: str) -> None:
        audit.on = True
        started = time.thread_time()
        error = _parsed(text)
        seconds[text] = time.thread_time() - started
        audit.on = False
        if error is not None:
            assert error.caret().endswith("^")
            assert error.message.endswith(".")

    @given(_typed)
    @settings(max_examples=EXAMPLES)
    def tried_at_random(text: str) -> None:
        tried(text)

    for text in CORPUS:
        tried(text)
    tried_at_random()
    assert not audit.seen
    audit.on = True
    compile("1", "probe", "eval")
    audit.on = False
    assert audit.seen == {"compile": 1}
    texts = sorted(seconds, key=seconds.__getitem__)[-10:]
    # A slow machine is slow at counting too.
    slowest, unit = max(map(_seconds_to_parse, texts)), _least(_count)
    assert slowest < max(0.050, 8 * unit)
    tell(f"{len(seconds)} texts: nothing executed, the slowest answer {slowest * 1e3:.1f} ms")


def _parsed(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


def _seconds_to_parse(text: str) -> float:
    return _least(lambda: _parsed(text))


def _least(do: Callable[[], object]) -> float:
    """Return the seconds of the quickest of five runs: the collector may come into one of them."""
    seconds = []
    for _ in range(5):
        started = time.thread_time()
        do()
        seconds.append(time.thread_time() - started)
    return min(seconds)


def _count() -> int:
    total = 0
    for number in range(200_000):
        total += number * number
    return total
