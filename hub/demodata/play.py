"""Plays the demo incident into a log that has none yet: by the rules, at the times at which it happened."""

from __future__ import annotations

from collections.abc import Iterable

from hub.clock import Clock, ManualClock
from hub.demodata import beside, rain
from hub.demodata.plans import PLANS
from hub.demodata.verbs import MINUTE_MS, Act, Stage
from hub.domain import plan
from hub.domain.event import HUB, Actor
from hub.domain.organisation import Organisation, actor_of
from hub.domain.plan import SetPlan
from hub.domain.workspace import DAILY, stream_of
from hub.live.incidents import Incidents
from hub.live.rights import organisation_of
from hub.live.streams import Streams
from hub.storage.eventlog import EventLog
from signaling.incident_vocabulary import IncidentOpen

LASTS_MIN = 200
"""From the first event to now."""


async def has_incident(streams: Streams) -> bool:
    return any(stream != stream_of(DAILY) for stream in await streams.names("incident:"))


async def play(log: EventLog, clock: Clock, *, wanted: bool = True) -> int:
    """How many acts were played; none where there is an incident already, which stays as it is.

    It needs the demo organisation. The log never goes back, and it need not: what is written here are new
    streams, and only the clock that dates them is behind.
    """
    past = ManualClock(wall_ms=clock.wall_ms() - LASTS_MIN * MINUTE_MS)
    streams = Streams(log, past)
    try:
        if not wanted or await has_incident(streams):
            return 0
        stage = Stage(clock.wall_ms(), await organisation_of(streams))
        incidents = Incidents(past, streams)
        await incidents.start()
        for plan_id, content in PLANS.items():
            wish = SetPlan(plan_id=plan_id, base_version=0, content=content)
            await streams.execute(
                plan.stream_of(plan_id), wish, actor(stage.organisation, "officer"), op=plan_id
            )
        acts = [*((DAILY, act) for act in beside.DAILY_ACTS)]
        for opening, of_it in ((rain.OPENING, rain.ACTS), (beside.EXERCISE, beside.EXERCISE_ACTS)):
            incident_id = await _open(incidents, opening(stage), stage.organisation)
            acts += [(incident_id, act) for act in of_it]
        for incident_id, act in _in_time(acts):
            _move_to(past, stage.at(act.minute))
            by = actor(stage.organisation, act.who)
            await streams.execute(stream_of(incident_id), act.verb(stage), by)
        return len(acts)
    finally:
        await streams.close()


async def _open(incidents: Incidents, wish: IncidentOpen, organisation: Organisation) -> str:
    return await incidents.open(wish, actor(organisation, "officer"))


def _in_time(acts: Iterable[tuple[str, Act]]) -> list[tuple[str, Act]]:
    return sorted(acts, key=lambda one: one[1].minute)


def _move_to(clock: ManualClock, wall_ms: int) -> None:
    clock.advance(max(0, wall_ms - clock.wall_ms()) / 1000)


def actor(organisation: Organisation, account: str) -> Actor:
    return HUB if account == "hub" else actor_of(organisation, organisation.accounts[account])
