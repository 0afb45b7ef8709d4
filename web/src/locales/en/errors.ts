/** English texts: refusals the page itself gives, and those it can say better than the hub. */
import type { Text } from "../text";
import type { errors as zh } from "../zh-CN/errors";

export const errors: Readonly<Record<keyof typeof zh, Text>> = {
  "error.line.down": "The line is down; nothing was sent. Please retry when it is back.",
  "error.line.timeout": "The hub did not answer in time; the request may or may not have gone through. Please check.",
  "error.line.garbled": "The answer could not be understood; please reload the page.",
  "error.share.failed":
    "The screen could not be shared. Check that the system lets the browser record the screen, and try again.",
  "error.auth.required": "Your login is no longer valid; please log in again.",
  "error.session.presenting": "{name} is sharing; wait for its end, or let the chair stop it.",
  "error.internal": "Something unexpected went wrong. Retry, or call the administrator.",
};
