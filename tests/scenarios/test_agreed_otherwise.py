"""A new offer on the same connection may agree on something else for an m-line that was there before."""

from __future__ import annotations

import re

from tests.support.rtc import stage


def h264_first(sdp: str) -> str:
    """The same offer with H.264 before VP8."""
    return re.sub(r"(m=video \d+ \S+) (97 98) (99 100 101 102)", r"\1 \3 \2", sdp)


def ssrcs_of(sdp: str) -> list[list[str]]:
    """Those of each m-line."""
    return [re.findall(r"a=ssrc:(\d+) cname", section) for section in sdp.split("m=")[1:]]


async def test_M34_another_codec_of_an_m_line_is_another_source() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng")
        sender = await on.publish("zhengzhou")
        await viewer.next_frame("1")
        await on.ear.until(lambda: len(on.ear.started) == 2)
        camera = next(one for one in on.ear.started if one.kind == "video")
        offer = await sender.offer()
        await on.plane.restart(on.resource(sender), h264_first(offer))
        assert on.ear.ended == [camera]
        assert on.ear.venues_in(on.resource(viewer)) == [None]
        # aiortc goes on in VP8, of which nobody takes anything until it is agreed again.
        await on.plane.restart(on.resource(sender), offer)
        await on.ear.until(lambda: on.ear.venues_in(on.resource(viewer)) == ["zhengzhou"])
        again = on.ear.started[-1]
        assert (again.name, again.codec) == ("camera", "vp8")
        assert again.source_id != camera.source_id
        await viewer.next_frame("1")
        assert on.ear.ended == [camera]  # the microphone went on all the time


async def test_M34_a_slot_that_is_answered_otherwise_has_other_ssrcs() -> None:
    async with stage() as on:
        viewer = await on.subscribe("kaifeng", ("video", "video"))
        assert viewer.answer is not None
        first, second = ssrcs_of(viewer.answer.sdp)
        offer = await viewer.offer()
        one, _, two = offer.partition("m=video")[2].partition("m=video")
        without_h264 = offer.replace(two, two.replace("H264", "H265"))
        assert one != two
        answer = await on.plane.restart(on.resource(viewer), without_h264)
        again = ssrcs_of(answer.sdp)
        assert again[0] == first
        assert not set(again[1]) & {*first, *second}
        assert again == ssrcs_of((await on.plane.restart(on.resource(viewer), without_h264)).sdp)
