/** English texts: review. */
import type { review as zh } from "../zh-CN/review";
import type { Text } from "../text";

export const review: Readonly<Record<keyof typeof zh, Text>> = {};
