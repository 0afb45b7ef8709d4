"""Every figure the hub shows at /metrics, defined once; counting costs a few hundred nanoseconds."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST

# Our own registry, not the library's: two hubs in one test process would share that one.
REGISTRY = CollectorRegistry(auto_describe=True)
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

HTTP_REQUESTS = Counter(
    "huishang_http_requests", "HTTP requests answered.", ["route", "method", "status"], registry=REGISTRY
)
HTTP_SECONDS = Histogram(
    "huishang_http_request_seconds",
    "Time to answer an HTTP request.",
    ["route"],
    buckets=(0.005, 0.02, 0.1, 0.5, 2.0, 10.0),
    registry=REGISTRY,
)
LOGINS = Counter("huishang_logins", "Attempts to log in, by outcome.", ["outcome"], registry=REGISTRY)
LOG_APPEND_SECONDS = Histogram(
    "huishang_log_append_seconds",
    "Time until appended events are durable, with the wait for the group.",
    buckets=(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
    registry=REGISTRY,
)
LOG_EVENTS = Counter("huishang_log_events", "Events appended to the log.", registry=REGISTRY)
LOG_REFUSALS = Counter("huishang_log_refusals", "Appends refused, by code.", ["code"], registry=REGISTRY)
DISK_FREE_BYTES = Gauge("huishang_disk_free_bytes", "Free bytes where the data lies.", registry=REGISTRY)


def exposition() -> bytes:
    return generate_latest(REGISTRY)
