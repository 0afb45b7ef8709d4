/** Events of incidents, boards, items and tracks as sentences: a part of eventwords.ts. Pure. */
import type { Key } from "../ui/i18n";
import type { DomainEvent } from "../types/wire";

type SaidKey = Extract<Key, `said.${string}`>;
type Noun = "workspace" | "board" | "item" | "extension";
type Track = "track.delivered" | "track.moved" | "track.urged" | "track.escalated" | "track.phoned";
export type WorkspaceType = Extract<DomainEvent["type"], `${Noun}.${string}`> | Track | "withheld";
export type WorkspaceEvent = Extract<DomainEvent, { type: WorkspaceType }>;

/** The sentence where nothing in the event changes it. */
export const WORKSPACE_PLAIN: Record<WorkspaceType, SaidKey> = {
  "workspace.opened": "said.workspace_opened",
  "workspace.edited": "said.workspace_edited",
  "workspace.level_changed": "said.level_changed",
  "workspace.casualties_recorded": "said.casualties",
  "workspace.units_added": "said.units_added",
  "workspace.unit_removed": "said.unit_removed",
  "workspace.status_changed": "said.status_active",
  "workspace.deadlines_set": "said.deadlines_set",
  "workspace.deadline_met": "said.deadline_met",
  "workspace.first_reported": "said.first_reported",
  "workspace.session_linked": "said.session_linked",
  "workspace.noted": "said.noted",
  "workspace.marked": "said.marked",
  "workspace.mark_retracted": "said.mark_retracted",
  "workspace.exported": "said.exported",
  "board.opened": "said.board_opened",
  "board.closed": "said.board_closed",
  "item.added": "said.item_added",
  "item.edited": "said.item_changed",
  "item.moved": "said.item_moved",
  "item.state_changed": "said.item_state",
  "item.voided": "said.item_voided",
  "item.pinned": "said.item_pinned",
  "item.on_wall": "said.item_on_wall",
  "item.shared": "said.item_shared",
  "item.assigned": "said.item_assigned",
  "item.annotated": "said.item_annotated",
  "item.attached": "said.item_attached",
  "item.shown": "said.item_shown",
  "item.hidden": "said.item_hidden",
  "track.delivered": "said.track_delivered",
  "track.moved": "said.track_read",
  "track.urged": "said.track_urged",
  "track.escalated": "said.track_escalated",
  "track.phoned": "said.track_phoned",
  "extension.asked": "said.extension_asked",
  "extension.answered": "said.extension_refused",
  withheld: "said.withheld",
};

export function isOfWorkspace(event: DomainEvent): event is WorkspaceEvent {
  return event.type in WORKSPACE_PLAIN;
}

type Words = Readonly<Record<string, string>>;

/** What of the event stands in the sentence besides who did it, and which sentence it is. */
export function workspaceWords(event: WorkspaceEvent, nameOf: (seat: string) => string): { key: SaidKey; words: Words } {
  const say = (words: Words = {}, key = WORKSPACE_PLAIN[event.type]): { key: SaidKey; words: Words } => ({ key, words });
  const listed = (seats: readonly string[]): string => seats.map(nameOf).join("、");
  switch (event.type) {
    case "workspace.opened":
      return event.nature === "incident" ? say({ title: event.header.title }) : say({}, "said.boards_opened");
    case "board.opened":
      return say({ title: event.title });
    case "workspace.level_changed":
      return say({ level: event.level, reason: event.reason });
    case "workspace.casualties_recorded":
      return say({ source: event.entry.source });
    case "workspace.units_added":
      return say({ units: event.units.map(({ short_name }) => short_name).join("、") });
    case "workspace.unit_removed":
      return say({ unit: nameOf(event.seat) });
    case "workspace.status_changed":
      return say({ reason: event.reason }, event.reason === "" ? STATUS[event.status] : `${STATUS[event.status]}_because`);
    case "workspace.deadline_met": {
      const late = event.late_min;
      return late === null ? say() : say({ minutes: String(late) }, "said.deadline_missed");
    }
    case "workspace.session_linked":
      return say({ title: event.title });
    case "workspace.marked":
      return say({ unit: event.unit.short_name, reason: event.reason }, MARKED[event.mark]);
    case "workspace.mark_retracted":
      return say({ reason: event.reason });
    case "workspace.noted":
      return say({ text: event.text });
    case "item.added":
      return say({ text: event.fields.text ?? "" });
    case "item.shown":
      return say({ text: event.item.fields.text ?? "" });
    case "item.edited":
      return event.changes.text === undefined ? say() : say({ text: event.changes.text }, "said.item_edited");
    case "item.state_changed":
      return event.reason === "" ? say() : say({ reason: event.reason }, "said.item_state_because");
    case "item.voided":
      return say({ reason: event.reason });
    case "item.pinned":
      return say({}, event.pinned ? "said.item_pinned" : "said.item_unpinned");
    case "item.on_wall":
      return say({}, event.on_wall ? "said.item_on_wall" : "said.item_off_wall");
    case "item.assigned":
      return say({ units: event.units.map(({ short_name }) => short_name).join("、") });
    case "item.annotated":
      return say({ text: event.text });
    case "item.attached":
      return say({ name: event.attachment.name });
    case "track.delivered":
    case "track.urged":
    case "track.escalated":
      return say({ units: listed(event.seats) });
    case "track.moved":
      return say({ unit: nameOf(event.seat), text: event.text }, MOVED[event.state] ?? "said.track_read");
    case "track.phoned":
      return say({ unit: nameOf(event.seat) }, event.reached ? "said.track_phoned" : "said.track_not_reached");
    case "extension.asked":
      return say({ unit: nameOf(event.seat), reason: event.reason });
    case "extension.answered":
      return say({ unit: nameOf(event.seat) }, event.granted ? "said.extension_granted" : "said.extension_refused");
    default:
      return say();
  }
}

const STATUS = {
  draft: "said.status_draft",
  active: "said.status_active",
  monitoring: "said.status_monitoring",
  closed: "said.status_closed",
  void: "said.status_void",
} as const;

const MARKED = {
  missed: "said.marked",
  concealed: "said.marked_concealed",
  falsified: "said.marked_falsified",
} as const;

const MOVED: Readonly<Record<string, SaidKey>> = {
  read: "said.track_read",
  signed: "said.track_signed",
  working: "said.track_working",
  replied: "said.track_replied",
  returned: "said.track_returned",
  confirmed: "said.track_confirmed",
};
