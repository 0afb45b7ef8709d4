"""What lays HTML out as pages; imported at the first sheet, for a starting hub need not wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher


class Fetching(FatalURLFetchingError):  # type: ignore[misc]
    """The HTML names something outside itself; texts of people are escaped, so it is a fault of ours."""


class _Nothing(URLFetcher):  # type: ignore[misc]
    """Refuses whatever is asked for: no file of this machine and no host is ever touched."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> NoReturn:
        raise Fetching(f"paper loads nothing: {url[:80]}")


def printed(html: str) -> bytes:
    """Raises ``Fetching``."""
    made: bytes = HTML(string=html, base_url=None, url_fetcher=_Nothing()).write_pdf()
    return made
