/** Texts of the timeline of a recording, of the events beside it and of the steps between changes of the boards. */
import type { Dictionary } from "../text";

export const timeline = {
  "timeline.zoom": "时间轴缩放",
  "timeline.zoom_in": "放大时间轴",
  "timeline.zoom_out": "缩小时间轴",
  "timeline.zoom_all": "显示全程",
  "timeline.unfold": "展开全部单位和事项",
  "timeline.fold": "收起",
  "timeline.lane_key": "要点",
  "timeline.recorded_here": "已录制 {time}，{length}",
  "timeline.ring_here": "呼叫 {venue} {time}，{length}",
  "timeline.speaks_here": "{venues} 发言",
  "timeline.more_here": "另有 {n} 条",
  "timeline.flag_decision": "决",
  "timeline.flag_instruction": "指",
  "timeline.flag_todo": "办",
  "timeline.flag_key": "关",
} as const satisfies Dictionary;
