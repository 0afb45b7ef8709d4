// Generated from signaling/vocabulary.py and signaling/bodies.py by `make types`. Do not edit.

import type { BookingCancelled, BookingChanged, BookingLineTested, BookingPlanned, BookingReminded, BookingReplied, BookingStarted } from "./booking";
import type { CrewChanged, EmptyFlagged, EntryCorrected, EntryVoided, EntryWritten, HandoverGiven, HandoverSigned, HandoverWithdrawn, ItemsNoted, ReportLinked, SheetCollected, ShiftNoticed, ShiftRemoved, ShiftsPlanned, WatchBegan } from "./duty";
import type { ExtensionAnswered, ExtensionAsked, ItemAdded, ItemAnnotated, ItemAssigned, ItemAttached, ItemEdited, ItemHidden, ItemMoved, ItemOnWall, ItemPinned, ItemShared, ItemShown, ItemStateChanged, ItemVoided, TrackMoved, TrackPhoned, TracksDelivered, TracksEscalated, TracksUrged, Withheld } from "./item";
import type { AccountAdded, AccountDisabled, GroupRemoved, GroupSet, SeatAdded, SeatEdited, TemplateRemoved, TemplateSet } from "./organisation";
import type { GuestAdmitted, GuestInvited, InvitationWithdrawn, WallAdded, WallCleared, WallRevoked, WallShown } from "./outside";
import type { PaperApproved, PaperDrafted, PaperEdited, PaperIssued, PaperPushed, PaperRead, PaperReplaced, PaperReturned, PaperSubmitted } from "./paper";
import type { DestructionApproved, DestructionProposed, DestructionStuck, DestructionWithdrawn, ExportCancelled, ExportFailed, ExportFinished, ExportRemoved, ExportRequested, GapClosed, GapOpened, KeepingDenied, KeepingHeld, KeepingReleased, KeepingViewed, MarkChanged, MarkRemoved, MarkSet, RecordingDestroyed, RecordingInterrupted, RecordingPaused, RecordingReady, RecordingResumed, RecordingStarted, RecordingStopped, RecordingViewed, TrackFailed, TrackOpened, TrackRecovered, TrackSealed, TrackStored } from "./recording";
import type { RollCallAppended, RollCallAsked, RollCallEnded, RollCallStarted, RollCallTicked } from "./rollcall";
import type { BroadcastStarted, BroadcastStopped, CallEscalated, CarouselPaused, CarouselStarted, CarouselStopped, CarouselTurned, ChairPassed, ChairRequestEnded, ChairRequested, DevicesSet, EndPlanned, FloorEnded, FloorGiven, FloorRequestEnded, FloorRequested, LayoutSet, MarkerSet, MuteOnEntrySet, PhoneCallNoted, PresentationLocked, PresentationStarted, PresentationStopped, SelfUnmuteSet, SessionEnded, SessionLocked, SessionStarted, SourceEnded, SourceStarted, SpeakModeSet, VenueAdded, VenueAlerted, VenueAnswered, VenueCalled, VenueDeclined, VenueDropped, VenueJoined, VenueLeft, VenueMissed, VenueMuted, VenueRemoved, VenueRenamed, VenueReturned, VenueSpoke, VenueUnmuted, VoiceSwitchingSet } from "./session";
import type { PhoneRowAdded, RowAnswered, RowCalled, RowJudged, RowMissed, RowWithdrawn, SpotCheckClosed, SpotCheckStarted } from "./spotcheck";
import type { BoardOpened, BoardsClosed, CasualtiesRecorded, DeadlineMet, DeadlinesSet, EntryNoted, FirstReported, HeaderEdited, LevelChanged, MarkRetracted, Marked, SessionLinked, StatusChanged, UnitRemoved, UnitsAdded, WorkspaceExported, WorkspaceOpened } from "./workspace";

/** Who did it: the account, the person behind it and the office's seat as it was named then. */
export interface Actor {
  account: string;
  person: string;
  role: Role;
  seat: string | null;
  seat_name: string | null;
}

/** The four kinds of people, those that are let in without an account, and the hub itself. */
export type Role = "officer" | "seat" | "reviewer" | "admin" | "guest" | "wall" | "hub";

/** An event in its place: `seq` counts from 1 in its `stream`, `at_ms` is the hub's clock.
 * 
 * `op` is the sender's own id of the wish; the same wish sent twice happens once (rule J3). */
export interface Recorded {
  stream: string;
  seq: number;
  at_ms: number;
  actor: Actor;
  event: DomainEvent;
  op: string | null;
}

export type DomainEvent = SeatAdded | SeatEdited | AccountAdded | AccountDisabled | GroupSet | GroupRemoved | TemplateSet | TemplateRemoved | SessionStarted | VenueAdded | VenueCalled | VenueAnswered | VenueDeclined | VenueMissed | VenueJoined | VenueDropped | VenueReturned | VenueLeft | DevicesSet | VenueMuted | VenueUnmuted | PresentationStarted | PresentationStopped | SourceStarted | SourceEnded | VenueSpoke | MarkerSet | SessionEnded | ChairRequested | ChairRequestEnded | ChairPassed | SpeakModeSet | SelfUnmuteSet | MuteOnEntrySet | FloorRequested | FloorRequestEnded | FloorGiven | FloorEnded | BroadcastStarted | BroadcastStopped | CarouselStarted | CarouselPaused | CarouselTurned | CarouselStopped | LayoutSet | VoiceSwitchingSet | RollCallStarted | RollCallAsked | RollCallTicked | RollCallAppended | RollCallEnded | VenueAlerted | CallEscalated | PhoneCallNoted | SessionLocked | PresentationLocked | EndPlanned | VenueRenamed | VenueRemoved | GuestInvited | InvitationWithdrawn | GuestAdmitted | WorkspaceOpened | HeaderEdited | LevelChanged | CasualtiesRecorded | UnitsAdded | UnitRemoved | StatusChanged | DeadlinesSet | DeadlineMet | FirstReported | BoardOpened | SessionLinked | EntryNoted | WorkspaceExported | BoardsClosed | Marked | MarkRetracted | ItemAdded | ItemEdited | ItemMoved | ItemStateChanged | ItemVoided | ItemPinned | ItemOnWall | ItemShared | ItemAssigned | ItemAnnotated | ItemAttached | TracksDelivered | TrackMoved | TracksUrged | TracksEscalated | TrackPhoned | ExtensionAsked | ExtensionAnswered | ItemShown | ItemHidden | Withheld | RecordingStarted | TrackOpened | TrackSealed | TrackRecovered | TrackFailed | GapOpened | GapClosed | RecordingInterrupted | RecordingPaused | RecordingResumed | RecordingStopped | RecordingReady | RecordingViewed | KeepingViewed | KeepingDenied | KeepingHeld | KeepingReleased | DestructionProposed | DestructionWithdrawn | DestructionApproved | DestructionStuck | RecordingDestroyed | MarkSet | MarkChanged | MarkRemoved | ExportRequested | ExportFinished | ExportFailed | ExportCancelled | ExportRemoved | TrackStored | WallAdded | WallRevoked | WallShown | WallCleared | SpotCheckStarted | RowCalled | RowAnswered | RowMissed | RowWithdrawn | RowJudged | PhoneRowAdded | SpotCheckClosed | BookingPlanned | BookingChanged | BookingCancelled | BookingReplied | BookingLineTested | BookingReminded | BookingStarted | PaperDrafted | PaperEdited | PaperSubmitted | PaperApproved | PaperReturned | PaperIssued | PaperPushed | PaperRead | PaperReplaced | ShiftsPlanned | CrewChanged | ShiftRemoved | WatchBegan | SheetCollected | ItemsNoted | HandoverGiven | HandoverWithdrawn | HandoverSigned | EntryWritten | EntryCorrected | EntryVoided | ReportLinked | ShiftNoticed | EmptyFlagged;
