/** Camera and microphone of this page: opening them, naming what went wrong, remembering the choice. */

/** Why a device gives nothing: refused by the person, not there, held by another program, or no right to ask. */
export type Trouble = "refused" | "absent" | "busy" | "insecure" | "failed";

export interface Choice {
  camera?: string;
  microphone?: string;
}

/** What opening the devices gave; a missing track always has its reason beside it. */
export interface Capture {
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
  microphoneTrouble: Trouble | null;
  cameraTrouble: Trouble | null;
}

/** Which devices are to be used; a venue that had switched one off comes back with it off. */
export interface Wanted {
  microphone: boolean;
  camera: boolean;
}

export interface Device {
  id: string;
  label: string;
}

export interface DeviceList {
  cameras: Device[];
  microphones: Device[];
}

type Kind = "camera" | "microphone";
export type Opened = { track: MediaStreamTrack | null; trouble: Trouble | null };

const REMEMBERED = "huishang.devices";

export const BOTH: Wanted = { microphone: true, camera: true };

/** 1280x720, because simulcast has its third layer only from 960x540 on. */
const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

const MICROPHONE: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

export function rememberedChoice(): Choice {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const { camera, microphone } = kept as Record<string, unknown>;
    return {
      ...(typeof camera === "string" ? { camera } : {}),
      ...(typeof microphone === "string" ? { microphone } : {}),
    };
  } catch {
    return {}; // a broken or forbidden store is the same as nothing remembered
  }
}

export function rememberChoice(choice: Choice): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(choice));
  } catch {
    // private windows may forbid storage: the choice then holds for this page only
  }
}

/** The name of what getUserMedia threw (Media Capture and Streams, section 10.2). */
export function troubleOf(thrown: unknown): Trouble {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : "";
  switch (name) {
    case "NotAllowedError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "absent";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "SecurityError":
    case "TypeError":
      return "insecure";
    default:
      return "failed";
  }
}

/** Opens both together, so that the browser asks once; what fails is tried again by itself. */
export async function openDevices(choice: Choice, wanted: Wanted = BOTH): Promise<Capture> {
  if (!wanted.camera) {
    const { track, trouble } = await openDevice("microphone", choice);
    return { microphone: track, camera: null, microphoneTrouble: trouble, cameraTrouble: null };
  }
  try {
    const stream = await askFor({ video: wish("camera", choice), audio: wish("microphone", choice) });
    return {
      microphone: stream.getAudioTracks()[0] ?? null,
      camera: stream.getVideoTracks()[0] ?? null,
      microphoneTrouble: null,
      cameraTrouble: null,
    };
  } catch {
    const microphone = await openDevice("microphone", choice);
    const camera = await openDevice("camera", choice);
    return {
      microphone: microphone.track,
      camera: camera.track,
      microphoneTrouble: microphone.trouble,
      cameraTrouble: camera.trouble,
    };
  }
}

/** One device; a remembered one that is gone falls back to the system's own. */
export async function openDevice(kind: Kind, choice: Choice): Promise<Opened> {
  const first = await tryOne(kind, choice);
  return first.trouble === "absent" && choice[kind] !== undefined ? tryOne(kind, {}) : first;
}

async function tryOne(kind: Kind, choice: Choice): Promise<Opened> {
  try {
    const wished = wish(kind, choice);
    const stream = await askFor(kind === "camera" ? { video: wished } : { audio: wished });
    return { track: stream.getTracks()[0] ?? null, trouble: null };
  } catch (thrown) {
    return { track: null, trouble: troubleOf(thrown) };
  }
}

function wish(kind: Kind, choice: Choice): MediaTrackConstraints {
  const id = choice[kind];
  return {
    ...(kind === "camera" ? CAMERA : MICROPHONE),
    ...(id === undefined ? {} : { deviceId: { exact: id } }),
  };
}

async function askFor(constraints: MediaStreamConstraints): Promise<MediaStream> {
  // Off https and localhost a browser has no mediaDevices at all.
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  if (devices === undefined) throw new DOMException("no secure context", "SecurityError");
  return devices.getUserMedia(constraints);
}

/** Labels are empty until the person has allowed one of the devices. */
export async function listDevices(): Promise<DeviceList> {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  const all = devices === undefined ? [] : await devices.enumerateDevices();
  const named = (kind: MediaDeviceKind): Device[] =>
    all
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return { cameras: named("videoinput"), microphones: named("audioinput") };
}

/** Calls back whenever a device is plugged in or pulled out; returns how to stop. */
export function onDevicesChanged(changed: () => void): () => void {
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  devices?.addEventListener("devicechange", changed);
  return () => devices?.removeEventListener("devicechange", changed);
}
