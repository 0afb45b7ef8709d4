"""The way to an object store that speaks S3: its one endpoint, and its own credentials."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from obstore.exceptions import BaseError
from obstore.store import S3Store

from hub.config import BadSettings, StoreSettings

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config

Got = TypeVar("Got")

PART_BYTES = 8 * 1024 * 1024
"""Of an upload in parts: ten thousand of them are more than any recording has."""

UPLOAD_TIMES = 8
"""A part of an upload may take so many times as long as any other request."""

THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="store")


class Bucket:
    """A bucket and a prefix in it: ``quick`` for what somebody waits for, ``uploads`` for large bodies."""

    def __init__(self, settings: StoreSettings) -> None:
        """``settings.url`` is s3://BUCKET/PREFIX. Raises BadSettings."""
        url = urlsplit(settings.url)
        self.name, self.prefix = url.netloc, url.path.strip("/")
        try:
            self.quick = _connect(self.name, settings, settings.timeout_s)
            self.uploads = _connect(self.name, settings, settings.timeout_s * UPLOAD_TIMES)
        except (OSError, BaseError, ValueError) as error:
            raise BadSettings(f"the object store {settings.url}: {error}") from error

    def key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name


async def aside(work: Callable[..., Got], *args: object) -> Got:
    """Run what may wait for a store in threads of its own: one that stalls holds up nobody else."""
    return await asyncio.get_running_loop().run_in_executor(_threads, lambda: work(*args))


def said(error: Exception) -> str:
    """What follows is the same again, for those who write obstore."""
    return str(error).partition("\n\nDebug source")[0][:300]


def _connect(bucket: str, settings: StoreSettings, timeout_s: float) -> S3Store:
    key_id, secret = settings.credentials()
    config: S3Config = {
        "region": settings.region,
        "virtual_hosted_style_request": not settings.path_style,
        "disable_bulk_delete": True,  # some stores have no deletion of many at once
    }
    if settings.endpoint:
        config["endpoint"] = settings.endpoint
    if key_id:
        config["access_key_id"], config["secret_access_key"] = key_id, secret
    else:
        config["skip_signature"] = True  # else it asks the machine's cloud, and the hub asks nobody
    options: ClientConfig = {
        "allow_http": settings.endpoint.startswith("http://"),
        "connect_timeout": timedelta(seconds=settings.timeout_s / 2),
        "timeout": timedelta(seconds=timeout_s),
    }
    if settings.ca_file:
        options["root_certificate"] = Path(settings.ca_file).read_bytes()
    # Once more at once; whoever needs it asks again in their own time.
    retry: RetryConfig = {"max_retries": 1, "retry_timeout": timedelta(seconds=timeout_s)}
    return S3Store(bucket, config=config, client_options=options, retry_config=retry)
