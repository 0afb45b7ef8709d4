"""The duty office sees whose line is bad, and everybody since when somebody is gone."""

from __future__ import annotations

from hub.live.orders import Orders
from signaling.media_vocabulary import LineState, VenueLine
from tests.support.netem import PERFECT, Impairment, relay
from tests.support.rtc import SESSION, Stage, stage

PRESENT = Orders(chair="office", present=frozenset({"office", "kaifeng"}))


def line_of(on: Stage, venue: str) -> VenueLine | None:
    return on.ear.lines_told[-1].get(venue) if on.ear.lines_told else None


def state_of(on: Stage, venue: str) -> LineState | None:
    line = line_of(on, venue)
    return line.state if line is not None else None


def losses(on: Stage, venue: str) -> tuple[float, float]:
    """Up and down."""
    line = line_of(on, venue)
    up, down = (line.up, line.down) if line is not None else (None, None)
    return up.loss if up is not None else 0.0, down.loss if down is not None else 0.0


def has_round_trip(on: Stage, venue: str) -> bool:
    line = line_of(on, venue)
    return line is not None and line.down is not None and line.down.rtt_ms is not None


async def test_M38_a_bad_line_is_told_with_its_figures_and_a_good_one_stays_good() -> None:
    async with stage() as on, relay(on.plane.port, seed=5) as bad:
        on.plane.obey(SESSION, PRESENT)
        office = await on.publish("office")
        on.reroute = bad.reroute(on.plane.port)
        kaifeng = await on.publish("kaifeng")
        # Sound alone: a picture would be paused on such a line, and aiortc misreads reports on two streams.
        listening = await on.subscribe("kaifeng", ("audio",))
        await kaifeng.connected()
        await listening.next_frame("0")
        await on.ear.until(lambda: has_round_trip(on, "kaifeng"))
        bad.up = bad.down = Impairment(loss=0.25)
        await on.ear.until(lambda: losses(on, "kaifeng")[0] > 0.1 and losses(on, "kaifeng")[1] > 0.1, 60)
        states = {"kaifeng": LineState.POOR, "office": LineState.GOOD}
        await on.ear.until(lambda: {venue: state_of(on, venue) for venue in states} == states)
        line = line_of(on, "kaifeng")
        assert line is not None
        assert line.up is not None
        assert line.up.via == "udp"
        assert line.up.bitrate_bps > 10_000
        assert line.up.width == 160
        bad.up = bad.down = PERFECT
        await on.ear.until(lambda: state_of(on, "kaifeng") is LineState.GOOD, 60)
        await office.close()


async def test_M38_a_line_that_is_cut_is_lost_since_its_last_sign_of_life() -> None:
    async with stage() as on, relay(on.plane.port, seed=6) as line:
        on.plane.obey(SESSION, PRESENT)
        await on.publish("office")
        on.reroute = line.reroute(on.plane.port)
        kaifeng = await on.publish("kaifeng")
        await kaifeng.connected()
        await on.ear.until(lambda: state_of(on, "kaifeng") is LineState.GOOD)
        before_ms = on.clock.wall_ms()
        line.cut = True
        await on.ear.until(lambda: state_of(on, "kaifeng") is LineState.LOST)
        lost = line_of(on, "kaifeng")
        assert lost is not None
        assert (lost.up, lost.down) == (None, None)
        assert abs(lost.since_ms - before_ms) < 1500
        await on.ear.until(lambda: state_of(on, "office") is LineState.GOOD)
        assert state_of(on, "kaifeng") is LineState.LOST
        line.cut = False
        await on.ear.until(lambda: state_of(on, "kaifeng") is LineState.GOOD)
        on.plane.obey(SESSION, Orders(present=frozenset({"office"})))
        await on.plane.close_venue(SESSION, "kaifeng")
        await on.ear.until(lambda: line_of(on, "kaifeng") is None)


async def test_M38_who_is_lost_stays_lost_while_nobody_is_there() -> None:
    async with stage() as on:
        on.plane.obey(SESSION, PRESENT)
        clients = [await on.publish(venue) for venue in ("office", "kaifeng")]
        await on.ear.until(lambda: state_of(on, "kaifeng") is state_of(on, "office") is LineState.GOOD)
        for client in clients:
            await on.plane.close_resource(on.resource(client), "lost")
        assert on.plane.connections == 0
        await on.ear.until(lambda: state_of(on, "office") is LineState.LOST)
        await on.publish("office")
        await on.ear.until(lambda: state_of(on, "office") is LineState.GOOD)
        assert state_of(on, "kaifeng") is LineState.LOST
        await on.plane.close_session(SESSION)
        assert not on.plane.rooms


async def test_of_a_session_that_ends_when_nobody_is_there_nothing_stays() -> None:
    async with stage() as on:
        on.plane.obey(SESSION, PRESENT)
        client = await on.publish("office")
        await on.plane.close_resource(on.resource(client))
        assert on.plane.rooms
        await on.plane.close_session(SESSION)
        assert not on.plane.rooms
