/** Chinese texts: desk. */
import type { Dictionary } from "../text";

export const desk = {} as const satisfies Dictionary;
