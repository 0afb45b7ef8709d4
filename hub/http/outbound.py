"""The one way out of the hub: a POST to an address that somebody has set, and nothing else ever."""

from __future__ import annotations

import aiohttp

TIMEOUT_S = 10.0


class Outbound:
    """Owns the connections; follows no redirect and reads no answer."""

    def __init__(self) -> None:
        self._http: aiohttp.ClientSession | None = None

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer; raises OSError with one line for a person when there is none."""
        if self._http is None:
            self._http = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=TIMEOUT_S), trust_env=False
            )
        try:
            async with self._http.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return answer.status
        except TimeoutError as error:
            raise OSError(f"{TIMEOUT_S:.0f} 秒内没有应答 / no answer within {TIMEOUT_S:.0f} s") from error
        except (aiohttp.ClientError, ValueError) as error:  # also a name that can be none of a host
            raise OSError(f"无法连接 / cannot connect: {error}") from error

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
