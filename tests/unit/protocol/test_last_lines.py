"""The end of a stream is kept as a terminal shows it, and never more than so much of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.protocol.last_lines import LastLines


def kept(*blocks: bytes) -> str:
    lines = LastLines()
    for block in blocks:
        lines.add(block)
    return lines.text()


def test_that_the_last_lines_are_kept() -> None:
    assert kept(*(f"{number}\n".encode() for number in range(100))).split() == [
        str(number) for number in range(60, 100)
    ]


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n", ""])
def test_that_what_is_kept_is_bounded_whatever_ends_a_line(ending: str) -> None:
    block = f"{'x' * 60}{ending}".encode() * 1024
    lines = LastLines()
    for _ in range(64):
        lines.add(block)
        assert len(lines.text()) <= 1 << 15


def test_that_a_progress_bar_is_one_line_and_drives_nothing_out() -> None:
    bar = b"".join(b"\r%3d%%|#####" % percent for percent in range(101))
    assert kept(b"the reason\n", *[bar] * 1000) == "the reason\n100%|#####"
    ended = b"".join(b"%3d%%\r" % percent for percent in range(101))
    assert kept(b"the reason\r\n", *[ended] * 1000) == "the reason\n100%"


@given(
    st.lists(st.sampled_from(["a", "bc", "\r", "\n", "\r\n", "é", "\r\r"]), max_size=30), st.data()
)
def test_that_it_does_not_matter_in_which_blocks_it_arrives(
    parts: list[str], data: st.DataObject
) -> None:
    whole = "".join(parts).encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)), max_size=6)))
    blocks = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert kept(*blocks) == kept(whole)


@given(st.text(alphabet="ab\n", max_size=60).filter(lambda text: text.count("\n") <= 30))
def test_that_text_without_carriage_returns_is_kept_as_it_is(text: str) -> None:
    assert kept(text.encode()) == text


def test_that_bytes_that_are_no_text_are_marked() -> None:
    assert kept(b"\xff\n") == "�\n"
