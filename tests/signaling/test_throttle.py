"""How often a page may ask."""

from __future__ import annotations

from signaling.throttle import LIMITS, Throttle, kind_of


def test_a_burst_passes_and_then_the_rate_holds() -> None:
    throttle, limit = Throttle(), LIMITS["media"]
    for _ in range(limit.burst):
        assert throttle.wait_s("media.publish", 0.0) == 0
    wait_s = throttle.wait_s("media.publish", 0.0)
    assert 0 < wait_s <= 1 / limit.rate_per_s
    assert throttle.wait_s("media.publish", wait_s) == 0
    assert throttle.wait_s("media.publish", wait_s) > 0


def test_kinds_do_not_starve_each_other() -> None:
    throttle = Throttle()
    while throttle.wait_s("item.edit", 0.0) == 0:
        pass
    assert throttle.wait_s("session.answer", 0.0) == 0
    assert throttle.wait_s("ping", 0.0) == 0


def test_a_rest_never_saves_up_more_than_a_burst() -> None:
    throttle = Throttle()
    assert throttle.wait_s("session.start", 0.0) == 0
    passed = sum(throttle.wait_s("session.start", 1e6) == 0 for _ in range(100))
    assert passed == LIMITS["session.start"].burst


def test_every_name_has_a_kind() -> None:
    assert kind_of("session.start") == "session.start"
    assert kind_of("session.call") == "session"
    assert kind_of("follow") == "line"
    assert kind_of("unknown") == "line"
