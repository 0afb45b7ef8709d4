"""What a handler may reach."""

from __future__ import annotations

from dataclasses import dataclass

from hub.clock import Clock
from hub.live.attachments import Attachments
from hub.live.bookings import Planner
from hub.live.checks import Checks
from hub.live.duties import Duties
from hub.live.guests import Guests
from hub.live.hooks import Hooks
from hub.live.incidents import Incidents
from hub.live.keeping import ExportDesk
from hub.live.media import MediaPlane
from hub.live.papers import Press
from hub.live.plans import Plans
from hub.live.recorder import RecorderDesk
from hub.live.relays import RelayCredentials
from hub.live.sessions import Sessions
from hub.live.spotchecks import Checking
from hub.live.streams import Streams
from hub.live.touches import Touches
from hub.live.waitlists import WaitLists
from hub.live.walls import Walls
from signaling.delivery import Delivery


@dataclass(frozen=True, slots=True)
class Services:
    clock: Clock
    streams: Streams
    sessions: Sessions
    media: MediaPlane
    delivery: Delivery
    checks: Checks
    relays: RelayCredentials
    guests: Guests
    walls: Walls
    checking: Checking
    planner: Planner
    incidents: Incidents
    touches: Touches
    waitlists: WaitLists
    hooks: Hooks
    press: Press
    attachments: Attachments
    duties: Duties
    plans: Plans
    recorder: RecorderDesk
    exports: ExportDesk | None = None
    """None: nothing is made of recordings here."""
