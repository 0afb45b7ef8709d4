"""Who knows which password: argon2 hashes, failed attempts and lock-outs, beside the log, never in it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, NoReturn, TypeVar

from sqlalchemy import Engine, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from hub.clock import Clock
from hub.errors import Refusal
from hub.storage.database import is_full
from hub.storage.passwords import Passwords
from hub.storage.tables import credentials

MAX_FAILURES = 5
LOCK_MS = 15 * 60 * 1000

_WAITING_MAX = 32  # one check takes about 50 ms and 64 MiB; a longer queue helps nobody
_STRANGERS_MAX = 10_000
_T = TypeVar("_T")


class Standing(NamedTuple):
    """What is remembered of one account name. Names that do not exist have one too (in memory
    only), so that a stranger cannot tell them apart."""

    password_hash: str
    failures: int
    locked_until_ms: int


class Credentials:
    """Owns the credentials table and the one thread in which passwords are hashed."""

    def __init__(self, engine: Engine, clock: Clock, passwords: Passwords) -> None:
        self._engine = engine
        self._clock = clock
        self._passwords = passwords
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="passwords")
        self._waiting = 0
        self._strangers: OrderedDict[str, Standing] = OrderedDict()
        self._nobody = ""  # a hash no password matches; made when it is first needed

    async def check(self, account: str, password: str) -> None:
        """Refuses with ``auth.wrong_password``, ``auth.locked``, ``too_many`` or ``storage.full``.

        Takes as long for an account that does not exist as for one that does.
        """
        if self._waiting >= _WAITING_MAX:
            raise Refusal("too_many")
        self._waiting += 1
        try:
            await self._in_thread(lambda: self._check(account, password))
        finally:
            self._waiting -= 1

    async def set_password(self, account: str, password: str) -> None:
        await self._in_thread(lambda: self._store(account, self._passwords.hash(password)))

    async def set_passwords(self, accounts: list[str], password: str) -> None:
        """One password for many (the demo's): hashed once, and not at all where it is the same already."""
        await self._in_thread(lambda: self._set_many(accounts, password))

    async def close(self) -> None:
        await asyncio.to_thread(self._thread.shutdown)

    # --- in the thread --------------------------------------------------------------------------

    async def _in_thread(self, work: Callable[[], _T]) -> _T:
        def guarded() -> _T:
            try:
                return work()
            except DBAPIError as error:
                if is_full(error, self._engine):
                    raise Refusal("storage.full") from error
                raise

        return await asyncio.get_running_loop().run_in_executor(self._thread, guarded)

    def _check(self, account: str, password: str) -> None:
        now_ms = self._clock.wall_ms()
        known = self._read(account)
        standing = known or self._stranger(account)
        if standing.locked_until_ms > now_ms:
            raise _locked(standing.locked_until_ms, now_ms)
        right = self._passwords.match(standing.password_hash, password)
        if known is None or not right:
            self._failed(account, standing, now_ms, is_known=known is not None)
        if self._passwords.is_outdated(standing.password_hash):
            self._store(account, self._passwords.hash(password))
        elif standing.failures:
            self._write(account, standing._replace(failures=0, locked_until_ms=0))

    def _failed(self, account: str, standing: Standing, now_ms: int, *, is_known: bool) -> NoReturn:
        failures = standing.failures + 1
        locked = failures >= MAX_FAILURES
        after = standing._replace(
            failures=0 if locked else failures,
            locked_until_ms=now_ms + LOCK_MS if locked else 0,
        )
        if is_known:
            self._write(account, after)
        else:
            self._strangers[account] = after
            self._strangers.move_to_end(account)
            if len(self._strangers) > _STRANGERS_MAX:
                self._strangers.popitem(last=False)
        if locked:
            raise _locked(after.locked_until_ms, now_ms)
        raise Refusal("auth.wrong_password", attempts_left=MAX_FAILURES - failures)

    def _stranger(self, account: str) -> Standing:
        if not self._nobody:
            self._nobody = self._passwords.hash("nobody")
        return self._strangers.get(account) or Standing(self._nobody, 0, 0)

    def _read(self, account: str) -> Standing | None:
        wanted = select(
            credentials.c.password_hash, credentials.c.failures, credentials.c.locked_until_ms
        ).where(credentials.c.account == account)
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return Standing(*row) if row else None

    def _write(self, account: str, standing: Standing) -> None:
        here = update(credentials).where(credentials.c.account == account)
        with self._engine.begin() as connection:
            connection.execute(here.values(**standing._asdict()))

    def _store(self, account: str, password_hash: str) -> None:
        """Also forgives earlier failures: who may set a password knows the person."""
        self._strangers.pop(account, None)
        with self._engine.begin() as connection:
            connection.execute(delete(credentials).where(credentials.c.account == account))
            row = Standing(password_hash, 0, 0)._asdict()
            connection.execute(insert(credentials).values(account=account, **row))

    def _set_many(self, accounts: list[str], password: str) -> None:
        known = {account: standing for account in accounts if (standing := self._read(account))}
        # Equal hashes have equal passwords, so one check speaks for all that share the first's.
        shared = next((standing.password_hash for standing in known.values()), None)
        if shared is None or not self._passwords.match(shared, password):
            shared = self._passwords.hash(password)
        for account in accounts:
            if account not in known or known[account].password_hash != shared:
                self._store(account, shared)


def _locked(until_ms: int, now_ms: int) -> Refusal:
    return Refusal("auth.locked", until_ms=until_ms, retry_after_s=-(-(until_ms - now_ms) // 1000))
