"""现场接入: codes are made and taken, and each guest is told what concerns it, and nothing else."""

from __future__ import annotations

import logging

from msgspec.structs import replace

from hub.clock import Clock
from hub.domain.call import PRESENT
from hub.domain.event import HUB, Actor, Role
from hub.domain.floor_rules import may_be_heard
from hub.domain.guest import AdmitGuest, InviteGuest, WithdrawInvitation
from hub.domain.guest_rules import is_valid
from hub.domain.picture_rules import named_venue
from hub.domain.session import Session, Venue, stream_of
from hub.errors import Refusal
from hub.ids import new_id
from hub.live.attempts import Attempts
from hub.live.outsiders import Media, Onlooking, Over, Seal, shown_to
from hub.live.pages import Pages
from hub.live.rights import session_of
from hub.live.streams import Streams
from hub.live.summaries import Summaries
from signaling.outside_vocabulary import GuestCode, GuestView

_log = logging.getLogger(__name__)

DIGITS = 8
_TRIES = 10


class Guests:
    """Knows which guest belongs to which session; everything else stands in the sessions themselves."""

    def __init__(
        self,
        clock: Clock,
        streams: Streams,
        summaries: Summaries,
        pages: Pages,
        media: Media,
        seal: Seal,
    ) -> None:
        self._clock = clock
        self._streams = streams
        self._summaries = summaries
        self._pages = pages
        self._media = media
        self._seal = seal
        self._attempts = Attempts()
        self._sessions: dict[str, str] = {}
        self._told: dict[str, GuestView] = {}
        self.on_over: Over = lambda account, code: None
        self._onlooking = Onlooking(streams, media, self._changed)

    def close(self) -> None:
        self._onlooking.close()

    # --- codes ----------------------------------------------------------------------------------

    async def invite(
        self, session_id: str, label: str, place: str, minutes: int, by: Actor, op: str
    ) -> GuestCode:
        """A code that no other open invitation of this hub has. The same ``op`` is answered alike."""
        wish = (by.account, session_id, op)
        key = f"inv-{self._seal.of('invitation', *wish)[:20]}"
        known = (await session_of(self._streams, session_id)).invitations.get(key)
        hashes = {
            one.code_hash for session in self._summaries.running for one in session.invitations.values()
        }
        for attempt in range(_TRIES):
            code = f"{int(self._seal.of('code', *wish, str(attempt)), 16) % 10**DIGITS:0{DIGITS}}"
            code_hash = self._hash(code)
            if known is not None and known.code_hash == code_hash:
                return GuestCode(invitation_id=key, code=code, until_ms=known.until_ms)
            if known is None and code_hash not in hashes:
                break
        else:
            raise Refusal("too_many")
        command = InviteGuest(
            invitation_id=key,
            label=label,
            place=place,
            code_hash=code_hash,
            until_ms=self._clock.wall_ms() + minutes * 60_000,
        )
        await self._streams.execute(stream_of(session_id), command, by, op=op)
        return GuestCode(invitation_id=key, code=code, until_ms=command.until_ms)

    async def withdraw(self, session_id: str, invitation_id: str, by: Actor, op: str) -> int:
        command = WithdrawInvitation(invitation_id=invitation_id)
        return await self._streams.execute(stream_of(session_id), command, by, op=op)

    async def admit(self, code: str, person: str, who: str) -> tuple[str, Actor]:
        """Makes a venue of a code: its session and the guest. ``who``: from where the code was sent (U2).

        Refuses with ``guest.bad_code``, ``.expired``, ``.used`` or ``.locked``, or with ``too_many``.
        """
        now_ms = self._clock.wall_ms()
        self._attempts.check(who, now_ms)
        found = self._find(self._hash("".join(code.split())))
        if found is None:
            left = self._attempts.failed(who, now_ms)
            raise Refusal("guest.bad_code", attempts_left=max(0, left))
        session_id, invitation_id = found
        venue = new_id("guest")
        command = AdmitGuest(invitation_id=invitation_id, venue=venue, person=person)
        await self._streams.execute(stream_of(session_id), command, HUB)
        self._attempts.succeeded(who)
        _log.info("a guest came in", extra={"session": session_id, "venue": venue})
        return session_id, await self.actor(session_id, venue)

    def _hash(self, code: str) -> str:
        return self._seal.of("hash", code)

    def _find(self, code_hash: str) -> tuple[str, str] | None:
        """In a running session; a later invitation of the same code counts before an earlier one."""
        for session in self._summaries.running:
            for invitation in reversed(session.invitations.values()):
                if invitation.code_hash == code_hash:
                    return session.session_id, invitation.invitation_id
        return None

    # --- guests ---------------------------------------------------------------------------------

    async def actor(self, session_id: str, venue: str) -> Actor:
        """Who the guest of that venue is; refuses with ``guest.over`` (U4)."""
        try:
            session = await session_of(self._streams, session_id)
        except Refusal:
            raise Refusal("guest.over") from None
        if not is_valid(session, venue):
            raise Refusal("guest.over")
        self._sessions[venue] = session_id
        known = session.venues[venue]
        person = known.person or known.name
        return Actor(account=venue, person=person, role=Role.GUEST, seat=venue, seat_name=known.name)

    def arrive(self, page: str, actor: Actor) -> bool:
        """A guest's page has come: it hears where it is. False when its part was over meanwhile."""
        session = self._onlooking.session(self._sessions.get(actor.account, ""))
        if session is None or not is_valid(session, actor.account):
            return False
        speaker = self._media.speaker_of(session.session_id)
        self._pages.push(page, self._view(session, session.venues[actor.account], speaker))
        return True

    def _changed(self, session: Session, speaker: str | None) -> None:
        for venue in session.venues.values():
            if venue.field and venue.venue in self._sessions:
                self._tell(session, venue, speaker)

    def _view(self, session: Session, venue: Venue, speaker: str | None) -> GuestView:
        return replace(view_of(session, venue, speaker), recording=self._onlooking.recording(session))

    def _tell(self, session: Session, venue: Venue, speaker: str | None) -> None:
        now = self._view(session, venue, speaker)
        if now != self._told.get(venue.venue):
            self._told[venue.venue] = now
            self._pages.push_viewer((Role.GUEST, venue.venue), now)
        if now.ended:
            del self._told[venue.venue], self._sessions[venue.venue]
            self.on_over(venue.venue, "guest.over")


def view_of(session: Session, venue: Venue, speaker: str | None) -> GuestView:
    """What the guest of ``venue`` may know of its session. Pure."""
    is_there = session.running and venue.state in PRESENT
    broadcast = session.picture.broadcast
    return GuestView(
        label=venue.name,
        place=venue.place,
        title=session.title,
        exercise=session.exercise,
        classification=session.classification,
        state=venue.state,
        since_ms=venue.since_ms,
        main=shown_to(session, venue.venue, speaker) if is_there else None,
        muted=is_there and not may_be_heard(session, venue),
        named=is_there and named_venue(session) == venue.venue,
        broadcast=is_there and broadcast is not None and broadcast.venue == venue.venue,
        ended=not is_valid(session, venue.venue),
    )
