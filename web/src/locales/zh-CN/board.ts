/** Chinese texts: board. */
import type { Dictionary } from "../text";

export const board = {} as const satisfies Dictionary;
