"""Opens what comes in: ``Session.unprotect`` without a new length and three checks for every packet."""

from __future__ import annotations

import pylibsrtp
from pylibsrtp._binding import ffi, lib  # type: ignore[import-not-found]

_BYTES_MAX = 2048  # no datagram that comes in is longer
_cell = ffi.new("char[]", _BYTES_MAX)
_view = ffi.buffer(_cell, _BYTES_MAX)
_length = ffi.new("int *")
# libsrtp 3 takes more arguments and does not work in place.
_IN_PLACE = len(ffi.typeof(lib.srtp_unprotect).args) == 3


def unprotect(session: pylibsrtp.Session, datagram: bytes) -> bytes | None:
    """The RTP packet in an SRTP datagram (RFC 3711, 3.3), or None: forged, repeated, too old, too long."""
    if not _IN_PLACE:
        return _as_the_library_does(session, datagram)
    size = len(datagram)
    if size > _BYTES_MAX:
        return None
    _view[0:size] = datagram
    _length[0] = size
    if lib.srtp_unprotect(session._srtp[0], _cell, _length):
        return None
    packet: bytes = _view[0 : _length[0]]
    return packet


def _as_the_library_does(session: pylibsrtp.Session, datagram: bytes) -> bytes | None:
    try:
        return session.unprotect(datagram)
    except (pylibsrtp.Error, ValueError):
        return None
