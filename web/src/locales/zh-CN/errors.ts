/** Chinese texts: refusals the page itself gives, and those it can say better than the hub. */
import type { Dictionary } from "../text";

export const errors = {
  "error.line.down": "线路中断，操作未送达。恢复连接后请重试。",
  "error.line.timeout": "系统没有及时回应，不能确定操作是否完成，请稍候查看。",
  "error.line.garbled": "收到的回应无法识别，请重新加载页面。",
  "error.share.failed": "屏幕未能共享。请检查系统是否允许浏览器录制屏幕，然后再试。",
  "error.auth.required": "登录已失效，请重新登录。",
  "error.session.presenting": "{name}正在共享，请等其结束，或由主席停止后再试。",
  "error.internal": "出现意外错误，请重试；如仍不行，请联系管理员。",
} as const satisfies Dictionary;
