/** What this page knows: who it is, who is there, what rings and what runs. */
import { computed, effect, signal, type ReadonlySignal } from "@preact/signals";

import { on } from "../link/socket";
import type {
  Actor,
  Booking,
  HookRow,
  InboxRow,
  IncidentSummary,
  Organisation,
  PaperSummary,
  PlanRow,
  Problem,
  Ring,
  SeatPresence,
  SeatShift,
  SessionSummary,
  SpotCheckSummary,
  Todos,
  WallRow,
  Welcome,
  Recorder,
} from "../types/wire";
import type { ReportDraft } from "./duty";
import { forgetAll, hold, organisationState, startFollowing } from "./followed";
import { initial, STREAM } from "./organisation";

export { clockOffset, hubNow, line, roundTrip } from "../link/socket";
export { hold, organisationState, recordingState, sessionState, workspaceState } from "./followed";

/** Who is logged in on this tab, from the login answer; the hub confirms it with `welcome`. */
export interface Me {
  readonly account: string;
  readonly actor: Actor;
  readonly expires_ms: number;
}

export const me = signal<Me | null>(null);
/** Changes only when somebody else logs in. */
export const account = computed(() => me.value?.account ?? null);
export const welcome = signal<Welcome | null>(null);
export const presence = signal<Readonly<Record<string, SeatPresence>>>({});
export const rings = signal<readonly Ring[]>([]);
/** Running sessions this page may enter; null until the hub has said. */
export const sessions = signal<readonly SessionSummary[] | null>(null);
/** All walls, for officers and administrators; null for everybody else. */
export const walls = signal<readonly WallRow[] | null>(null);
/** Systems outside that are told of what happens; null for everybody but officers and administrators. */
export const hooks = signal<readonly HookRow[] | null>(null);
/** Plans by which incidents are opened, by name; null for everybody but officers and administrators. */
export const plans = signal<readonly PlanRow[] | null>(null);
/** Planned meetings by their time: an officer's all, a seat's own invitations; null until the hub has said. */
export const bookings = signal<readonly Booking[] | null>(null);
/** Spot checks, newest first; null for everybody but officers, and until the hub has said. */
/** How the recorder is; officers are told. */
export const recorder = signal<Recorder | null>(null);
export const spotchecks = signal<readonly SpotCheckSummary[] | null>(null);
/** Incidents that are not ended, newest first, as this viewer may know them; null until the hub has said. */
export const incidents = signal<readonly IncidentSummary[] | null>(null);
/** What is asked of this page's own seat and waits, what is due first; null until the hub has said. */
/** Papers of the office, newest first, those that this person may read; null until the hub has said. */
export const papers = signal<readonly PaperSummary[] | null>(null);
export const inbox = signal<readonly InboxRow[] | null>(null);
/** 待办与超期 and 电话叫应名单 of the office; null for everybody but officers, and until the hub has said. */
export const todos = signal<Todos | null>(null);
/** Who is on shift, by seat: an officer's all, a seat's own; null while nobody has been on a roster or at a post. */
export const shifts = signal<Readonly<Record<string, SeatShift>> | null>(null);
/** A call of the duty log that becomes a first report: the form of a new incident takes it, and empties it. */
export const reportDraft = signal<ReportDraft | null>(null);
/** Why the login page is shown again, when it was not the person's own wish. */
export const loginProblem = signal<Problem | null>(null);

export const organisation: ReadonlySignal<Organisation> = computed(
  () => organisationState().value.state ?? initial(),
);

/** A tick a second, shared by everything that counts; it runs only while somebody looks. */
export const second = signal(0, {
  watched(this: { value: number }) {
    this.value += 1;
    ticking = setInterval(() => (this.value += 1), 1_000);
  },
  unwatched() {
    clearInterval(ticking);
  },
});
let ticking: ReturnType<typeof setInterval>;

/** Starts hearing the hub; called once by main. */
export function startStore(): void {
  startFollowing();
  on("welcome", (body) => {
    welcome.value = body;
    const known = me.peek();
    if (known !== null && known.account === body.account) me.value = { ...known, actor: body.actor };
  });
  on("presence", ({ full, seats }) => {
    const known = full ? {} : { ...presence.peek() };
    for (const seat of seats) known[seat.seat_id] = seat;
    presence.value = known;
  });
  on("rings", (body) => (rings.value = body.rings));
  on("sessions", (body) => (sessions.value = body.sessions));
  on("walls", (body) => (walls.value = body.walls));
  on("hooks", (body) => (hooks.value = body.hooks));
  on("plans", (body) => (plans.value = body.plans));
  on("shifts", (body) => (shifts.value = Object.fromEntries(body.seats.map((one) => [one.seat_id, one]))));
  on("bookings", (body) => (bookings.value = body.bookings));
  on("incidents", (body) => (incidents.value = body.incidents));
  on("papers", (body) => (papers.value = body.papers));
  on("recorder", (body) => (recorder.value = body));
  on("inbox", (body) => (inbox.value = body.rows));
  on("todos", (body) => (todos.value = body));
  on("spotchecks", (body) => (spotchecks.value = body.checks));
  effect(() => (account.value === null ? undefined : hold(STREAM)));
}

/** Nothing of the last person stays on the page. */
export function forget(): void {
  me.value = null;
  welcome.value = null;
  presence.value = {};
  rings.value = [];
  sessions.value = null;
  walls.value = null;
  hooks.value = null;
  plans.value = null;
  spotchecks.value = null;
  bookings.value = null;
  incidents.value = null;
  inbox.value = null;
  papers.value = null;
  recorder.value = null;
  todos.value = null;
  shifts.value = null;
  reportDraft.value = null;
  forgetAll();
}
