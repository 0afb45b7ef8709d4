"""Every figure the hub shows at /metrics, defined once; counting costs a few hundred nanoseconds."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for every counter, of no use to anybody

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

RECORDING_TRACKS = Gauge("huishang_recording_tracks", "Sources being written now.", registry=REGISTRY)
RECORDING_PACKETS = Counter("huishang_recording_packets", "RTP packets taken in.", registry=REGISTRY)
RECORDING_FRAMES = Counter("huishang_recording_frames", "Frames written.", registry=REGISTRY)
RECORDING_BYTES = Counter("huishang_recording_bytes", "Bytes written.", registry=REGISTRY)
RECORDING_DROPPED = Counter(
    "huishang_recording_dropped",
    "Frames and packets not written: no key frame yet, or too slow a disk.",
    registry=REGISTRY,
)
RECORDING_QUEUE = Gauge(
    "huishang_recording_queue_packets", "Packets that wait for the writer.", registry=REGISTRY
)
RECORDING_FULL = Counter(
    "huishang_recording_storage_full", "Times that recording stopped for want of room.", registry=REGISTRY
)
RECORDING_KEYLESS = Counter(
    "huishang_recording_keyless", "Times that recording stopped for want of its key.", registry=REGISTRY
)
STORE_WAITING = Gauge(
    "huishang_recording_store_waiting_files", "Sealed files that are not in the store yet.", registry=REGISTRY
)
STORE_FAILING = Gauge(
    "huishang_recording_store_failing", "1 while the store of the recordings fails.", registry=REGISTRY
)
STORE_FAILURES = Counter(
    "huishang_recording_store_failures", "Attempts to move files that the store failed.", registry=REGISTRY
)
RECORDING_LEFT_S = Gauge(
    "huishang_recording_left_seconds",
    "How long the room for recordings lasts at the present rate; -1 while nobody knows.",
    registry=REGISTRY,
)
RECORDING_STALLED = Counter(
    "huishang_recording_stalled", "Sources that came and were not written, begun anew.", registry=REGISTRY
)
LINES = Gauge("huishang_lines", "Pages connected now.", registry=REGISTRY)
LINE_PUSHES = Counter("huishang_line_pushes", "Pushes written to pages.", registry=REGISTRY)
LINES_DROPPED = Counter(
    "huishang_lines_dropped", "Lines cut because their page read too slowly.", registry=REGISTRY
)
LINE_REQUESTS = Counter(
    "huishang_line_requests", "Requests of pages answered, by outcome.", ["name", "code"], registry=REGISTRY
)
MEDIA_CONNECTIONS = Gauge(
    "huishang_media_connections", "Media connections there are now.", ["direction"], registry=REGISTRY
)
MEDIA_OVER = Counter(
    "huishang_media_connections_over",
    "Media connections that ended, by reason.",
    ["reason"],
    registry=REGISTRY,
)
MEDIA_DROPPED = Counter(
    "huishang_media_dropped_packets",
    "What the media port dropped, by reason.",
    ["reason"],
    registry=REGISTRY,
)
MEDIA_CARRIED = Counter(
    "huishang_media_packets", "RTP packets of sources (in) and to slots (out).", ["way"], registry=REGISTRY
)
MEDIA_OCTETS = Counter(
    "huishang_media_octets", "Octets of these packets; out: of their payloads.", ["way"], registry=REGISTRY
)
MEDIA_EVENTS = Counter(
    "huishang_media_events",
    "What happened to packets on the way: asked for again, resent, not sent, dropped for a reason.",
    ["kind"],
    registry=REGISTRY,
)
MEDIA_SWITCHES = Counter(
    "huishang_media_layer_switches", "Slots seen to change their layer.", registry=REGISTRY
)
MEDIA_VIA = Gauge(
    "huishang_media_connections_via",
    "Media connections that stand, by transport.",
    ["via"],
    registry=REGISTRY,
)
MEDIA_BUSY = Gauge(
    "huishang_media_busy", "Share of a core that the thread of media and messages is busy.", registry=REGISTRY
)
MEDIA_PRESSURE = Gauge(
    "huishang_media_pressure",
    "What the hub gives up under load: 0 nothing, 1 frame rate, 2 resolution, 3 pictures and newcomers.",
    registry=REGISTRY,
)


def exposition() -> bytes:
    return generate_latest(REGISTRY)
