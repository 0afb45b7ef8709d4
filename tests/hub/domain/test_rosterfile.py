"""Reading a roster from a table of text."""

from __future__ import annotations

import pytest

from hub.domain.roster import Crew
from hub.domain.rosterfile import read
from hub.errors import Refusal

HEAD = "日期,开始,结束,带班领导,值班长,正班,副班,电话\n"
GOOD = HEAD + (
    "2026-12-01,08:00,20:00,沈国栋,王建国,何卫平、李建华,周全,0371-0100 0001\n"
    "2026年12月1日,20:00,08:00,沈国栋,赵一鸣,钱进 孙立,,\n"
    "\n"
    "2026/12/2,8:00,24:00,,郑和,,,\n"
)
MONDAY_8_MS = 1_796_083_200_000  # 2026-12-01 08:00 in Beijing


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_L5_every_line_is_a_shift_in_whichever_encoding(encoding: str) -> None:
    file = read(GOOD.encode(encoding))
    assert file.bad == []
    assert file.lines == [2, 3, 5]
    first, night, last = file.shifts
    assert (first.shift_id, first.starts_ms) == ("r-202612010800", MONDAY_8_MS)
    assert [(each.ends_ms - each.starts_ms) // 3_600_000 for each in file.shifts] == [12, 12, 16]
    assert night.starts_ms == first.ends_ms
    assert night.crew == Crew(leader="沈国栋", chief="赵一鸣", primary=["钱进", "孙立"])
    assert first.crew.primary == ["何卫平", "李建华"]
    assert last.crew.at_post == ["郑和"]


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_L5_a_table_pasted_from_a_spreadsheet_is_read_too(delimiter: str) -> None:
    assert len(read(GOOD.replace(",", delimiter).encode()).shifts) == 3


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("昨天,08:00,20:00,,王建国,,,", "日期“昨天”无法识别"),
        ("2026-02-30,08:00,20:00,,王建国,,,", "没有“2026-02-30”这一天"),
        ("2026-12-03,25:00,20:00,,王建国,,,", "开始“25:00”无法识别"),
        ("2026-12-03,08:00,,,王建国,,,", "结束“”无法识别"),
        ("2026-12-03,08:00,20:00,沈国栋,,,,", "值班长、正班、副班均为空"),
        (f"2026-12-03,08:00,20:00,,{'长' * 41},,,", "过长"),
        ("2026-12-01,10:00,12:00,,王建国,,,", "与第 2 行的时间重叠"),
    ],
)
def test_L5_a_bad_line_is_named_with_its_number_and_why(line: str, why: str) -> None:
    file = read((GOOD + line + "\n").encode())
    assert [(bad.line, why in bad.zh) for bad in file.bad] == [(6, True)]
    assert file.bad[0].en


def test_L5_what_is_no_table_is_refused() -> None:
    for data, code in (
        (b"\xff\xfe\x00\x81", "not_text"),
        (b"", "no_columns"),
        ("姓名,电话\n王建国,1\n".encode(), "no_columns"),
        (HEAD.encode(), "no_shifts"),
    ):
        with pytest.raises(Refusal, match=rf"duty\.{code}"):
            read(data)
