"""What a session has decided about its media: who is heard, who presents, what everybody sees large. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hub.domain.call import PRESENT
from hub.domain.floor_rules import closed_microphones
from hub.domain.picture import MainPicture
from hub.domain.picture_rules import main_picture, named_venue
from hub.domain.session import Session


@dataclass(frozen=True, slots=True)
class Orders:
    """All that the media plane knows of a session. ``present``: the venues that have a place in it.

    ``heard``: venues that keep a slot for sound however quiet they are, the chair first. ``forced``: the one
    whose picture everybody sees large; who looks on cannot have another one as large (rule V2).
    ``guests``: what each guest gets to see, as long as nobody speaks; with ``voice`` who speaks takes its
    place unless it is forced (rule U5).
    """

    chair: str | None = None
    presenter: str | None = None
    muted: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    heard: tuple[str, ...] = ()
    forced: str | None = None
    voice: bool = False
    guests: Mapping[str, MainPicture] = field(default_factory=dict)

    def large_of(self, guest: str, speaker: str | None) -> str | None:
        """The same as ``picture_rules.main_picture`` for a guest, without the session."""
        main = self.guests.get(guest)
        if self.voice and speaker != guest and speaker in self.present and not (main and main.forced):
            return speaker
        return main.venue if main is not None else None


def orders_of(session: Session) -> Orders:
    venues = session.venues.values()
    named = named_venue(session)
    large = main_picture(session, None)
    return Orders(
        chair=session.chair,
        presenter=session.presenter,
        muted=closed_microphones(session),
        present=frozenset(one.venue for one in venues if one.state in PRESENT),
        heard=(session.chair, *((named,) if named is not None else ())),
        forced=large.venue if large is not None and large.forced else None,
        voice=session.picture.voice,
        guests={
            one.venue: main
            for one in venues
            if one.field and (main := main_picture(session, one.venue)) is not None
        },
    )
