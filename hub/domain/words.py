"""How texts are compared when somebody looks for something: forgiving about width, case and spaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

WORDS_MAX = 8
QUERY_MAX = 200


def folded(text: str) -> str:
    """``ＡＢＣ　暴雨`` and ``abc 暴雨`` are the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def words_of(query: str) -> list[str]:
    """What all has to be there; no words: nothing is looked for."""
    return list(dict.fromkeys(folded(query[:QUERY_MAX]).split()))[:WORDS_MAX]


def has_all(text: str, words: Iterable[str]) -> bool:
    """``text`` is folded already."""
    return all(word in text for word in words)
