"""The director (导播) of a session: decides what every viewer sees and hears, and says so when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hub.domain.session import Source
from hub.errors import Refusal
from hub.live.connections import Connection, Published
from hub.live.orders import Orders
from hub.live.slots import MARGIN_DB, SILENT, Wish, fill_audio, fill_content, fill_video, ranks
from hub.live.turns import Turns
from hub.media.sfu.router import Router
from signaling.media_vocabulary import Slot, SlotView

WIDTH = 640
"""Of a tile nobody has spoken of yet."""

THUMBNAIL_WIDTH = 320
"""As large as any other picture gets while everybody is to see one venue."""

NOBODY = ""
"""A venue that is none: a slot that names it shows nothing."""

CONTENT_WIDTH = 1920
"""The same for content: text that is scaled down cannot be read."""


class Director:
    """Steers the slots of all subscribe connections. ``sources`` are the room's, in order of arrival."""

    def __init__(self, router: Router, sources: Mapping[str, Published]) -> None:
        self.orders = Orders()
        self.turns = Turns()
        self.speaker: str | None = None
        self._router = router
        self._sources = sources
        self._levels: dict[str, int] = {}

    # --- what a page wants ----------------------------------------------------------------------------

    def wish(self, connection: Connection, slots: Sequence[SlotView]) -> None:
        """Keep what the page wants in its video slots; refuses what is none of them as a whole."""
        known = {mid for mid, one in connection.subscribers.items() if one.spec.kind == "video"}
        named = {one.mid for one in slots}
        if len(named) != len(slots) or not named <= known:
            raise Refusal("bad_request", field="slots")
        connection.wishes = {one.mid: Wish(one.venue, one.width) for one in slots}

    # --- what happens -----------------------------------------------------------------------------------

    def listen(self, viewers: Iterable[Connection], now: float) -> dict[str, int]:
        """Every 200 ms: let the slots follow who speaks. How loud each venue is."""
        self._levels = self._router.levels(now)
        speaking = {self._venue_of(source_id) for source_id in self._router.speaking(now)}
        self.turns.note(speaking - {""}, now)
        loudest = sorted(self._levels, key=self._levels.__getitem__)
        pressing = self.turns.pressing(now)
        is_new = self._note_speaker(pressing, now)
        for connection in viewers:
            looks_elsewhere = (is_new and connection.guided) or self._may_look_elsewhere(
                connection, pressing, now
            )
            if looks_elsewhere or self._may_hear_others(connection, loudest):
                self.direct(connection, now)
            elif connection.starved != _starved(connection):
                self._tell_news(connection)
        levels: dict[str, int] = {}
        for source_id, level in self._levels.items():
            venue = self._venue_of(source_id)
            levels[venue] = min(level, levels.get(venue, SILENT))
        return levels

    def _note_speaker(self, pressing: Sequence[str], now: float) -> bool:
        """Whoever has the word keeps the picture until somebody else speaks and it has yielded (as M35)."""
        before = self.speaker
        if before not in self.orders.present:
            self.speaker = None
        if (
            pressing
            and before not in pressing
            and (self.speaker is None or self.turns.has_yielded(self.speaker, now))
        ):
            self.speaker = pressing[0]
        return self.speaker != before

    def direct(self, connection: Connection, now: float) -> None:
        """Fill the slots of one viewer, and tell it when that changed anything."""
        wishes = self._wishes(connection)
        before, connection.showing = connection.showing, self._filled(connection, wishes, now)
        self._look(connection, wishes, now)  # first, so that nothing is sent that nobody looks at
        for mid, source_id in connection.showing.items():
            if before[mid] != source_id:
                self._assign(connection, mid, now)
        self._tell_news(connection)

    def tell(self, connection: Connection) -> None:
        """All slots, whether that is news or not; from now on changes are told by themselves."""
        connection.starved = _starved(connection)
        connection.told = self._slots(connection)
        if connection.on_slots is not None:
            connection.on_slots(connection.resource, connection.told)

    # --- inside -----------------------------------------------------------------------------------------

    def _venue_of(self, source_id: str | None) -> str:
        published = self._sources.get(source_id or "")
        return published.source.venue if published is not None else ""

    def _wishes(self, connection: Connection) -> dict[str, Wish]:
        """For every video slot. Before the first word of the page: whoever speaks, at an ordinary size."""
        mids = [mid for mid, one in connection.subscribers.items() if one.spec.kind == "video"]
        if connection.guided:
            return self._guided(connection, mids)
        if connection.wishes is None:
            return self._unsaid(connection, mids)
        unseen = Wish(None, 0)
        wishes = {mid: connection.wishes.get(mid, unseen) for mid in mids}
        forced = self.orders.forced
        if forced is None or connection.venue in (self.orders.chair, forced):
            return wishes
        return {
            mid: wish if wish.venue == forced or mid == connection.content else _thumbnail(wish)
            for mid, wish in wishes.items()
        }

    def _unsaid(self, connection: Connection, mids: Sequence[str]) -> dict[str, Wish]:
        """A viewer that has not said what it wants: who is forced, if there is a picture of it, then whoever
        speaks (V2)."""
        wishes = {mid: Wish(None, CONTENT_WIDTH if mid == connection.content else WIDTH) for mid in mids}
        forced, main = self.orders.forced, next((mid for mid in mids if mid != connection.content), None)
        if main is not None and forced is not None and connection.view.shows_venue(forced):
            wishes[main] = Wish(forced if self._has_camera(forced) else None, WIDTH)
        return wishes

    def _has_camera(self, venue: str) -> bool:
        sources = (one.source for one in self._sources.values())
        return any(one.venue == venue and one.kind == "video" and one.name != "content" for one in sources)

    def _guided(self, connection: Connection, mids: Sequence[str]) -> dict[str, Wish]:
        """U5: one picture, the one that the hub chooses; no other slot shows anything."""
        wishes = connection.wishes
        width = WIDTH if wishes is None else max((wish.width for wish in wishes.values()), default=0)
        large = self.orders.large_of(connection.venue, self.speaker)
        unseen = {mid: Wish(NOBODY, 0) for mid in mids}
        return unseen | {mid: Wish(large or NOBODY, width) for mid in mids[:1]}

    def _filled(
        self, connection: Connection, wishes: Mapping[str, Wish], now: float
    ) -> dict[str, str | None]:
        sources = [one.source for one in self._sources.values() if connection.view.shows(one.source)]
        presented = [one for one in sources if one.name == "content" and one.venue == self.orders.presenter]
        cameras = [one for one in sources if one.kind == "video" and one.name != "content"]
        showing = connection.showing
        audio = {mid: one for mid, one in showing.items() if mid not in wishes}
        video = {mid: showing[mid] for mid in wishes if mid != connection.content}
        content = {mid: showing[mid] for mid in wishes if mid == connection.content}
        if not content and not connection.guided:
            cameras += presented  # a viewer without a slot for it (WHEP) gets it as one more picture
        voices = [one for one in sources if one.kind == "audio"]
        return {
            **fill_audio(audio, voices, self._levels, self.orders.heard),
            **fill_video(video, wishes, cameras, self.turns, now),
            **fill_content(content, presented),
        }

    def _assign(self, connection: Connection, mid: str, now: float) -> None:
        published = self._sources.get(connection.showing[mid] or "")
        subscriber = connection.subscribers[mid]
        decodable = published is not None and published.source.codec in subscriber.spec.codecs
        self._router.assign(subscriber, published.publisher if published and decodable else None, now)

    def _look(self, connection: Connection, wishes: Mapping[str, Wish], now: float) -> None:
        """How wide each picture is wanted, and which stay when the line is narrow: content before all,
        then the one that everybody is to see."""
        venues = {mid: self._venue_of(connection.showing[mid]) or None for mid in wishes}
        forced = self.orders.forced or NOBODY
        order = sorted(
            ranks(wishes, venues, self.turns, now),
            key=lambda mid: (mid != connection.content, venues[mid] != forced),
        )
        looks = {mid: (wishes[mid].width, rank) for rank, mid in enumerate(order)}
        for mid, (width, rank) in looks.items():
            if connection.looks.get(mid) != (width, rank):
                self._router.view(connection.subscribers[mid], width, rank, now)
        connection.looks = looks

    # --- whether it is worth a look -----------------------------------------------------------------------

    def _may_look_elsewhere(self, connection: Connection, pressing: Sequence[str], now: float) -> bool:
        """Somebody speaks who is not seen, and of those who are seen somebody has yielded."""
        if not pressing:
            return False
        if connection.wishes is not None and all(
            wish.venue is not None or wish.width == 0 for wish in connection.wishes.values()
        ):
            return False
        content = connection.content  # shows no face: its venue may be one that is not seen
        looked_at = [mid for mid, (width, _) in connection.looks.items() if width and mid != content]
        seen = {self._venue_of(connection.showing[mid]) for mid in looked_at}
        if all(venue in seen or venue == connection.view.without for venue in pressing):
            return False
        return any(self.turns.has_yielded(venue, now) for venue in seen)

    def _may_hear_others(self, connection: Connection, loudest: Sequence[str]) -> bool:
        """Somebody who is not heard is clearly louder than somebody who is."""
        heard = [
            connection.showing[mid] or ""
            for mid, one in connection.subscribers.items()
            if one.spec.kind == "audio" and self._venue_of(connection.showing[mid]) not in self.orders.heard
        ]
        if not heard:
            return False
        quietest = max(self._levels.get(source_id, SILENT) for source_id in heard)
        for source_id in loudest:
            if self._levels[source_id] >= quietest - MARGIN_DB:
                return False
            source = self._sources[source_id].source if source_id in self._sources else None
            if source is None or source_id in heard or source.venue in self.orders.heard:
                continue
            if connection.view.shows(source):
                return True
        return False

    # --- what is told -------------------------------------------------------------------------------------

    def _tell_news(self, connection: Connection) -> None:
        """Only after the answer (``tell``): before it the page does not know the resource."""
        if connection.told is not None and self._slots(connection) != connection.told:
            self.tell(connection)

    def _slots(self, connection: Connection) -> list[Slot]:
        return [self._slot(connection, mid) for mid in connection.showing]

    def _slot(self, connection: Connection, mid: str) -> Slot:
        subscriber = connection.subscribers[mid]
        published = self._sources.get(connection.showing[mid] or "")
        if published is None:
            return Slot(mid=mid, kind=subscriber.spec.kind)
        source: Source = published.source
        return Slot(
            mid=mid,
            kind=subscriber.spec.kind,
            source_id=source.source_id,
            venue=source.venue,
            source=source.name,
            codec=source.codec,
            problem=None if source.codec in subscriber.spec.codecs else "codec",
            starved=subscriber.starved,
        )


def _starved(connection: Connection) -> frozenset[str]:
    return frozenset(mid for mid, one in connection.subscribers.items() if one.starved)


def _thumbnail(wish: Wish) -> Wish:
    return Wish(wish.venue, min(wish.width, THUMBNAIL_WIDTH))
