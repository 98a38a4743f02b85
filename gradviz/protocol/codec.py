"""Messages as bytes: msgpack behind a length of four bytes, so that any pipe can carry them."""

import struct
from typing import BinaryIO, Generic, TypeVar

import msgspec

Message = TypeVar("Message")

_LENGTH = struct.Struct("<I")
#: A longer message is a sign of a broken stream, not of data.
MAXIMUM_BYTES = 1 << 30


class Codec(Generic[Message]):
    """Writes and reads messages of one type, usually a union of tagged Structs."""

    def __init__(self, message_type: object) -> None:
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(message_type)

    def write(self, stream: BinaryIO, message: Message) -> None:
        """Write one message and flush; raises OSError when the other side has gone."""
        body = self._encoder.encode(message)
        stream.write(_LENGTH.pack(len(body)) + body)
        stream.flush()

    def read(self, stream: BinaryIO) -> Message | None:
        """Return the next message, or None when the stream has ended.

        Raises:
            ValueError: the bytes are no message (msgspec's errors are ValueErrors).
        """
        head = stream.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (size,) = _LENGTH.unpack(head)
        if size > MAXIMUM_BYTES:
            raise ValueError(f"a message of {size} bytes was announced")
        body = stream.read(size)
        return None if len(body) < size else self._decoder.decode(body)
