"""A roster as a table of text (CSV): every line is a shift, or is named with what is wrong with it (L5)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec

from hub.domain.deadline import BEIJING_MS, DAY_MS, MINUTE_MS
from hub.domain.roster import SHIFTS_MAX, Crew, Shift, checked_shift, overlapping
from hub.errors import Refusal

COLUMNS = ("日期", "开始", "结束", "带班领导", "值班长", "正班", "副班", "电话")
_NEEDED = ("日期", "开始", "结束")
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_TIME = re.compile(r"(\d{1,2})\s*[:：时]\s*(\d{1,2})?\s*分?(?:[:：]00)?\Z")
_BETWEEN = re.compile(r"[、，,;；/\s]+")


class BadLine(msgspec.Struct, frozen=True, kw_only=True):
    """``line`` counts from 1, the head included, as an editor shows it."""

    line: int
    text: str
    zh: str
    en: str


class RosterFile(msgspec.Struct, frozen=True, kw_only=True):
    """``lines``: from which line each of ``shifts`` came."""

    shifts: list[Shift] = []
    lines: list[int] = []
    bad: list[BadLine] = []


class _Wrong(Exception):
    """What is wrong with a line, in both languages."""


def text_of(data: bytes) -> str:
    """UTF-8, with its mark or without, else GB18030; refuses with ``duty.not_text``."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal("duty.not_text")


def read(data: bytes) -> RosterFile:
    """Every line of ``data``. What is no table is refused: ``duty.not_text``, ``duty.no_columns``."""
    text = text_of(data)
    head = text.splitlines()[0] if text.strip() else ""
    rows = list(_rows(text, "\t" if "\t" in head else ";" if ";" in head and "," not in head else ","))
    names = [name.strip() for name in rows[0][1]] if rows else []
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise Refusal("duty.no_columns", missing=missing, columns=list(COLUMNS))
    shifts, lines, bad = [], [], []
    for line, cells in rows[1:]:
        try:
            shifts.append(_shift({name: cell.strip() for name, cell in zip(names, cells, strict=False)}))
            lines.append(line)
        except _Wrong as wrong:
            bad.append(BadLine(line=line, text=",".join(cells)[:120], zh=wrong.args[0], en=wrong.args[1]))
    if not shifts and not bad:
        raise Refusal("duty.no_shifts")
    if len(shifts) > SHIFTS_MAX:
        raise Refusal("duty.too_many_shifts", max=SHIFTS_MAX)
    clash = overlapping(shifts)
    while clash is not None:
        first, second = clash
        at = shifts.index(second)
        other = lines[shifts.index(first)]
        zh, en = f"与第 {other} 行的时间重叠", f"overlaps with line {other}"
        bad.append(BadLine(line=lines[at], text=_when(second), zh=zh, en=en))
        del shifts[at], lines[at]
        clash = overlapping(shifts)
    return RosterFile(shifts=shifts, lines=lines, bad=sorted(bad, key=lambda each: each.line))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty, with the numbers of their lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Refusal("duty.not_text", why=str(error)) from None


def _shift(cells: dict[str, str]) -> Shift:
    day_ms = _day(cells.get("日期", ""))
    starts_min, ends_min = _minute("开始", cells.get("开始", "")), _minute("结束", cells.get("结束", ""))
    if ends_min <= starts_min:  # 20:00 to 08:00 ends on the next day
        ends_min += 24 * 60
    crew = Crew(
        leader=cells.get("带班领导", ""),
        chief=cells.get("值班长", ""),
        primary=_names(cells.get("正班", "")),
        deputies=_names(cells.get("副班", "")),
        phone=cells.get("电话", ""),
    )
    starts_ms, ends_ms = day_ms + starts_min * MINUTE_MS, day_ms + ends_min * MINUTE_MS
    wanted = Shift(shift_id=id_of(starts_ms), starts_ms=starts_ms, ends_ms=ends_ms, crew=crew)
    try:
        return checked_shift(wanted)
    except Refusal as refusal:
        raise _Wrong(*_WHY[refusal.detail["field"]]) from None


_WHY = {
    "time": ("开始和结束时间不成立", "start and end make no shift"),
    "nobody": ("值班长、正班、副班均为空", "nobody is named for the post"),
    "names": ("姓名或电话过长，或人数过多", "a name or number is too long, or there are too many"),
}


def id_of(starts_ms: int) -> str:
    """Of a shift: by its beginning in Beijing, for no two begin at once."""
    begins = datetime.fromtimestamp((starts_ms + BEIJING_MS) / 1000, UTC)
    return f"r-{begins:%Y%m%d%H%M}"


def _when(shift: Shift) -> str:
    starts = datetime.fromtimestamp((shift.starts_ms + BEIJING_MS) / 1000, UTC)
    ends = datetime.fromtimestamp((shift.ends_ms + BEIJING_MS) / 1000, UTC)
    return f"{starts:%Y-%m-%d %H:%M}–{ends:%m-%d %H:%M}"


def _day(text: str) -> int:
    found = _DATE.match(text)
    if found is None:
        raise _Wrong(f"日期“{text}”无法识别，应为 2026-01-31", f'"{text}" is no date such as 2026-01-31')
    try:
        day = date(*(int(part) for part in found.groups()))
    except ValueError:
        raise _Wrong(f"没有“{text}”这一天", f'there is no such day as "{text}"') from None
    since = day - date(1970, 1, 1)
    if since < timedelta(days=1):
        raise _Wrong(f"没有“{text}”这一天", f'there is no such day as "{text}"')
    return since.days * DAY_MS - BEIJING_MS


def _minute(name: str, text: str) -> int:
    """Of the day; 24:00 is its end."""
    english = {"开始": "start", "结束": "end"}[name]
    found = _TIME.match(text)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found is not None else (99, 0)
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise _Wrong(f"{name}“{text}”无法识别，应为 08:00", f'{english} "{text}" is no time such as 08:00')
    return hour * 60 + minute


def _names(text: str) -> list[str]:
    return [name for name in _BETWEEN.split(text) if name]
