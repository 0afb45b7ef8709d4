/** Guests in the field: the same `apply` as hub/domain/guest_rules.py. Pure. */
import type { Invitation, Recorded, Session, Venue } from "../types/wire";

export function apply(state: Session, recorded: Recorded): Session | null {
  const { event, at_ms } = recorded;
  switch (event.type) {
    case "guest.invited": {
      const { type: _, ...named } = event;
      return withInvitation(state, { ...named, venue: null, withdrawn: false });
    }
    case "guest.withdrawn":
      return changed(state, event.invitation_id, { withdrawn: true });
    case "guest.admitted": {
      const { label = "", place = "" } = state.invitations[event.invitation_id] ?? {};
      const venue: Venue = { ...newVenue(event.venue, label, label, at_ms), person: event.person, field: true, place };
      const used = changed(state, event.invitation_id, { venue: event.venue });
      return { ...used, venues: { ...used.venues, [venue.venue]: venue } };
    }
    default:
      return null;
  }
}

/** Codes that wait for their guests, in the order in which they were made. */
export function openInvitations(session: Session, now_ms: number): Invitation[] {
  return Object.values(session.invitations).filter(
    ({ venue, withdrawn, until_ms }) => venue === null && !withdrawn && now_ms < until_ms,
  );
}

export function newVenue(venue: string, name: string, short_name: string, since_ms: number): Venue {
  return {
    venue,
    name,
    short_name,
    state: "idle",
    since_ms,
    rings_until_ms: null,
    person: null,
    microphone: true,
    camera: true,
    muted: false,
    removed: false,
    lost: false,
    calls: 0,
    automatic: false,
    offline: false,
    alerted_ms: null,
    answer_ms: null,
    contacts: [],
    phone_calls: [],
    attendance: [],
    sources: {},
    field: false,
    place: "",
  };
}

function withInvitation(state: Session, invitation: Invitation): Session {
  return { ...state, invitations: { ...state.invitations, [invitation.invitation_id]: invitation } };
}

function changed(state: Session, key: string, news: Partial<Invitation>): Session {
  const invitation = state.invitations[key];
  return invitation === undefined ? state : withInvitation(state, { ...invitation, ...news });
}
