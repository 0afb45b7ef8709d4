/** Choosing camera and microphone, seeing oneself, and being told what is wrong with them. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

import {
  listDevices,
  onDevicesChanged,
  type Choice,
  type Device,
  type DeviceList,
  type Trouble,
} from "../media/devices";
import { meter, reach } from "../media/loudness";
import "../styles/devices.css";
import { Field } from "../ui/elements";
import { t } from "../ui/i18n";

const NO_DEVICES: DeviceList = { cameras: [], microphones: [] };

interface DeviceChoiceProps {
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
  /** Changes whenever a device was opened: only then have the others names. */
  readonly opened: unknown;
}

export function DeviceChoice({ choice, onChoose, opened }: DeviceChoiceProps): JSX.Element {
  const [list, setList] = useState(NO_DEVICES);
  useEffect(() => {
    let here = true;
    const read = (): void => void listDevices().then((found) => here && setList(found));
    read();
    const stop = onDevicesChanged(read);
    return () => {
      here = false;
      stop();
    };
  }, [opened]);
  return (
    <div class="device-choice">
      <DeviceSelect
        label={t("media.camera")}
        devices={list.cameras}
        nameless={(n) => t("media.unnamed_camera", { n })}
        chosen={choice.camera}
        onChoose={(camera) => onChoose({ camera })}
      />
      <DeviceSelect
        label={t("media.microphone")}
        devices={list.microphones}
        nameless={(n) => t("media.unnamed_microphone", { n })}
        chosen={choice.microphone}
        onChoose={(microphone) => onChoose({ microphone })}
      />
    </div>
  );
}

interface DeviceSelectProps {
  readonly label: string;
  readonly devices: readonly Device[];
  readonly nameless: (n: number) => string;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

function DeviceSelect({ label, devices, nameless, chosen, onChoose }: DeviceSelectProps): JSX.Element {
  const known = devices.some((device) => device.id === chosen);
  return (
    <Field label={label}>
      {({ id }) => (
        <select
          id={id}
          class="input"
          value={known ? chosen : (devices[0]?.id ?? "")}
          disabled={devices.length === 0}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {devices.length === 0 && <option value="">{t("media.system_default")}</option>}
          {devices.map((device, n) => (
            <option key={device.id} value={device.id}>
              {device.label === "" ? nameless(n + 1) : device.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Shows a track; nothing of another track is ever left standing in it. */
export function TrackVideo({ track, mirrored = false, onFrame }: TrackVideoProps): JSX.Element {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) return undefined;
    video.srcObject = new MediaStream([track]);
    video.play().catch(() => undefined); // a muted video may always play; a removed one need not
    return () => {
      video.srcObject = null;
    };
  }, [track]);
  return (
    <video
      ref={element}
      class={mirrored ? "mirrored" : undefined}
      muted
      autoplay
      playsInline
      aria-hidden="true"
      onLoadedData={onFrame}
    />
  );
}

interface TrackVideoProps {
  readonly track: MediaStreamTrack;
  readonly mirrored?: boolean;
  /** The first picture has come. */
  readonly onFrame?: () => void;
}

/** One sentence for both devices: what is missing, what still works, what to do. */
export function troubleText(camera: Trouble | null, microphone: Trouble | null): string | null {
  if (camera !== null && microphone !== null) return t(`media.both_${microphone}`);
  if (camera !== null) return t(`media.camera_${camera}`);
  return microphone === null ? null : t(`media.microphone_${microphone}`);
}

/** How loud the own microphone is, drawn past the virtual DOM. */
export function MicrophoneLevel({ track }: { track: MediaStreamTrack }): JSX.Element {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(
    () => meter(track, (level_db) => bar.current?.style.setProperty("--level", reach(level_db).toFixed(2))),
    [track],
  );
  return <div ref={bar} class="microphone-level" role="img" aria-label={t("media.level")} />;
}
