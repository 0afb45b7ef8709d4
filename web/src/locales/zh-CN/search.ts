/** Chinese texts: looking for something in all incidents at once. */
import type { Dictionary } from "../text";

export const search = {
  "search.open": "搜索",
  "search.title": "搜索全部事件",
  "search.field": "编号、标题、条目内容",
  "search.key": "搜索全部事件（Ctrl K）",
  "search.hint": "可同时输入几个词，不分全角半角和大小写。只列出本单位可见的内容。",
  "search.looking": "正在查找…",
  "search.none": "没有找到“{query}”。可换一个词，或少输几个词。",
  "search.found": "找到 {n} 条",
  "search.incomplete": "系统刚启动，正在整理以往的事件，结果可能不全，请稍后再试。",
  "search.incident": "事件",
  "search.voided": "作废",
  "search.go": "↑ ↓ 选择，回车打开",
} as const satisfies Dictionary;
