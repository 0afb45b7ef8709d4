"""What may stand in a field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.domain.fieldvalues import checked_fields, checked_line, checked_text, time_of
from hub.domain.item import LINE_MAX, LONG_MAX, TEXT_MAX
from hub.domain.kindparts import BoardKind
from hub.errors import Refusal


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("text", " 水位\n2.1 米 ", "水位 2.1 米"),
        ("text", "", ""),
        ("place", "  信阳市 \t 浉河区 ", "信阳市 浉河区"),
        ("body", " 第一行\n第二行 ", "第一行\n第二行"),
        ("place", "", ""),
        ("lon", "114.0731", "114.0731"),
        ("lat", "-32.1", "-32.1"),
        ("as_of", "1784514600000", "1784514600000"),
        ("due", "", ""),
        ("channel", "", ""),
        ("channel", "phone", "phone"),
        ("category", "gap", "gap"),
    ],
)
def test_B3_a_value_is_trimmed_and_kept(name: str, value: str, kept: str) -> None:
    assert checked_fields(BoardKind.SITUATION, {name: value}) == {name: kept}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("moon", "x"),
        ("leader", "邓立新"),  # of another kind
        ("lon", "180.1"),
        ("lat", "90.5"),
        ("lon", "1e2"),
        ("lon", "nan"),
        ("lon", "１"),
        ("as_of", "yesterday"),
        ("as_of", "-1"),
        ("as_of", "²"),
        ("as_of", "9" * 20),
        ("as_of", "9" * 5_000),  # more digits than Python reads
        ("as_of", "253402300799000"),  # in Beijing the year 10000
        ("category", "rumour"),
        ("category", ""),
        ("credibility", ""),
    ],
)
def test_B3_what_is_no_value_of_its_field_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Refusal, match="bad_request") as refused:
        checked_fields(BoardKind.SITUATION, {name: value})
    assert refused.value.detail == {"field": name}


@pytest.mark.parametrize(("name", "most"), [("text", TEXT_MAX), ("place", LINE_MAX), ("body", LONG_MAX)])
def test_B3_a_value_has_a_longest_length(name: str, most: int) -> None:
    checked_fields(BoardKind.SITUATION, {name: "水" * most})
    with pytest.raises(Refusal, match=r"board\.text_too_long") as refused:
        checked_fields(BoardKind.SITUATION, {name: "水" * (most + 1)})
    assert refused.value.detail == {"field": name, "max": most}


def test_B3_a_note_is_not_empty_and_a_line_is_one() -> None:
    assert checked_text(" 已转移\n1200 人 ") == "已转移\n1200 人"
    assert checked_line("reason", " 水位\n上涨 ") == "水位 上涨"
    with pytest.raises(Refusal, match=r"board\.empty_text"):
        checked_text(" \n")


@given(
    st.sampled_from(BoardKind),
    st.dictionaries(st.sampled_from(["text", "lon", "as_of", "due", "type", "role", "x"]), st.text()),
)
def test_B3_whatever_comes_is_a_value_or_a_refusal(kind: BoardKind, fields: dict[str, str]) -> None:
    try:
        kept = checked_fields(kind, fields)
    except Refusal:
        return
    assert kept.keys() == fields.keys()
    assert checked_fields(kind, kept) == kept
    time_of(kept, "as_of")
