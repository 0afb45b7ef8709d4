"""``python -m bench [NAME ...]``: the named benches, or all but the soak; figures go to RESULTS.md."""

from __future__ import annotations

import argparse

from bench import (
    append,
    boards,
    control,
    delay,
    export,
    forward,
    janus_side,
    join,
    meeting,
    opening,
    recording,
    seek,
    soak,
    storm,
)

# In the order in which `make bench` runs them.
BENCHES = {
    "forward": forward.run,
    "meeting": meeting.run,
    "delay": delay.run,
    "storm": storm.run,
    "join": join.run,
    "control": control.run,
    "boards": boards.run,
    "append": append.run,
    "opening": opening.run,
    "recording": recording.run,
    "export": export.run,
    "seek": seek.run,
}
BESIDE_JANUS = {"forward", "meeting", "delay", "storm"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(BENCHES)}; or soak, alone")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long the soak takes")
    options = parser.parse_args()
    names = options.names or list(BENCHES)
    if names == ["soak"]:
        soak.run(options.minutes)
        return
    if unknown := set(names) - set(BENCHES):
        parser.error(f"unknown: {', '.join(unknown)}")
    if BESIDE_JANUS.intersection(names) and not janus_side.installed():
        parser.error("需要 Janus 作对照，请先安装：apt install janus / Janus is needed: apt install janus")
    for name in names:
        BENCHES[name]()


if __name__ == "__main__":
    main()
