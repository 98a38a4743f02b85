"""Messages as bytes, and back."""

import io
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradviz.core.choices.settings import Model, Training
from gradviz.protocol.codec import MAXIMUM_BYTES, Codec
from gradviz.protocol.commands import BuildModel, Command, PauseTraining, StartTraining

commands = st.one_of(
    st.builds(PauseTraining, st.integers(0, 2**31)),
    st.builds(BuildModel, st.integers(0, 9), st.builds(Model, source=st.text(max_size=50))),
    st.builds(
        StartTraining,
        st.integers(0, 9),
        st.builds(Training, optimizer=st.text(max_size=9), learning_rate=st.floats(0, 1)),
    ),
)


def codec() -> Codec[Command]:
    return Codec(Command)


@given(st.lists(commands, max_size=5))
def test_that_what_is_written_is_read_in_its_order(sent: list[Command]) -> None:
    stream = io.BytesIO()
    for command in sent:
        codec().write(stream, command)
    stream.seek(0)
    assert [codec().read(stream) for _ in sent] == sent
    assert codec().read(stream) is None


@given(commands, st.integers(0, 300))
def test_that_a_message_that_was_cut_off_is_an_end_not_a_message(
    command: Command, kept: int
) -> None:
    stream = io.BytesIO()
    codec().write(stream, command)
    whole = stream.getvalue()
    assert codec().read(io.BytesIO(whole[: min(kept, len(whole) - 1)])) is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda body: b"\xff" * len(body),
        lambda body: msgspec.msgpack.encode({"type": "NoCommand"}),
        lambda body: msgspec.msgpack.encode({"type": "PauseTraining", "run": "one"}),
    ],
    ids=["garbage", "unknown", "wrong type"],
)
def test_that_what_is_no_message_is_refused(damage: Callable[[bytes], bytes]) -> None:
    body = damage(b"x" * 12)
    stream = io.BytesIO(len(body).to_bytes(4, "little") + body)
    with pytest.raises(ValueError, match=r".+"):
        codec().read(stream)


def test_that_an_absurd_length_is_refused_before_it_is_read() -> None:
    stream = io.BytesIO((MAXIMUM_BYTES + 1).to_bytes(4, "little") + b"x")
    with pytest.raises(ValueError, match="announced"):
        codec().read(stream)
