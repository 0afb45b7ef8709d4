"""The ICE side of one connection: a lite agent (RFC 8445, 2.5) that answers checks and never sends any."""

from __future__ import annotations

import secrets
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from aioice import stun

from hub.media.sfu.outputs import Address

CONSENT_S = 30.0  # RFC 7675, 5.1: nothing is sent to an address that has been silent for so long
DEAD_AFTER_S = 60.0  # a line that was cut for half a minute finds its connection, and restarts ICE on it
FORMER_VALID_S = 30.0  # how long the credentials before a restart stay good
NOMINATION_HOLDS_S = 3.0  # Chromium renews the nomination of its chosen pair at least every 2.5 s
REBOUND_AFTER_S = 2.6  # a little more than that: what Chromium uses has been checked by then
SILENT_S = 8.0  # consent is renewed every 4 to 6 s (RFC 7675, 5.1)
PATHS_MAX = 16
_HEADER_BYTES = 20
_BINDING_REQUEST, _COOKIE = b"\x00\x01", stun.COOKIE.to_bytes(4, "big")
_USERNAME = 0x0006
_NAMED_WITHIN = 16  # attributes that are looked at; clients write the name among the first


class LocalSocket(Protocol):
    """What a datagram came in by; the answer must leave by the same. A TCP connection has one client only,
    and no ``fileno`` that others may write to."""

    @property
    def transport(self) -> str: ...

    @property
    def fileno(self) -> Callable[[], int] | None: ...

    def sendto(self, datagram: bytes, address: Address) -> object: ...

    def unroute(self, address: Address, endpoint: object) -> None: ...


class Path(NamedTuple):
    """One way to the client: our socket and its address."""

    local: LocalSocket
    address: Address

    @property
    def transport(self) -> str:
        """``udp`` or ``tcp``."""
        return self.local.transport


class Credentials(NamedTuple):
    """``ufrag`` and ``pwd`` of one side."""

    ufrag: str
    pwd: str


def new_credentials() -> Credentials:
    """RFC 8445, 5.3: at least 24 bits of ufrag and 128 of pwd; ours has 48, so that nobody can guess one."""
    return Credentials(secrets.token_hex(6), secrets.token_hex(16))


def ufrag_untrusted(datagram: bytes) -> bytes | None:
    """The ufrag of ours that a binding request names; None for everything else. Must be cheap: whoever
    knows no name of ours costs no more than this."""
    if datagram[:2] != _BINDING_REQUEST or datagram[4:8] != _COOKIE:
        return None
    at = _HEADER_BYTES
    for _ in range(_NAMED_WITHIN):
        if at + 4 > len(datagram):
            return None
        kind, size = struct.unpack_from("!HH", datagram, at)
        if kind == _USERNAME:
            # RFC 8445, 7.2.2: the username is the receiver's ufrag, a colon, the sender's ufrag.
            ours, colon, _ = datagram[at + 4 : at + 4 + size].partition(b":")
            return ours if colon else None
        at += 4 + (size + 3 & ~3)
    return None


def parse_check_untrusted(datagram: bytes) -> stun.Message | None:
    """A binding request; None for everything else, whatever it is."""
    try:
        message = stun.parse_message(datagram)
    except (ValueError, struct.error):
        return None
    if message.message_method != stun.Method.BINDING or message.message_class != stun.Class.REQUEST:
        return None
    return message


@dataclass(slots=True)
class _PathState:
    last_check: float
    priority: int
    nominated_at: float | None = None


class IceLite:
    """Which paths lead to the client, which of them is in use, and whether it is still there.

    Deviations from RFC 8445 and 8489: a check that does not authenticate is not answered at all (an error
    response would tell strangers which names exist), and unknown attributes are passed over.
    """

    def __init__(self, local: Credentials, remote: Credentials, now: float) -> None:
        self.local = local
        self.remote = remote
        self.selected: Path | None = None
        self._former: tuple[Credentials, Credentials, float] | None = None
        self._paths: dict[Path, _PathState] = {}
        self._last_check = now

    def restart(self, local: Credentials, remote: Credentials, now: float) -> None:
        """New credentials, same connection; media goes on by the old path until a new one is chosen."""
        self._former = (self.local, self.remote, now + FORMER_VALID_S)
        self.local, self.remote = local, remote
        self._last_check = now
        for state in self._paths.values():
            state.nominated_at = None

    def ufrags(self) -> list[str]:
        """The names under which checks for this connection may come."""
        return [self.local.ufrag, *([self._former[0].ufrag] if self._former else [])]

    def answer(self, message: stun.Message, path: Path, now: float) -> bytes | None:
        """The response to an authenticated check, None for any other."""
        pair = self._pair_named(str(message.attributes.get("USERNAME")), now)
        if pair is None:
            return None
        local, _ = pair
        key = local.pwd.encode()
        if not message.check_message_integrity(key):
            return None
        if path not in self._paths and len(self._paths) >= PATHS_MAX:
            return None
        if "ICE-CONTROLLED" in message.attributes:
            # RFC 8445, 7.3.1.1: a lite agent is always the controlled one. Remembered all the same: whoever
            # gets an answer has a route, and that must end.
            self._paths.setdefault(path, _PathState(now, 0))
            return _response(message, key, stun.Class.ERROR, "ERROR-CODE", (487, "Role Conflict"))
        self._note(message, path, now, restarted=local == self.local)
        mapped = (path.address[0], path.address[1])
        return _response(message, key, stun.Class.RESPONSE, "XOR-MAPPED-ADDRESS", mapped)

    def dead(self, now: float) -> bool:
        return now - self._last_check > DEAD_AFTER_S

    def forget_silent(self, now: float) -> list[Path]:
        """The paths that have had no check for a while; they lead nowhere any more."""
        if self._former is not None and now > self._former[2]:
            self._former = None
        silent = [path for path, state in self._paths.items() if now - state.last_check > CONSENT_S]
        for path in silent:
            self.forget(path)
        return silent

    def forget(self, path: Path) -> None:
        """That path has ended. Was it in use, the one that was heard last takes its place."""
        self._paths.pop(path, None)
        if path == self.selected:
            self.selected = max(self._paths, key=lambda one: self._paths[one].last_check, default=None)

    def knows(self, path: Path) -> bool:
        """Whether authentic checks have come by it."""
        return path in self._paths

    def holds(self, path: Path, now: float) -> bool:
        """Whether they still do."""
        state = self._paths.get(path)
        return state is not None and now - state.last_check <= SILENT_S

    def paths(self) -> list[Path]:
        return list(self._paths)

    def _pair_named(self, username: str, now: float) -> tuple[Credentials, Credentials] | None:
        if username == f"{self.local.ufrag}:{self.remote.ufrag}":
            return self.local, self.remote
        if self._former is not None and now <= self._former[2]:
            local, remote, _ = self._former
            if username == f"{local.ufrag}:{remote.ufrag}":
                return local, remote
        return None

    def _note(self, message: stun.Message, path: Path, now: float, *, restarted: bool) -> None:
        self._last_check = now
        state = self._paths.setdefault(path, _PathState(now, 0))
        state.last_check = now
        state.priority = int(message.attributes.get("PRIORITY", 0))
        if "USE-CANDIDATE" in message.attributes and restarted:
            state.nominated_at = now
        if self._better(path, state, now):
            self.selected = path

    def _better(self, path: Path, state: _PathState, now: float) -> bool:
        """Whether media should leave by ``path`` from now on."""
        if self.selected is None:
            return True
        if path == self.selected:
            return False
        chosen = self._paths[self.selected]
        if now - chosen.last_check > SILENT_S:
            return True
        # The same socket of the client (same priority) at another address: a NAT that forgot. Not at once,
        # for whoever overhears a check can repeat it; but nobody can make the client fall silent.
        same = path.local == self.selected.local and state.priority == chosen.priority
        if same and now - chosen.last_check > REBOUND_AFTER_S:
            return True
        if state.nominated_at is None:
            return False
        # Firefox nominates every pair: priority decides. Chromium only its choice: the last decides.
        nominated_at = chosen.nominated_at
        if nominated_at is None or now - nominated_at > NOMINATION_HOLDS_S:
            return True
        return state.priority > chosen.priority


def _response(
    request: stun.Message, key: bytes, kind: stun.Class, attribute: str, value: tuple[object, object]
) -> bytes:
    response = stun.Message(
        message_method=stun.Method.BINDING,
        message_class=kind,
        transaction_id=request.transaction_id,
        attributes={attribute: value},
    )
    response.add_message_integrity(key)  # and the fingerprint
    return bytes(response)
