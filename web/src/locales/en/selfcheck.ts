/** English texts of the self-check. */
import type { selfcheck as zh } from "../zh-CN/selfcheck";
import type { Text } from "../text";

export const selfcheck: Readonly<Record<keyof typeof zh, Text>> = {
  "check.title": "Device check",
  "check.what":
    "Some 20 seconds for camera, microphone, speaker, line and bandwidth. Only you see and hear it; nothing is recorded or kept.",
  "check.start": "Start the check",
  "check.again": "Check again",
  "check.in_session": "A consultation is on: the check would take its line and devices. Check after it has ended.",
  "check.parts": "What is checked",
  "check.offline": "The line to the hub is broken; check when it is back.",

  "check.camera": "Camera",
  "check.microphone": "Microphone",
  "check.speaker": "Speaker",
  "check.udp": "Line (UDP)",
  "check.tcp": "Line (TCP)",
  "check.bandwidth": "Bandwidth",

  "check.waiting": "Waiting",
  "check.running": "Checking",
  "check.asking": "Please confirm",
  "check.passed": "Passed",
  "check.poor": "Works, but look",
  "check.failed": "Failed",

  "check.doing_camera": "Opening the camera…",
  "check.doing_microphone": "Please say something",
  "check.doing_speaker": "Playing the tones…",
  "check.doing_udp": "Sending picture and sound through the hub and back…",
  "check.doing_tcp": "Sending picture and sound through the hub and back…",
  "check.doing_bandwidth": "Measuring down and up…",

  "check.figures_camera": "{width}×{height}, {fps} frames a second, {device}",
  "check.figures_microphone": "{device}",
  "check.figures_line": "up in {connected} ms, round trip {rtt} ms, loss {loss}%, {fps} frames a second come back",
  "check.figures_bandwidth": "down {down} Mbit/s, up {up} Mbit/s",

  "check.hear_question": "Did you hear the tones?",
  "check.hear_yes": "I heard them",
  "check.hear_no": "I did not",
  "check.hear_again": "Play again",

  "check.why_camera_refused":
    "The browser may not use the camera. Allow it with the permission icon at the address bar, then check again.",
  "check.why_camera_absent":
    "No camera was found. Look at its cable, or choose another one. Without a camera you can take part with sound.",
  "check.why_camera_busy": "Another program holds the camera. Close it, then check again.",
  "check.why_camera_insecure": "This address is not secure, so the browser offers no camera. Log in at the https address.",
  "check.why_camera_failed": "The camera could not be opened. Unplug it, plug it in and check again.",
  "check.why_camera_dark": "The camera is open but shows nothing. Look at its cover and its switch.",
  "check.why_microphone_refused":
    "The browser may not use the microphone. Allow it with the permission icon at the address bar, then check again.",
  "check.why_microphone_absent": "No microphone was found. Look at its cable, or choose another one.",
  "check.why_microphone_busy": "Another program holds the microphone. Close it, then check again.",
  "check.why_microphone_insecure":
    "This address is not secure, so the browser offers no microphone. Log in at the https address.",
  "check.why_microphone_failed": "The microphone could not be opened. Unplug it, plug it in and check again.",
  "check.why_microphone_silent":
    "The microphone is open but entirely silent. Look at its switch and at the system's recording settings.",
  "check.why_microphone_quiet":
    "No speech was heard. Speak close to the microphone and check again; if that does not help, raise the recording volume.",
  "check.why_speaker_unheard":
    "Look at the cable, the volume and the system's output device, then play the tones again.",

  "check.why_udp_blocked":
    "UDP does not get through. Ask the network administrator to let this computer reach {address}; while TCP works media goes that way, and may halt on a bad line.",
  "check.why_udp_closed": "The hub names no UDP address; tell the administrator.",
  "check.why_udp_empty": "UDP is up but no picture came back. Check again; if it stays so, tell the administrator.",
  "check.why_udp_lossy":
    "The line loses packets or is slow: pictures may become smaller, sound comes first. Look at the cable and stop programs that use the network.",
  "check.why_udp_refused": "The hub did not take the check: {problem}",
  "check.why_tcp_blocked":
    "TCP, the second way, does not get through. Ask the network administrator to allow {address} too; while UDP works this does no harm.",
  "check.why_tcp_closed": "The hub has no TCP port open. While UDP works this does no harm.",
  "check.why_tcp_empty": "TCP is up but no picture came back. Check again; if it stays so, tell the administrator.",
  "check.why_tcp_lossy": "The second way is slow; it is used only when UDP does not get through.",
  "check.why_tcp_refused": "The hub did not take the check: {problem}",
  "check.why_bandwidth_narrow":
    "Good pictures need 2 Mbit/s each way. With less they become smaller, and sound comes first. Stop programs that use the network, or ask the network administrator.",
  "check.why_bandwidth_unknown": "The bandwidth could not be measured. Check again; if it stays so, tell the administrator.",
  "check.why_bandwidth_busy": "Others are measuring at this moment; check again soon.",

  "check.whole_running": "Checking…",
  "check.whole_ready": "All is well: you can take part.",
  "check.whole_limited": "You can take part; please read the notes below.",
  "check.whole_unable":
    "Picture and sound do not get through: in a consultation you would have the board only. Send the result below to the administrator.",

  "check.result": "Result (for the administrator)",
  "check.copy": "Copy the result",
  "check.copied": "The result has been copied",
  "check.copy_failed": "It could not be copied; select the text and copy it by hand",
  "check.plain_head": "Huishang device check {time}",
  "check.plain_seat": "Seat: {seat}  Person: {person}",
  "check.plain_page": "Browser: {agent}",
  "check.plain_row": "{part}: {verdict}",
  "check.open": "Device check",
  "check.home_row": "Devices",
};
