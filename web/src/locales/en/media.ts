/** English texts: devices, the media line, and what goes wrong with them. */
import type { media as zh } from "../zh-CN/media";
import type { Text } from "../text";

export const media: Readonly<Record<keyof typeof zh, Text>> = {
  "media.camera": "Camera",
  "media.microphone": "Microphone",
  "media.devices": "Camera and microphone",
  "media.system_default": "System default",
  "media.unnamed_camera": "Camera {n}",
  "media.unnamed_microphone": "Microphone {n}",
  "media.preview_off": "Camera is not on",
  "media.opening": "Opening the devices…",
  "media.level": "Microphone level",
  "media.try_again": "Try again",

  "media.camera_refused": "The browser may not use the camera: you take part with sound only. Allow the camera at the address bar, then try again.",
  "media.camera_absent": "No camera was found: you take part with sound only.",
  "media.camera_busy": "Another program holds the camera: you take part with sound only. Close that program, then try again.",
  "media.camera_insecure": "This address is not secure, so the browser offers no camera. Log in at the https address.",
  "media.camera_failed": "The camera did not open: you take part with sound only.",
  "media.microphone_refused": "The browser may not use the microphone: nobody hears you. Allow the microphone at the address bar, then try again.",
  "media.microphone_absent": "No microphone was found: nobody hears you.",
  "media.microphone_busy": "Another program holds the microphone: nobody hears you. Close that program, then try again.",
  "media.microphone_insecure": "This address is not secure, so the browser offers no microphone. Log in at the https address.",
  "media.microphone_failed": "The microphone did not open: nobody hears you.",
  "media.both_refused": "The browser may use neither camera nor microphone: you can see and hear, but not speak. Allow them at the address bar, then try again.",
  "media.both_absent": "Neither camera nor microphone was found: you can see and hear, but not speak.",
  "media.both_busy": "Another program holds camera and microphone: you can see and hear. Close that program, then try again.",
  "media.both_insecure": "This address is not secure, so the browser offers neither camera nor microphone: you can see and hear. Log in at the https address.",
  "media.both_failed": "Camera and microphone did not open: you can see and hear.",

  "media.blocked": "No sound or picture: the network lets no media through. Board and calls work. Ask the network admin to allow this computer to reach {address}, either of the two; the page keeps trying.",
  "media.blocked_nowhere": "No sound or picture: the hub has not answered the media request. The board works; the page keeps trying.",
  "media.refused": "No sound or picture: {problem} The page keeps trying.",
  "media.receive_lost": "Picture and sound are interrupted; restoring them.",
  "media.send_lost": "The other venues do not receive you at the moment; restoring it.",
  "media.line_cut": "The line to the hub is broken, reconnecting. Picture and sound go on.",
  "media.all_cut": "The network is broken, reconnecting. You come back to the consultation by yourself.",
  "media.line_given_up":
    "Cut off for ten minutes: you no longer come back by yourself. Reconnect when the network is there again.",
  "media.given_up": "Tried for ten minutes: picture and sound do not get through. The board and calls work.",
  "media.given_up_at":
    "Tried for ten minutes: picture and sound do not get through. The board and calls work. Ask the network administrator to look at the way to {address}, then reconnect.",
  "media.reconnect": "Reconnect",
  "media.trying": "for {since}, tried for {left} more",
  "media.own_poor": "This venue's line is poor: pictures may become smaller, sound comes first.",

  "media.line_coming": "connecting",
  "media.line_0": "down",
  "media.line_1": "very poor",
  "media.line_2": "poor",
  "media.line_3": "fair",
  "media.line_4": "good",
  "media.line_detail": "Round trip {rtt} ms · loss {loss}% · down {down} · up {up}",
};
