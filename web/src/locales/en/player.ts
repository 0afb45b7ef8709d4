/** Texts of the player of a recording. */
import type { player as zh } from "../zh-CN/player";
import type { Text } from "../text";

export const player: Readonly<Record<keyof typeof zh, Text>> = {
  "review.transport": "Transport",
  "review.key_toggle": "Play or pause",
  "review.key_shuttle": "Play, again for faster",
  "review.back_5": "Back 5 seconds",
  "review.forward_5": "Forward 5 seconds",
  "review.frame_back": "Previous frame",
  "review.frame_forward": "Next frame",
  "review.slower": "Slower",
  "review.faster": "Faster",
  "review.to_start": "To the beginning",
  "review.to_end": "To the end",
  "review.layout": "Layout",
  "review.layout_grid": "Grid",
  "review.layout_speaker": "Speaker",
  "review.layout_single": "One picture",
  "review.content_of": "{venue}, shared content",
  "review.copy_link": "Copy link to this moment",
  "review.link_copied": "Link to {time} copied",
  "review.link_in_address": "Cannot copy here: the address bar has the link to {time}",
  "review.live": "live",
  "review.to_live": "Back to live",
  "review.look_back": "Look back",
  "review.look_back_hint": "Opens the recording 30 seconds ago in a new tab",
};
