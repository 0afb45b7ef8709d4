/** English texts: consultation. */
import type { consultation as zh } from "../zh-CN/consultation";
import type { Text } from "../text";

export const consultation: Readonly<Record<keyof typeof zh, Text>> = {};
