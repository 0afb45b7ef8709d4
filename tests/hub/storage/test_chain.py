"""The hash chain: every byte of an event counts, and the place it stands in."""

from __future__ import annotations

import hashlib

import pytest

from hub.storage.chain import GENESIS, SHA256, Entry, canonical, link

ENTRY = Entry("board:b-1", 3, 1_784_514_600_000, b'{"account":"hebi"}', "o-1", b'{"type":"item.moved"}')

CHANGED = [
    ENTRY._replace(stream="board:b-2"),
    ENTRY._replace(seq=4),
    ENTRY._replace(at_ms=ENTRY.at_ms + 1),
    ENTRY._replace(actor=b'{"account":"hebj"}'),
    ENTRY._replace(op="o-2"),
    ENTRY._replace(op=None),
    ENTRY._replace(op='o-1",{"account":"hebi"}'),
    ENTRY._replace(event=b'{"type":"item.moveD"}'),
]


def test_the_canonical_bytes_are_written_down_once_and_for_all() -> None:
    """A log written today must verify in ten years; change this test only with a new algorithm."""
    assert canonical(ENTRY) == (
        b'[["board:b-1",3,1784514600000,"o-1"],{"account":"hebi"},{"type":"item.moved"}]'
    )
    assert link(SHA256, b"before", ENTRY) == hashlib.sha256(b"before" + canonical(ENTRY)).digest()


@pytest.mark.parametrize("changed", CHANGED)
def test_any_change_changes_the_hash(changed: Entry) -> None:
    assert link(SHA256, GENESIS, changed) != link(SHA256, GENESIS, ENTRY)


def test_the_hash_depends_on_what_stood_before() -> None:
    assert link(SHA256, b"a", ENTRY) != link(SHA256, b"b", ENTRY)
