"""Checks an archive package without the hub: ``python3 check.py`` in its folder; needs Python 3 alone.

Every file against the list of digests (SHA256SUMS or SM3SUMS), then every event of events.jsonl against
the chain: the hash of an event is the digest of the hash before it and the bytes of ``entry`` as they stand.
"""

import hashlib
import json
import sys
from pathlib import Path

LISTS = {"SHA256SUMS": "sha256", "SM3SUMS": "sm3"}
HASHED = b'"entry":'
PIECE = 1 << 20


def digest_of(path: Path, algorithm: str) -> str:
    digest = hashlib.new(algorithm)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def check_files(folder: Path) -> list[str]:
    """What is wrong with the files, in words."""
    wrong = []
    found = [(folder / name, algorithm) for name, algorithm in LISTS.items() if (folder / name).is_file()]
    if not found:
        return ["no list of digests / 缺少校验清单"]
    for listed, algorithm in found:
        for line in listed.read_text("utf-8").splitlines():
            digest, _, name = line.partition("  ")
            path = folder / name
            if not path.is_file():
                wrong.append(f"missing / 缺少文件: {name}")
            elif digest_of(path, algorithm) != digest:
                wrong.append(f"changed / 内容不符: {name}")
    return wrong


def check_chain(folder: Path) -> list[str]:
    """The first broken place of every stream."""
    ends: dict[str, tuple[int, bytes]] = {}
    broken: dict[str, str] = {}
    with (folder / "events.jsonl").open("rb") as file:
        for line in file:
            if HASHED not in line:
                continue  # the excerpt of a board: what one viewer may know of it has no chain
            head, _, rest = line.rstrip(b"\n").partition(HASHED)
            entry = rest[:-1]
            stream, seq = json.loads(entry)[0][:2]
            said = json.loads(head.rstrip(b",") + b"}")
            last, before = ends.get(stream, (0, b""))
            link = hashlib.new(said["algorithm"], before + entry).digest()
            if stream not in broken and (seq != last + 1 or link.hex() != said["hash"]):
                broken[stream] = f"chain broken / 日志链断开: {stream} {seq}"
            ends[stream] = (seq, link)
    return list(broken.values())


def main(folder: Path) -> int:
    wrong = [*check_files(folder), *check_chain(folder)]
    for line in wrong:
        print(line)
    print("NOT INTACT / 校验未通过" if wrong else "intact / 校验通过")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent))
