/** Texts of the player of a recording. */
import type { Dictionary } from "../text";

export const player = {
  "review.transport": "播放控制",
  "review.key_toggle": "播放或暂停",
  "review.key_shuttle": "播放，再按加速",
  "review.back_5": "后退 5 秒",
  "review.forward_5": "前进 5 秒",
  "review.frame_back": "上一帧",
  "review.frame_forward": "下一帧",
  "review.slower": "放慢",
  "review.faster": "加快",
  "review.to_start": "回到开头",
  "review.to_end": "到结尾",
  "review.layout": "画面布局",
  "review.layout_grid": "宫格",
  "review.layout_speaker": "发言人",
  "review.layout_single": "单画面",
  "review.content_of": "{venue} 共享内容",
  "review.copy_link": "复制此刻链接",
  "review.link_copied": "已复制 {time} 的链接",
  "review.link_in_address": "此处不能复制：地址栏已是 {time} 的链接",
  "review.live": "实时",
  "review.to_live": "回到实时",
  "review.look_back": "回看",
  "review.look_back_hint": "在新标签页从 30 秒前回看",
} as const satisfies Dictionary;
