"""The extensions of an outgoing packet, whatever was agreed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hub.media.rtp import packet
from hub.media.rtp.extensions import ExtensionIds, find
from hub.media.sfu.dress import extension_block
from hub.media.sfu.media import Media

NUMBERS = st.lists(st.integers(1, 255).filter(lambda n: n != 15), min_size=3, max_size=3, unique=True)


@given(
    numbers=NUMBERS,
    agreed=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    level=st.integers(-1, 127),
    orientation=st.integers(-1, 15),
    stamp=st.binary(min_size=3, max_size=3),
)
def test_a_block_says_what_was_agreed_and_is_known(
    numbers: list[int],
    agreed: tuple[bool, bool, bool],
    level: int,
    orientation: int,
    stamp: bytes,
) -> None:
    sent, loud, turned = [number * wanted for number, wanted in zip(numbers, agreed, strict=True)]
    ids = ExtensionIds(audio_level=loud, abs_send_time=sent, video_orientation=turned)
    media = Media(1, 2, 0, b"", 0, 0, None, -1, False, level, orientation, 0.0)
    block = extension_block(ids, media, stamp)
    data = packet.build(payload_type=96, sequence_number=1, timestamp=2, ssrc=3, payload=b"", extension=block)
    assert not sent or find(data, sent) == stamp
    assert not loud or find(data, loud) == (bytes((level,)) if level >= 0 else None)
    assert not turned or find(data, turned) == (bytes((orientation,)) if orientation >= 0 else None)
    assert bool(block) == bool(sent or (loud and level >= 0) or (turned and orientation >= 0))
