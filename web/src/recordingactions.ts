/** What is done with a recording, each verb once. Part of actions.ts. */
import { request } from "./link/socket";
import { newId } from "./state/ids";
import type { Done, ExportWish, MarkerKind } from "./types/wire";

export const pauseRecording = (recording_id: string, reason: string): Promise<Done> =>
  request("recording.pause", { op: newId("o"), recording_id, reason });

export const resumeRecording = (recording_id: string): Promise<Done> =>
  request("recording.resume", { op: newId("o"), recording_id });

export const holdRecording = (recording_id: string, reason: string): Promise<Done> =>
  request("recording.hold", { op: newId("o"), recording_id, reason });

export const releaseRecording = (recording_id: string, reason: string): Promise<Done> =>
  request("recording.release", { op: newId("o"), recording_id, reason });

export const proposeDestruction = (recording_id: string, reason: string): Promise<Done> =>
  request("recording.propose_destruction", { op: newId("o"), recording_id, reason });

export const withdrawDestruction = (recording_id: string): Promise<Done> =>
  request("recording.withdraw_destruction", { op: newId("o"), recording_id });

export const approveDestruction = (recording_id: string): Promise<Done> =>
  request("recording.approve_destruction", { op: newId("o"), recording_id });

export interface MarkText {
  readonly kind: MarkerKind;
  readonly label: string;
  readonly note: string;
  readonly at_ms: number;
}

/** `about`: the live marker that gets a note, or empty. */
export function markRecording(recording_id: string, mark: MarkText, about = ""): Promise<Done> {
  return request("recording.mark", { op: newId("o"), recording_id, mark_id: newId("m"), about, ...mark });
}

/** `base_version` is what the writer was looking at. */
export function changeMark(recording_id: string, mark_id: string, base_version: number, mark: MarkText): Promise<Done> {
  return request("recording.change_mark", { op: newId("o"), recording_id, mark_id, base_version, ...mark });
}

export const removeMark = (recording_id: string, mark_id: string): Promise<Done> =>
  request("recording.remove_mark", { op: newId("o"), recording_id, mark_id });

/** The id of the export. */
export async function exportRecording(recording_id: string, wish: ExportWish): Promise<string> {
  const export_id = newId("e");
  await request("recording.export", { op: newId("o"), recording_id, export_id, wish });
  return export_id;
}

export const cancelExport = (recording_id: string, export_id: string): Promise<Done> =>
  request("recording.cancel_export", { op: newId("o"), recording_id, export_id });
