"""A viewer's line in virtual time: what the hub makes of its tiles, its REMB and its loss."""

from __future__ import annotations

import pytest

from tests.support.netem import PERFECT, Impairment
from tests.support.virtual_line import PICTURE, STEP_S, Session

NARROW = Impairment(rate_bps=256_000, delay_s=0.02)


def test_a_tile_gets_the_layer_of_its_size() -> None:
    session = Session()
    for tile, width in ((320, 320), (1280, 1280), (640, 640), (0, 0), (200, 320)):
        session.view(tile)
        session.pass_s(3)
        assert session.width == width
        assert not session.picture.starved


def test_M28_a_narrow_line_keeps_the_sound_whole_and_the_picture_small() -> None:
    session = Session()
    session.view(1280)
    session.pass_s(10)
    assert session.width == 1280
    session.line = NARROW
    session.pass_s(8)
    lost = session.lost_sound()
    for _ in range(60):
        session.pass_s(1)
        assert session.width in (0, 320, 640)
    assert session.lost_sound() - lost <= 0.01 * 60 * 50
    assert session.far.remb_bps < 400_000


def test_M29_the_picture_comes_back_when_the_line_widens() -> None:
    session = Session()
    session.view(1280)
    session.pass_s(5)
    session.line = NARROW
    session.pass_s(30)
    assert session.width < 1280
    session.line = PERFECT
    for _ in range(90):
        session.pass_s(1)
        if session.width == 1280:
            break
    assert session.width == 1280
    session.pass_s(20)
    assert session.width == 1280


def test_M28_a_line_for_sound_alone_starves_the_picture_and_says_so() -> None:
    session = Session()
    session.view(1280)
    session.pass_s(5)
    session.line = Impairment(rate_bps=40_000)
    session.pass_s(20)
    lost = session.lost_sound()
    dark = 0
    for _ in range(60):
        session.pass_s(1)
        dark += session.picture.starved and session.width == 0
    assert dark > 40, "but for a try now and then"
    assert session.lost_sound() - lost <= 0.02 * 60 * 50


def test_five_percent_of_loss_take_no_layer() -> None:
    session = Session()
    session.view(1280)
    session.line = Impairment(loss=0.05, burst=3)
    session.pass_s(3)
    for _ in range(30):
        session.pass_s(1)
        assert session.width == 1280


def test_a_large_picture_that_stops_coming_is_followed_by_a_small_one_at_once() -> None:
    session = Session()
    session.view(1280)
    session.pass_s(5)
    session.sending = 2
    session.pass_s(1)
    assert session.width == 640
    session.sending = 3
    session.pass_s(1)
    assert session.width == 1280


@pytest.mark.parametrize("steps", range(0, 50, 12))
def test_M6_what_left_by_a_path_that_is_gone_takes_no_picture_on_the_new_one(steps: int) -> None:
    """The first reports from a new address tell of the old one, at whatever moment the hub looks at them."""
    session = Session()
    session.view(640)
    session.pass_s(0.6)
    session.far.remb_bps = 100_000  # as of a Chromium that has just begun
    session.line = Impairment(loss=1.0)
    session.pass_s(4.0 + steps * STEP_S)
    session.line = PERFECT
    session.move()
    for _ in range(8):
        session.pass_s(1.0)
        assert session.width == 640
    assert not session.picture.starved
    assert session.far.streams[PICTURE].last_at > session.now - 0.1
