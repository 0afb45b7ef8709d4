"""Both sides of a connectivity check, with nothing above: for tests of the sockets."""

from __future__ import annotations

import asyncio

from aioice import stun

from hub.media.transport.ice import Credentials, IceLite, Path, parse_check_untrusted

LOCAL, REMOTE = Credentials("ours", "p" * 32), Credentials("theirs", "q" * 24)


def check(local: Credentials = LOCAL, remote: Credentials = REMOTE, password: str | None = None) -> bytes:
    """A binding request that names ``local``, signed with its password or with another."""
    message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{local.ufrag}:{remote.ufrag}"
    message.attributes["PRIORITY"] = 1
    message.add_message_integrity((password or local.pwd).encode())
    return bytes(message)


class Client:
    """A connection of the hub's with real ICE and nothing above it: keeps what it is given."""

    def __init__(self, local: Credentials = LOCAL) -> None:
        self.ice = IceLite(local, REMOTE, 0.0)
        self.heard: asyncio.Queue[bytes] = asyncio.Queue()
        self.path: asyncio.Queue[Path] = asyncio.Queue()
        self.ended: asyncio.Queue[Path] = asyncio.Queue()

    def receive(self, datagram: bytes, now: float) -> None:
        self.heard.put_nowait(datagram)

    def check(self, datagram: bytes, path: Path, now: float) -> bool:
        message = parse_check_untrusted(datagram)
        response = None if message is None else self.ice.answer(message, path, now)
        if response is None:
            return False
        path.local.sendto(response, path.address)
        self.path.put_nowait(path)
        return True

    def holds(self, path: Path, now: float) -> bool:
        return self.ice.holds(path, now)

    def path_ended(self, path: Path, now: float) -> None:
        self.ice.forget(path)
        self.ended.put_nowait(path)
