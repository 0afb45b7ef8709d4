/** One unit's progress on an item: the same fold as hub/domain/workspace_fold.py, and its rules T1 to T7. Pure. */
import type { Actor, Item, Progress, Recorded, Unit, UnitTrack } from "../types/wire";

/** A track only goes forward along these; `returned` stands where `working` does (T1). */
export const PROGRESS: readonly Progress[] = [
  "sent",
  "delivered",
  "read",
  "signed",
  "working",
  "replied",
  "confirmed",
];

export function rankOf(state: Progress): number {
  return PROGRESS.indexOf(state === "returned" ? "working" : state);
}

/** Nobody has signed yet: reminders go on, and the unit is on the list to be called by telephone (T4). */
export function isUnanswered({ state }: UnitTrack): boolean {
  return state === "sent" || state === "delivered" || state === "read";
}

/** What was asked is answered; the unit is not urged any more (T5). */
export function isAnswered({ state }: UnitTrack): boolean {
  return state === "replied" || state === "confirmed";
}

/** The unit's own time after an extension, else that of the item. */
export function dueOf(item: Item, track: UnitTrack): number | null {
  return track.due_ms ?? item.due_ms;
}

export function isTrackOverdue(item: Item, track: UnitTrack, now_ms: number): boolean {
  const due_ms = dueOf(item, track);
  return due_ms !== null && now_ms > due_ms && !isAnswered(track);
}

/** 已读, 签收, 办理中, 反馈 by the unit; 退回补充, 确认 by the office: what may follow on this track now (T2). */
export function nextProgress(track: UnitTrack, by: Actor): Progress[] {
  const wished: Progress[] = [];
  if (by.seat === track.unit.seat && (by.role === "seat" || by.role === "officer")) {
    wished.push("read", "signed", "working", "replied");
  }
  if (by.role === "officer" && by.seat !== track.unit.seat) wished.push("returned", "confirmed");
  return wished.filter((state) => mayFollow(track, state));
}

function mayFollow({ state: now, replies }: UnitTrack, wished: Progress): boolean {
  switch (wished) {
    case "returned": // also when the item was taken up again after it had been confirmed
      return replies.length > 0 && (now === "replied" || now === "confirmed");
    case "confirmed":
      return now === "replied" || now === "signed";
    case "replied":
      return now !== "confirmed";
    case "working":
      return now === "returned" || rankOf(now) < rankOf(wished);
    default:
      return rankOf(now) < rankOf(wished);
  }
}

/** T6: asked for by the unit before its time has come, and once answered not again for the same time. */
export function mayExtend(item: Item, track: UnitTrack, by: Actor, now_ms: number): boolean {
  const due_ms = dueOf(item, track);
  return by.seat === track.unit.seat && due_ms !== null && now_ms <= due_ms && !isAnswered(track);
}

// --- the fold -------------------------------------------------------------------------------------

export function begun(unit: Unit, at_ms: number): UnitTrack {
  return {
    unit,
    state: "sent",
    since_ms: at_ms,
    times: { sent: at_ms },
    person: null,
    replies: [],
    urged: [],
    phoned: [],
    escalated_ms: null,
    extension: null,
    due_ms: null,
    late_min: null,
  };
}

/** The tracks of these units changed; a viewer that is not shown a track has nothing to change. */
export function changed(item: Item, seats: readonly string[], change: (track: UnitTrack) => UnitTrack): Item {
  const tracks = { ...item.tracks };
  for (const seat of seats) {
    const track = tracks[seat];
    if (track !== undefined) tracks[seat] = change(track);
  }
  return { ...item, tracks };
}

export function reached(track: UnitTrack, state: Progress, at_ms: number): UnitTrack {
  return { ...track, state, since_ms: at_ms, times: { ...track.times, [state]: track.times[state] ?? at_ms } };
}

/** One event of one track. */
export function apply(before: UnitTrack, recorded: Recorded): UnitTrack {
  const { event, at_ms, actor } = recorded;
  switch (event.type) {
    case "track.moved":
      return moved(reached(before, event.state, at_ms), event, recorded);
    case "track.phoned": {
      const { reached: answered, note } = event;
      return { ...before, phoned: [...before.phoned, { actor, at_ms, reached: answered, note }] };
    }
    case "extension.asked": {
      const { due_ms, reason } = event;
      return { ...before, extension: { due_ms, reason, actor, at_ms, granted: null } };
    }
    case "extension.answered": {
      const { extension } = before;
      if (extension === null) return before;
      const due_ms = event.granted ? extension.due_ms : before.due_ms;
      return { ...before, extension: { ...extension, granted: event.granted }, due_ms };
    }
    default:
      return before;
  }
}

type Moved = Extract<Recorded["event"], { type: "track.moved" }>;

function moved(track: UnitTrack, { state, text, late_min }: Moved, { actor, at_ms }: Recorded): UnitTrack {
  const { replies } = track;
  switch (state) {
    case "signed":
      return actor.seat === track.unit.seat ? { ...track, person: actor.person } : track;
    case "replied":
      return {
        ...track,
        replies: [...replies, { text, actor, at_ms, returned: null }],
        late_min: replies.length > 0 ? track.late_min : late_min,
        person: track.person ?? actor.person,
      };
    case "returned": {
      const last = replies.at(-1);
      return last === undefined ? track : { ...track, replies: [...replies.slice(0, -1), { ...last, returned: text }] };
    }
    default:
      return track;
  }
}
