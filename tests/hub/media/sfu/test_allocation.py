"""The shares of a narrow line."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.media.sfu.allocation import GROWS, KEEPS, RISES, Want, allocate, ladder
from hub.media.sfu.encoding import Rung

CAMERA = tuple(
    Rung(encoding, temporal, bps, width)
    for encoding, width, rates in (
        (0, 320, (60_000, 90_000, 150_000)),
        (1, 640, (200_000, 300_000, 500_000)),
        (2, 1280, (700_000, 1_000_000, 1_700_000)),
    )
    for temporal, bps in enumerate(rates)
)
TEXT = tuple(Rung(0, temporal, bps, 1920) for temporal, bps in enumerate((300_000, 400_000, 600_000)))
OLD = (Rung(0, 2, 800_000, 640),)  # one encoding, no temporal layers


def camera(rank: int, width: int = 640, current: Rung | None = None) -> Want:
    return Want(rank, width, CAMERA, current=current)


@st.composite
def sources(draw: st.DrawFn) -> tuple[Rung, ...]:
    rungs = []
    bps = 0
    for encoding in range(draw(st.integers(1, 3))):
        for temporal in draw(st.sampled_from([(2,), (0, 2), (0, 1, 2)])):
            bps += draw(st.integers(1000, 900_000))
            rungs.append(Rung(encoding, temporal, bps, 320 << encoding))
    return tuple(rungs)


@st.composite
def rooms(draw: st.DrawFn) -> dict[int, Want]:
    wants = {}
    for key in range(draw(st.integers(0, 12))):
        rungs = draw(sources())
        wants[key] = Want(
            rank=draw(st.integers(0, 5)),
            width=draw(st.integers(1, 4000)),
            rungs=rungs,
            content=draw(st.booleans()),
            current=draw(st.none() | st.sampled_from(rungs)),
        )
    return wants


budgets = st.one_of(st.just(inf), st.floats(0, 20_000_000))
pressures = st.integers(0, 3)


@given(wants=rooms(), budget=budgets, pressure=pressures)
def test_nobody_spends_what_is_not_there(wants: dict[int, Want], budget: float, pressure: int) -> None:
    share = allocate(wants, budget, pressure)
    assert set(share.rungs) == set(wants)
    spent = sum(rung.bps for rung in share.rungs.values() if rung is not None)
    assert spent == pytest.approx(share.bps)
    assert spent <= KEEPS * budget + 1
    for key, rung in share.rungs.items():
        assert rung is None or rung in wants[key].rungs


@given(wants=rooms())
def test_a_wide_line_gives_what_each_tile_can_show(wants: dict[int, Want]) -> None:
    share = allocate(wants, inf)
    assert share.lacking_bps == inf
    assert share.rungs == {key: ladder(want)[-1] for key, want in wants.items()}


@given(wants=rooms(), budget=budgets, pressure=pressures)
def test_the_same_again_changes_nothing(wants: dict[int, Want], budget: float, pressure: int) -> None:
    first = {key: want._replace(current=None) for key, want in wants.items()}
    share = allocate(first, budget, pressure)
    kept = {key: want._replace(current=share.rungs[key]) for key, want in wants.items()}
    assert allocate(kept, budget, pressure).rungs == share.rungs


@given(wants=rooms(), budget=st.floats(0, 20_000_000), pressure=pressures)
def test_M29_what_is_lacking_is_one_step(wants: dict[int, Want], budget: float, pressure: int) -> None:
    share = allocate(wants, budget, pressure)
    if share.lacking_bps == inf:
        return
    more = allocate(wants, share.lacking_bps * (1 + 1e-9), pressure)
    risen = [
        key
        for key, rung in more.rungs.items()
        if rung is not None and ((old := share.rungs[key]) is None or rung[:2] > old[:2])
    ]
    assert risen


@given(wants=rooms(), budget=st.floats(0, 20_000_000))
def test_M28_the_least_important_is_paused_first(wants: dict[int, Want], budget: float) -> None:
    wants = {key: want._replace(current=None) for key, want in wants.items()}
    share = allocate(wants, budget)
    for key, rung in share.rungs.items():
        for other, its in share.rungs.items():
            before = (not wants[key].content, wants[key].rank) < (not wants[other].content, wants[other].rank)
            if before and rung is None and its is not None:
                assert ladder(wants[other])[0].bps < ladder(wants[key])[0].bps


@given(count=st.integers(0, 30), budget=st.floats(0, 20_000_000))
def test_M28_everybody_is_seen_before_anybody_is_seen_better(count: int, budget: float) -> None:
    share = allocate({key: camera(key) for key in range(count)}, budget)
    shown = sum(rung is not None for rung in share.rungs.values())
    assert shown == min(count, int(budget * RISES / CAMERA[0].bps))


def test_M28_frames_go_before_sharpness() -> None:
    steps = [(rung.encoding, rung.temporal) for rung in ladder(camera(0, 1280))]
    assert steps == [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 1), (2, 2)]
    assert [rung.temporal for rung in ladder(Want(0, 1280, TEXT, content=True))] == [0, 1, 2]
    assert allocate({1: camera(0, 640, CAMERA[5])}, 499_000 / GROWS).rungs == {1: CAMERA[4]}


@pytest.mark.parametrize(
    ("width", "encoding"), [(1, 0), (320, 0), (420, 0), (430, 1), (850, 1), (860, 2), (4000, 2)]
)
def test_a_tile_gets_the_layer_of_its_size(width: int, encoding: int) -> None:
    rung = allocate({1: camera(0, width)}, inf).rungs[1]
    assert rung is not None
    assert (rung.encoding, rung.temporal) == (encoding, 2)


def test_M28_content_comes_before_cameras() -> None:
    wants = {"text": Want(9, 1920, TEXT, content=True), "face": camera(0), "other": camera(1)}
    share = allocate(wants, 750_000 / RISES)
    assert share.rungs == {"text": TEXT[2], "face": CAMERA[1], "other": CAMERA[0]}
    assert allocate(wants, 310_000 / RISES).rungs == {"text": TEXT[0], "face": None, "other": None}


@given(budget=st.floats(200_000, 2_000_000), breath=st.floats(0.95, 1.1))
def test_rates_that_breathe_move_no_layer(budget: float, breath: float) -> None:
    first = allocate({1: camera(0)}, budget).rungs[1]
    breathing = tuple(rung._replace(bps=int(rung.bps * breath)) for rung in CAMERA)
    again = allocate({1: Want(0, 640, breathing, current=first)}, budget).rungs[1]
    assert first is not None
    assert again is not None
    assert again[:2] >= first[:2]


def test_a_picture_that_cannot_be_thinned_is_not_taken_for_a_moments_doubt() -> None:
    (only,) = OLD
    assert allocate({1: Want(0, 640, OLD, current=only)}, 0.85 * only.bps).rungs == {1: only}
    assert allocate({1: Want(0, 640, OLD, current=only)}, 0.7 * only.bps).rungs == {1: None}
    assert allocate({1: Want(0, 640, OLD)}, 0.85 * only.bps).rungs == {1: None}


def test_under_pressure_layers_go_before_pictures() -> None:
    wants = {"text": Want(9, 1920, TEXT, content=True), "face": camera(0, 1280), "old": Want(1, 640, OLD)}

    def given_at(pressure: int) -> list[tuple[int, int] | None]:
        return [rung and rung[:2] for rung in allocate(wants, inf, pressure).rungs.values()]

    assert given_at(0) == [(0, 2), (2, 2), (0, 2)]
    assert given_at(1) == [(0, 1), (2, 1), (0, 2)]
    assert given_at(2) == [(0, 1), (1, 1), (0, 2)]
    assert given_at(3) == [(0, 1), (1, 1), None]


@given(wants=rooms(), pressure=st.integers(0, 2))
def test_with_the_least_everybody_is_seen(wants: dict[int, Want], pressure: int) -> None:
    least_bps = allocate(wants, 0, pressure).least_bps
    assert None not in allocate(wants, least_bps * (1 + 1e-9), pressure).rungs.values()


def test_a_source_that_sends_nothing_has_no_share() -> None:
    assert allocate({1: Want(0, 640, ())}, inf).rungs == {1: None}
