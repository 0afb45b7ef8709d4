"""How often somebody unknown may guess: few times an address, and few times all together."""

from __future__ import annotations

from collections import OrderedDict, deque

from hub.errors import Refusal

FAILURES_MAX = 5
LOCK_MS = 5 * 60_000
ALL_MAX = 60
ALL_MS = 60_000
"""Of a hundred million codes a minute of guessing by everybody together tries sixty."""

_KNOWN_MAX = 10_000


class Attempts:
    """In memory only: what was wrong before a restart is forgiven."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[int, int]] = OrderedDict()
        self._all: deque[int] = deque(maxlen=ALL_MAX)

    def check(self, who: str, now_ms: int) -> None:
        """Refuses with ``guest.locked`` or ``too_many``."""
        _, until_ms = self._failures.get(who, (0, 0))
        if until_ms > now_ms:
            raise Refusal("guest.locked", until_ms=until_ms, retry_after_s=-(-(until_ms - now_ms) // 1000))
        if len(self._all) == ALL_MAX and now_ms - self._all[0] < ALL_MS:
            raise Refusal("too_many", retry_after_s=-(-(ALL_MS - now_ms + self._all[0]) // 1000))

    def failed(self, who: str, now_ms: int) -> int:
        """It was wrong; how often it may be wrong before it is locked out."""
        self._all.append(now_ms)
        failures = self._failures.get(who, (0, 0))[0] + 1
        is_locked = failures >= FAILURES_MAX
        self._failures[who] = (0, now_ms + LOCK_MS) if is_locked else (failures, 0)
        self._failures.move_to_end(who)
        if len(self._failures) > _KNOWN_MAX:
            self._failures.popitem(last=False)
        return FAILURES_MAX - failures

    def succeeded(self, who: str) -> None:
        self._failures.pop(who, None)
