"""A paper as it stands on a sheet, whatever the sheet is made of: its head, lines, signatures and digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hub.domain.digests import SHOWN
from hub.domain.paper import NAMES, Paper, PaperGrid, PaperKind, PaperState, Signer
from hub.domain.paper_seal import number_of
from hub.domain.paperwords import local, long_moment, span

_DIGITS = "零一二三四五六七八九"
_FIGURE = re.compile(r"[\d.,—-]*")
_REFERENCE = re.compile(r"(［[\d、-]+］)")

STATES = {
    PaperState.DRAFT: "草稿",
    PaperState.REVIEW: "审核中，未签发",
    PaperState.RETURNED: "已退回，未签发",
}


class Run(NamedTuple):
    """A piece of a line; ``is_reference`` stands small and raised."""

    text: str
    is_reference: bool


class Part(NamedTuple):
    """One section with its number in Chinese."""

    title: str
    lines: list[list[Run]]
    grid: PaperGrid | None


def is_figure(text: str) -> bool:
    """Figures stand to the right in a table, words to the left."""
    return bool(_FIGURE.fullmatch(text))


def numeral(number: int) -> str:
    """一, 十, 十二, 二十: as the sections of a paper are counted."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones or not tens else "")


def runs(line: str) -> list[Run]:
    return [Run(piece, bool(_REFERENCE.fullmatch(piece))) for piece in _REFERENCE.split(line) if piece]


def parts(paper: Paper) -> Iterator[Part]:
    for number, section in enumerate(paper.sections, 1):
        lines = [runs(line) for line in section.text.splitlines() if line.strip()]
        yield Part(f"{numeral(number)}、{section.title}", lines, section.grid)


def masthead(paper: Paper) -> str:
    return f"{paper.office_name}{NAMES[paper.kind]}"


def number_line(paper: Paper) -> str:
    """〔2026〕第12期, or what it is as long as it has no number."""
    number = number_of(paper).removeprefix(NAMES[paper.kind])
    return number or f"（{STATES.get(paper.state, '')}）"


def date_of(paper: Paper) -> str:
    at = local(paper.issued.at_ms if paper.issued is not None else paper.drafted_ms)
    return f"{at.year}年{at.month}月{at.day}日"


def marking(paper: Paper) -> str:
    """What stands on every page: the classification, and that it is an exercise or no issued paper."""
    words = [paper.classification, "演练" if paper.exercise else "", STATES.get(paper.state, "")]
    return "　".join(word for word in words if word)


def facts(paper: Paper) -> list[str]:
    """The lines between the title and the first section."""
    lines = []
    if paper.about is not None:
        held = paper.kind is PaperKind.MINUTES
        lines.append(
            f"会商：{paper.about.title}" if held else f"事件专题：〔{paper.about.number}〕{paper.about.title}"
        )
    if paper.period is not None:
        lines.append(f"时段：{span(paper.period.from_ms, paper.period.to_ms)}")
    if paper.replaces is not None:
        lines.append(f"本版替代第{paper.replaces.edition}版，其内容摘要为 {paper.replaces.digest}")
    if paper.replaced_by is not None:
        lines.append(f"注意：本版已被第{paper.replaced_by.edition}版替代")
    return lines


def signatures(paper: Paper) -> list[str]:
    signed = [f"起草：{paper.drafted_by.person}"] if paper.drafted_by is not None else []
    signed += [f"审核：{_signer(paper.reviewed)}"] if paper.reviewed is not None else []
    if paper.issued is not None:
        same = "（起草、签发为同一人）" if paper.same_person else ""
        signed.append(f"签发：{_signer(paper.issued)}{same}")
    return signed


def _signer(signer: Signer) -> str:
    return f"{signer.person} {long_moment(signer.at_ms)}"


def seal(paper: Paper) -> list[str]:
    """How anybody checks that nothing in it was changed."""
    if not paper.digest:
        return []
    return [
        f"内容摘要（{SHOWN.get(paper.algorithm, paper.algorithm)}）：{paper.digest}",
        f"核验：huishang papers verify --paper {paper.paper_id}，"
        f"或对 /api/papers/{paper.paper_id}.json 重算摘要",
    ]


def sources(paper: Paper) -> list[str]:
    return [f"［{each.key}］{each.label}（{each.stream} 第{each.seq}号）" for each in paper.sources]
