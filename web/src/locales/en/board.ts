/** English texts: board. */
import type { Text } from "../text";
import type { board as zh } from "../zh-CN/board";

export const board: Readonly<Record<keyof typeof zh, Text>> = {};
