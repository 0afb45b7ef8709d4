"""大屏: walls are registered and revoked, sessions put on them, and each wall is told what is on it."""

from __future__ import annotations

import hashlib
import hmac
from functools import partial

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain import wall
from hub.domain.call import PRESENT
from hub.domain.event import HUB, Actor, Command, Role
from hub.domain.session import Session
from hub.domain.wall import AddWall, ClearWall, RevokeWall, ShowSession, Wall
from hub.errors import Refusal
from hub.ids import is_id
from hub.live.chores import Chores
from hub.live.outsiders import Media, Onlooking, Over, Seal, shown_to
from hub.live.pages import Pages
from hub.live.rights import session_of
from hub.live.streams import Batch, Streams
from signaling.outside_vocabulary import WallRow, WallSession, WallToken, WallVenue, WallView
from signaling.outside_vocabulary import Walls as WallList

SEES_MS = 10 * 365 * 24 * 3600 * 1000
"""A wall hangs for years; it is revoked, it does not expire."""

_PREFIX = "wall"


class Walls:
    """Keeps every wall there is in memory: they are few."""

    def __init__(
        self, clock: Clock, streams: Streams, pages: Pages, media: Media, chores: Chores, seal: Seal
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._pages = pages
        self._media = media
        self._chores = chores
        self._seal = seal
        self._walls: dict[str, Wall] = {}
        self._told: dict[str, WallView] = {}
        self.on_over: Over = lambda account, code: None
        self._onlooking = Onlooking(streams, media, self._session_changed)
        self._unsubscribe = streams.subscribe(self._published)

    async def start(self) -> None:
        """Take up what hangs since before the hub ran; sessions have been taken up already."""
        for stream in await self._streams.names(f"{_PREFIX}:"):
            state, _ = await self._streams.state(stream)
            assert isinstance(state, Wall)
            self._walls[state.wall_id] = state
            shown = self._onlooking.session(state.session_id or "")
            if state.session_id is not None and (shown is None or not shown.running):
                await self._streams.execute(stream, ClearWall(session_id=state.session_id), HUB)

    def close(self) -> None:
        self._unsubscribe()
        self._onlooking.close()

    # --- officers and administrators ------------------------------------------------------------

    async def add(self, name: str, by: Actor, op: str) -> WallToken:
        """The same ``op`` is answered alike, with the same token."""
        wall_id = f"w-{self._seal.of('wall', by.account, op)[:20]}"
        secret = self._seal.of("wall secret", by.account, op)
        command = AddWall(wall_id=wall_id, name=name, token_hash=_hash(secret))
        await self._do(wall_id, command, by, op)
        return WallToken(wall_id=wall_id, token=f"{_PREFIX}.{wall_id}.{secret}")

    async def revoke(self, wall_id: str, by: Actor, op: str) -> int:
        return await self._do(wall_id, RevokeWall(), by, op)

    async def show(self, wall_id: str, session_id: str, by: Actor, op: str) -> int:
        """Refuses with ``session.unknown`` or ``session.ended`` too."""
        if by.role is Role.OFFICER and not (await session_of(self._streams, session_id)).running:
            raise Refusal("session.ended")
        return await self._do(wall_id, ShowSession(session_id=session_id), by, op)

    async def clear(self, wall_id: str, by: Actor, op: str) -> int:
        return await self._do(wall_id, ClearWall(), by, op)

    async def _do(self, wall_id: str, command: Command, by: Actor, op: str) -> int:
        return await self._streams.execute(wall.stream_of(wall_id), command, by, op=op)

    def list_for(self, viewer: Actor) -> WallList | None:
        """None for those whom walls do not concern; an administrator sees no content (P7)."""
        if viewer.role not in (Role.OFFICER, Role.ADMIN):
            return None
        is_officer = viewer.role is Role.OFFICER
        rows = [
            WallRow(
                wall_id=one.wall_id,
                name=one.name,
                online=self._pages.is_seated(one.wall_id),
                session_id=one.session_id if is_officer else None,
                shown_ms=one.shown_ms if is_officer else None,
            )
            for one in self._walls.values()
            if one.valid
        ]
        return WallList(walls=rows)

    # --- walls ----------------------------------------------------------------------------------

    def actor(self, token: str) -> Actor:
        """Whose token this is; refuses with ``wall.over``."""
        prefix, _, rest = token.partition(".")
        wall_id, _, secret = rest.partition(".")
        known = self._walls.get(wall_id) if prefix == _PREFIX and is_id(wall_id) else None
        right = known is not None and hmac.compare_digest(known.token_hash, _hash(secret))
        if known is None or not right or not known.valid:
            raise Refusal("wall.over")
        return Actor(
            account=known.wall_id,
            person=known.name,
            role=Role.WALL,
            seat=known.wall_id,
            seat_name=known.name,
        )

    def arrive(self, page: str, actor: Actor) -> bool:
        """A wall's page has come: it hears what is on it. False when it was revoked meanwhile."""
        known = self._walls[actor.account]
        if not known.valid:
            return False
        self._pages.push(page, self._view(known))
        self._pages.push_views(self.list_for)
        return True

    def depart(self) -> None:
        self._pages.push_views(self.list_for)

    def shows(self, actor: Actor, session_id: str) -> bool:
        """W3: whether that session is on the wall of ``actor`` at this moment."""
        known = self._walls.get(actor.account)
        return known is not None and known.valid and known.session_id == session_id

    def shows_boards(self, actor: Actor, stream: str) -> bool:
        known = self._walls.get(actor.account)
        session = self._onlooking.session(known.session_id or "") if known is not None else None
        return session is not None and self.shows(actor, session.session_id) and session.boards == stream

    # --- what happens ---------------------------------------------------------------------------

    def _published(self, stream: str, events: Batch) -> None:
        known = self._streams.peek(stream)
        state = known[0] if known is not None else None
        if not isinstance(state, Wall):
            return
        former = self._walls.get(state.wall_id)
        self._walls[state.wall_id] = state
        if former is not None and former.session_id not in (None, state.session_id):
            # W3: what was on it is nothing of its business any more.
            self._pages.unfollow_viewer((Role.WALL, state.wall_id))
            self._chores.add(stream, "off the wall", partial(self._media.close_account, state.wall_id))
        if state.valid:
            self._tell(state)
        else:
            self.on_over(state.wall_id, "wall.over")
        self._pages.push_views(self.list_for)

    def _session_changed(self, session: Session, speaker: str | None) -> None:
        for known in list(self._walls.values()):
            if not known.valid or known.session_id != session.session_id:
                continue
            if session.running:
                self._tell(known)
            else:
                stream, command = wall.stream_of(known.wall_id), ClearWall(session_id=session.session_id)
                self._chores.add(stream, "over", partial(self._streams.execute, stream, command, HUB))

    def _tell(self, known: Wall) -> None:
        now = self._view(known)
        if now != self._told.get(known.wall_id):
            self._told[known.wall_id] = now
            self._pages.push_viewer((Role.WALL, known.wall_id), now)

    def _view(self, known: Wall) -> WallView:
        session = self._onlooking.session(known.session_id or "")
        if session is None or not session.running:
            return WallView(name=known.name)
        shown = view_of(session, self._media.speaker_of(session.session_id))
        return WallView(name=known.name, session=replace(shown, recording=self._onlooking.recording(session)))


def view_of(session: Session, speaker: str | None) -> WallSession:
    """What a wall may know of the session that is on it. Pure."""
    venues = [
        WallVenue(
            venue=one.venue,
            short_name=one.short_name,
            state=one.state,
            since_ms=one.since_ms,
            microphone=one.microphone and not one.muted,
            camera=one.camera,
            field=one.field,
            place=one.place,
        )
        for one in session.venues.values()
        if one.state in PRESENT
    ]
    return WallSession(
        session_id=session.session_id,
        boards=session.boards,
        title=session.title,
        kind=session.kind,
        exercise=session.exercise,
        classification=session.classification,
        started_ms=session.started_ms,
        chair_name=session.venues[session.chair].name,
        main=shown_to(session, None, speaker),
        presenter=session.presenter,
        venues=venues,
    )


def _hash(secret: str) -> str:
    """256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
