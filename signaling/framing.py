"""Bytes on the line: Socket.IO packets in MessagePack, and the WebSocket frames that carry them."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from signaling.messages import Ack, Push
from signaling.vocabulary import PUSHES

CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR = range(5)

_PUSH_NAMES = {wire.body: wire.name for wire in PUSHES}
_ID_MAX = 2**53
_encoder = msgspec.msgpack.Encoder()


class BadPacket(ValueError):
    """The peer sent something that is no Socket.IO packet; the only way out of ``decode_packet``."""


class Packet(NamedTuple):
    """One Socket.IO packet; ``data`` is still whatever the peer sent."""

    type: int
    data: Any
    id: int | None


class _Incoming(msgspec.Struct):
    type: int
    nsp: str = "/"
    data: Any = None
    id: int | None = None


_decoder = msgspec.msgpack.Decoder(_Incoming)


def decode_packet(data: bytes) -> Packet:
    """Raises ``BadPacket`` for everything a page has no reason to send."""
    try:
        packet = _decoder.decode(data)
    except (msgspec.DecodeError, RecursionError, ValueError, TypeError) as error:
        raise BadPacket(str(error)) from None
    if packet.type not in (CONNECT, DISCONNECT, EVENT, ACK) or packet.nsp != "/":
        raise BadPacket("unexpected type or namespace")
    if packet.id is not None and not 0 <= packet.id < _ID_MAX:
        raise BadPacket("id out of range")
    return Packet(packet.type, packet.data, packet.id)


def encode_packet(type_: int, data: Any = None, id_: int | None = None) -> bytes:
    """``data`` and ``id`` are left out when there is none.

    The browser's parser takes ``data: nil`` for a parse error, closes the line and comes back, for ever.
    """
    packet: dict[str, Any] = {"type": type_, "nsp": "/"}
    if data is not None:
        packet["data"] = data
    if id_ is not None:
        packet["id"] = id_
    return _encoder.encode(packet)


def encode_push(message: Push) -> bytes:
    """A push is the same bytes for everyone who gets it."""
    return encode_packet(EVENT, [_PUSH_NAMES[type(message)], message])


def encode_ack(id_: int, ack: Ack) -> bytes:
    """``{ok, result}`` or ``{ok, error}``: the half that says nothing is left out."""
    body: dict[str, Any] = {"ok": ack.ok}
    if ack.error is not None:
        body["error"] = ack.error
    else:
        body["result"] = ack.result
    return encode_packet(ACK, [body], id_)


def binary_frame(payload: bytes) -> bytes:
    """RFC 6455, 5.2: FIN and opcode 2; a server does not mask, so one frame serves every socket."""
    size = len(payload)
    if size < 126:
        return bytes((0x82, size)) + payload
    if size < 0x10000:
        return b"\x82\x7e" + size.to_bytes(2, "big") + payload
    return b"\x82\x7f" + size.to_bytes(8, "big") + payload
