/** English texts: desk. */
import type { Text } from "../text";
import type { desk as zh } from "../zh-CN/desk";

export const desk: Readonly<Record<keyof typeof zh, Text>> = {};
