/** English texts: media. */
import type { media as zh } from "../zh-CN/media";
import type { Text } from "../text";

export const media: Readonly<Record<keyof typeof zh, Text>> = {};
