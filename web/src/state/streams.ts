/** Which kind of stream follows which rules: the page's half of hub/domain/streams.py. Pure. */
import type {
  Booking,
  Duty,
  Keeping,
  Organisation,
  Paper,
  Recorded,
  Recording,
  Session,
  SpotCheck,
  Wall,
  Workspace,
} from "../types/wire";
import * as booking from "./booking";
import * as duty from "./duty";
import * as keeping from "./keeping";
import * as organisation from "./organisation";
import * as paper from "./paper";
import * as recording from "./recording";
import * as session from "./session";
import * as spotcheck from "./spotcheck";
import * as wall from "./wall";
import * as workspace from "./workspace";

export type State = Organisation | Session | Workspace | Recording | Keeping | Wall | SpotCheck | Booking | Paper | Duty;

export interface Rules {
  readonly initial: () => State;
  readonly apply: (state: State, recorded: Recorded) => State;
  /** As `apply` one after the other, only quicker; not every noun needs it. */
  readonly applyAll?: (state: State, events: readonly Recorded[]) => State;
}

/** Pairs a state with its own `apply`; the stream's name vouches that they belong together. */
function rules<S extends State>(
  initial: () => S,
  apply: (state: S, recorded: Recorded) => S,
  applyAll?: (state: S, events: readonly Recorded[]) => S,
): Rules {
  const one: Rules = { initial, apply: (state, recorded) => apply(state as S, recorded) };
  return applyAll === undefined ? one : { ...one, applyAll: (state, events) => applyAll(state as S, events) };
}

const RULES: Record<string, Rules> = {
  organisation: rules(organisation.initial, organisation.apply),
  session: rules(session.initial, session.apply),
  board: rules(workspace.initial, workspace.apply, workspace.applyAll),
  incident: rules(workspace.initial, workspace.apply, workspace.applyAll),
  recording: rules(recording.initial, recording.apply),
  keeping: rules(keeping.initial, keeping.apply),
  wall: rules(wall.initial, wall.apply),
  booking: rules(booking.initial, booking.apply),
  paper: rules(paper.initial, paper.apply),
  duty: rules(duty.initial, duty.apply),
  spotcheck: rules(spotcheck.initial, spotcheck.apply),
};

export function rulesOf(stream: string): Rules {
  const found = RULES[stream.split(":", 1)[0] ?? ""];
  if (found === undefined) throw new Error(`nobody knows the stream ${stream}`);
  return found;
}

/** The state after `events`, for instance a board as it stood at one second of a recording. */
export function fold(stream: string, events: readonly Recorded[], from?: State): State {
  const { initial, apply, applyAll } = rulesOf(stream);
  const start = from ?? initial();
  return applyAll === undefined ? events.reduce(apply, start) : applyAll(start, events);
}
