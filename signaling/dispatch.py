"""From one packet of a page to its acknowledgement: check, throttle, wait for the turn, handle, answer."""

from __future__ import annotations

import logging

from hub.errors import Refusal
from hub.metrics import LINE_REQUESTS
from hub.tasks import Tasks
from signaling.connection import Lanes, Line, lane_of
from signaling.delivery import Outlet
from signaling.framing import binary_frame, encode_ack
from signaling.handlers import HANDLERS
from signaling.handlers.services import Services
from signaling.messages import Ack, Problem, Request, Result
from signaling.outside import check_request
from signaling.schema import check

_log = logging.getLogger(__name__)


class Job:
    """One request on its way."""

    __slots__ = ("ack_id", "name", "request")

    def __init__(self, name: str, request: Request, ack_id: int | None) -> None:
        self.name = name
        self.request = request
        self.ack_id = ack_id


class Dispatcher:
    """The requests of one line, in order per stream. What has begun is finished even when the line breaks."""

    def __init__(self, services: Services, tasks: Tasks, line: Line, outlet: Outlet) -> None:
        self._services = services
        self._tasks = tasks
        self._line = line
        self._outlet = outlet
        self._lanes: Lanes[Job] = Lanes()

    def receive(self, name: object, args: object, ack_id: int | None, size_bytes: int) -> None:
        """``name`` and ``args`` are whatever the page sent; the only way out is an acknowledgement."""
        known = name if isinstance(name, str) and name in HANDLERS else "unknown"
        try:
            wait_s = self._line.throttle.wait_s(known, self._services.clock.now())
            if wait_s > 0 or self._lanes.full:
                raise Refusal("too_many", retry_ms=max(100, round(wait_s * 1000)))
            check_request(self._line.actor, known)
            request = check(name, args, size_bytes)
        except Refusal as refusal:
            self._refuse(known, refusal, ack_id)
            return
        lane = lane_of(known, request)
        if self._lanes.put(lane, Job(known, request, ack_id)):
            self._tasks.start(self._work(lane), f"requests of {lane}")

    async def _work(self, lane: str) -> None:
        while (job := self._lanes.take(lane)) is not None:
            try:
                result = await HANDLERS[job.name](self._services, self._line, job.request)
            except Refusal as refusal:
                self._refuse(job.name, refusal, job.ack_id)
            except Exception:  # noqa: BLE001 - a door: the line survives whatever a handler does
                _log.exception("request failed", extra={"request": job.name, "page": self._line.page})
                self._refuse(job.name, Refusal("internal"), job.ack_id)
            else:
                self._answer(job, result)

    def _answer(self, job: Job, result: Result) -> None:
        LINE_REQUESTS.labels(job.name, "ok").inc()
        self._send(Ack(ok=True, result=result), job.ack_id)

    def _refuse(self, name: str, refusal: Refusal, ack_id: int | None) -> None:
        LINE_REQUESTS.labels(name, refusal.code).inc()
        self._send(Ack(ok=False, error=problem_of(refusal)), ack_id)

    def _send(self, ack: Ack, ack_id: int | None) -> None:
        if ack_id is not None:
            self._outlet.write(binary_frame(encode_ack(ack_id, ack)))


def problem_of(refusal: Refusal) -> Problem:
    """The one wire form of a refusal."""
    return Problem(code=refusal.code, zh=refusal.meaning.zh, en=refusal.meaning.en, detail=refusal.detail)
