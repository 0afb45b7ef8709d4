"""已送达: an item that a page of the seat has been given counts as delivered there (rule T7)."""

from __future__ import annotations

from functools import partial

from hub.domain.event import HUB
from hub.domain.track import MarkDelivered, Progress
from hub.live.chores import Chores
from hub.live.streams import Streams
from hub.live.watching import Watching


class Deliveries:
    """Told by the lists whose pages have what waits for them; one event an item, however many seats."""

    def __init__(self, streams: Streams, watching: Watching) -> None:
        self._streams = streams
        self._watching = watching
        self.chores = Chores()

    def given(self, seats: set[str]) -> None:
        """A page of each of ``seats`` has its list."""
        for watched in self._watching.all.values():
            reached: dict[str, list[str]] = {}
            for seat in sorted(seats & watched.asked.keys()):
                for item_id in watched.asked[seat]:
                    if watched.waiting[item_id].item.tracks[seat].state is Progress.SENT:
                        reached.setdefault(item_id, []).append(seat)
            for item_id, there in reached.items():
                mark = MarkDelivered(item_id=item_id, seats=there)
                self.chores.add(
                    watched.stream, "deliver", partial(self._streams.execute, watched.stream, mark, HUB)
                )
