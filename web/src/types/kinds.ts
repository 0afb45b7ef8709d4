// Generated from hub/domain/kinds.py by `make types`. Do not edit.

/** One kind of board. `purpose`, `writers` and `asks` are the three lines of its head.
 * 
 * The first of `states` is that of a new item. `units_add`: units add items of their own; else only the
 * duty office does. `tracked`: an item asks something of units, and each has its track. `reach`: to whom
 * an item of the office or a department goes when nobody says otherwise; a city's goes to `city_reach`. */
export interface Kind {
  kind: BoardKind;
  zh: string;
  en: string;
  purpose: Words;
  writers: Words;
  asks: Words;
  fields: Field[];
  states: StateOf[];
  moves: Move[];
  units_add: boolean;
  tracked: boolean;
  reach: Reach;
  city_reach: Reach;
}

/** The eleven kinds of domain.md 3.3; their Chinese and English names stand in the table (kinds.py). */
export type BoardKind = "situation" | "report" | "instruction" | "warning" | "hazard" | "task" | "resource" | "duty" | "check" | "opinion" | "keyevent";

export interface Words {
  zh: string;
  en: string;
}

/** One field of an item. `element`: a required element of a report, savable as 待核实 (empty). */
export interface Field {
  name: string;
  type: FieldType;
  zh: string;
  en: string;
  writer: Writer;
  choices: Choice[];
  element: boolean;
}

/** How the text of a field is read: one line, many lines, a code, a number, milliseconds, a seat's id. */
export type FieldType = "line" | "long" | "choice" | "number" | "time" | "seat";

/** Who may write a field of an item that is there.
 * 
 * `author`: the seat that wrote the item. `assignee`: the units it is assigned to, and the author.
 * `office`: the duty office on anybody's item, and the author. `secret`: the duty office, and nobody
 * else ever receives it (T9). `once`: the author while it is empty; afterwards it stands. */
export type Writer = "author" | "assignee" | "office" | "secret" | "once";

/** One value of a field of choices. */
export interface Choice {
  value: string;
  zh: string;
  en: string;
}

/** A state of an item. `final`: nothing more is expected, it is never overdue. */
export interface StateOf {
  value: string;
  zh: string;
  en: string;
  final: boolean;
}

/** A step from one of `sources` to `target`; `zh` and `en` are the verb on the button. */
export interface Move {
  name: string;
  sources: string[];
  target: string;
  who: Who[];
  zh: string;
  en: string;
  needs_reason: boolean;
}

/** Who may move an item from state to state. `second`: a unit that did not report it done itself. */
export type Who = "author" | "assignee" | "office" | "second";

/** 本室 · 填报与承办单位 · 省直单位 · 全部参加单位: to whom an item goes (T8).
 * 
 * Its author, its assignees and the units it is shared with see it in any case, but for `office`. */
export type Reach = "office" | "unit" | "departments" | "all";

/** One office's limits. `followups`: minutes of the Beijing day; from `followup_from` level upwards.
 * 
 * `unread_s`: a unit that has not read goes on the telephone list. `unconfirmed_s`: that has not signed,
 * is urged, again every `urge_every_s` until it signs. `first_reply_min`: an answer is expected in so
 * many minutes from a unit that was warned. */
export interface Profile {
  name: string;
  zh: string;
  limits: Limit[];
  followups: number[];
  followup_from: EventLevel;
  unread_s: number;
  unconfirmed_s: number;
  urge_every_s: number;
  first_reply_min: number;
}

/** A report of an incident of `level` by `channel` within so many minutes. */
export interface Limit {
  level: EventLevel;
  channel: Channel;
  minutes: number;
  base: Base;
}

/** 特别重大 · 重大 · 较大 · 一般 */
export type EventLevel = "I" | "II" | "III" | "IV";

/** 电话报告 · 书面报告 */
export type Channel = "phone" | "written";

/** From when the minutes count: 事发时间 · 接报时间 */
export type Base = "occurred" | "learned";

/** Fields that every kind has. */
export const COMMON: readonly Field[] = [
  {"name": "text", "type": "line", "zh": "内容", "en": "Text", "writer": "author", "choices": [], "element": false},
  {"name": "body", "type": "long", "zh": "详情", "en": "Details", "writer": "author", "choices": [], "element": false},
  {"name": "place", "type": "line", "zh": "地点", "en": "Place", "writer": "author", "choices": [], "element": false},
  {"name": "lon", "type": "number", "zh": "经度", "en": "Longitude", "writer": "author", "choices": [], "element": false},
  {"name": "lat", "type": "number", "zh": "纬度", "en": "Latitude", "writer": "author", "choices": [], "element": false},
  {"name": "source", "type": "line", "zh": "来源", "en": "Source", "writer": "author", "choices": [], "element": false},
  {"name": "channel", "type": "choice", "zh": "渠道", "en": "Channel", "writer": "author", "choices": [{"value": "", "zh": "未注明", "en": "not said"}, {"value": "phone", "zh": "电话", "en": "telephone"}, {"value": "video", "zh": "视频会商", "en": "video"}, {"value": "intranet", "zh": "电子政务内网", "en": "intranet"}, {"value": "field", "zh": "现场", "en": "on site"}, {"value": "media", "zh": "媒体网络", "en": "media"}, {"value": "other", "zh": "其他", "en": "other"}], "element": false},
  {"name": "credibility", "type": "choice", "zh": "核实", "en": "Credibility", "writer": "office", "choices": [{"value": "unverified", "zh": "待核实", "en": "unverified"}, {"value": "verified", "zh": "已核实", "en": "verified"}, {"value": "false", "zh": "不实", "en": "false"}], "element": false},
  {"name": "as_of", "type": "time", "zh": "截至", "en": "As of", "writer": "author", "choices": [], "element": false},
  {"name": "due", "type": "time", "zh": "时限", "en": "Due", "writer": "once", "choices": [], "element": false},
];

/** The eleven kinds, in the order of the list beside the boards. */
export const KINDS: Readonly<Record<BoardKind, Kind>> = {
  situation: {
    kind: "situation",
    zh: "态势研判板",
    en: "Situation",
    purpose: {"zh": "各单位共同掌握的事实、研判、预测和缺口", "en": "What all know, judge, expect and lack"},
    writers: {"zh": "各单位填本单位条目，值班室核实、置顶", "en": "Units write their own; the office verifies and pins"},
    asks: {"zh": "有新情况一句话写上，注明截至时间和来源", "en": "Write what is new in one line, with time and source"},
    fields: [
      {"name": "category", "type": "choice", "zh": "类别", "en": "Category", "writer": "author", "choices": [{"value": "fact", "zh": "事实", "en": "fact"}, {"value": "judgement", "zh": "研判", "en": "judgement"}, {"value": "forecast", "zh": "预测", "en": "forecast"}, {"value": "gap", "zh": "缺口", "en": "gap"}], "element": false},
    ],
    states: [
      {"value": "current", "zh": "现行", "en": "current", "final": false},
      {"value": "settled", "zh": "已处理", "en": "settled", "final": true},
    ],
    moves: [
      {"name": "settle", "sources": ["current"], "target": "settled", "who": ["author", "office"], "zh": "标为已处理", "en": "Mark as settled", "needs_reason": false},
      {"name": "reopen", "sources": ["settled"], "target": "current", "who": ["author", "office"], "zh": "恢复为现行", "en": "Reopen", "needs_reason": false},
    ],
    units_add: true,
    tracked: false,
    reach: "all",
    city_reach: "departments",
  },
  report: {
    kind: "report",
    zh: "信息报送板",
    en: "Reports",
    purpose: {"zh": "首报、续报、终报和电话记录", "en": "Initial, follow-up and final reports, and telephone records"},
    writers: {"zh": "报送单位填写，值班室采用或退回", "en": "The reporting unit writes; the office adopts or returns"},
    asks: {"zh": "先报告、后核实：不清楚的要素可空着，标为待核实", "en": "Report first, verify later: leave blank what is unknown"},
    fields: [
      {"name": "type", "type": "choice", "zh": "报告类型", "en": "Type", "writer": "once", "choices": [{"value": "initial", "zh": "首报", "en": "initial report"}, {"value": "followup", "zh": "续报", "en": "follow-up"}, {"value": "final", "zh": "终报", "en": "final report"}, {"value": "phone", "zh": "电话记录", "en": "telephone record"}, {"value": "clue", "zh": "舆情线索", "en": "public opinion clue"}], "element": false},
      {"name": "learned", "type": "time", "zh": "接报时间", "en": "Time received", "writer": "author", "choices": [], "element": true},
      {"name": "occurred", "type": "time", "zh": "事发时间", "en": "Time of occurrence", "writer": "author", "choices": [], "element": true},
      {"name": "nature", "type": "long", "zh": "事件性质与起因", "en": "Nature and cause", "writer": "author", "choices": [], "element": true},
      {"name": "casualties", "type": "long", "zh": "伤亡与损失", "en": "Casualties and losses", "writer": "author", "choices": [], "element": true},
      {"name": "scope", "type": "long", "zh": "影响范围", "en": "Extent", "writer": "author", "choices": [], "element": true},
      {"name": "trend", "type": "long", "zh": "发展趋势", "en": "Trend", "writer": "author", "choices": [], "element": true},
      {"name": "leaders", "type": "long", "zh": "领导到位情况", "en": "Leaders on site", "writer": "author", "choices": [], "element": true},
      {"name": "measures", "type": "long", "zh": "已采取措施", "en": "Measures taken", "writer": "author", "choices": [], "element": true},
      {"name": "requests", "type": "long", "zh": "请求事项与建议", "en": "Requests and advice", "writer": "author", "choices": [], "element": true},
      {"name": "contact", "type": "line", "zh": "现场负责人（姓名、职务、电话）", "en": "Who leads on site (name, post, phone)", "writer": "author", "choices": [], "element": true},
      {"name": "caller", "type": "line", "zh": "来电人（单位、姓名、职务）", "en": "Caller (unit, name, post)", "writer": "author", "choices": [], "element": false},
      {"name": "phone", "type": "line", "zh": "来电号码", "en": "Caller's number", "writer": "author", "choices": [], "element": false},
      {"name": "told", "type": "line", "zh": "已向谁报告", "en": "Already reported to", "writer": "author", "choices": [], "element": false},
      {"name": "signed_by", "type": "line", "zh": "签发人", "en": "Signed off by", "writer": "author", "choices": [], "element": false},
      {"name": "heat", "type": "line", "zh": "热度", "en": "Heat", "writer": "author", "choices": [], "element": false},
      {"name": "proposal", "type": "long", "zh": "拟办意见", "en": "Proposed handling", "writer": "secret", "choices": [], "element": false},
      {"name": "proposal_state", "type": "choice", "zh": "拟办状态", "en": "State of the proposal", "writer": "secret", "choices": [{"value": "draft", "zh": "草拟", "en": "draft"}, {"value": "submitted", "zh": "已呈送", "en": "submitted"}, {"value": "approved", "zh": "已批准", "en": "approved"}], "element": false},
    ],
    states: [
      {"value": "draft", "zh": "草稿", "en": "draft", "final": false},
      {"value": "submitted", "zh": "已提交", "en": "submitted", "final": false},
      {"value": "returned", "zh": "已退回", "en": "returned", "final": false},
      {"value": "adopted", "zh": "已采用", "en": "adopted", "final": true},
      {"value": "merged", "zh": "已归并", "en": "merged", "final": true},
    ],
    moves: [
      {"name": "submit", "sources": ["draft", "returned"], "target": "submitted", "who": ["author"], "zh": "提交", "en": "Submit", "needs_reason": false},
      {"name": "return", "sources": ["submitted"], "target": "returned", "who": ["office"], "zh": "退回补充", "en": "Return", "needs_reason": true},
      {"name": "adopt", "sources": ["submitted"], "target": "adopted", "who": ["office"], "zh": "采用", "en": "Adopt", "needs_reason": false},
      {"name": "merge", "sources": ["submitted", "adopted"], "target": "merged", "who": ["office"], "zh": "归并", "en": "Merge", "needs_reason": false},
    ],
    units_add: true,
    tracked: false,
    reach: "unit",
    city_reach: "unit",
  },
  instruction: {
    kind: "instruction",
    zh: "批示指示板",
    en: "Instructions",
    purpose: {"zh": "领导批示、现场指示和指令，逐单位签收反馈", "en": "Leaders' instructions, signed for and answered by each unit"},
    writers: {"zh": "值班室登记下达，承办单位只签收反馈本单位", "en": "The office records; each unit signs and answers for itself"},
    asks: {"zh": "承办单位尽快签收，时限前反馈落实情况", "en": "Sign at once, and report what was done before it is due"},
    fields: [
      {"name": "leader", "type": "line", "zh": "批示领导", "en": "Leader", "writer": "author", "choices": [], "element": false},
      {"name": "original", "type": "long", "zh": "原文", "en": "Original wording", "writer": "author", "choices": [], "element": false},
      {"name": "class", "type": "choice", "zh": "类别", "en": "Class", "writer": "author", "choices": [{"value": "action", "zh": "批办性", "en": "for action"}, {"value": "guidance", "zh": "指导性", "en": "for guidance"}, {"value": "reference", "zh": "参阅性", "en": "for reference"}], "element": false},
      {"name": "proposal", "type": "long", "zh": "拟办意见", "en": "Proposed handling", "writer": "secret", "choices": [], "element": false},
    ],
    states: [
      {"value": "registered", "zh": "已登记", "en": "registered", "final": false},
      {"value": "issued", "zh": "已下达", "en": "issued", "final": false},
      {"value": "working", "zh": "办理中", "en": "in hand", "final": false},
      {"value": "review", "zh": "待审核", "en": "to be reviewed", "final": false},
      {"value": "closed", "zh": "已办结", "en": "closed", "final": true},
      {"value": "revoked", "zh": "已撤销", "en": "revoked", "final": true},
    ],
    moves: [
      {"name": "close", "sources": ["review"], "target": "closed", "who": ["office"], "zh": "办结", "en": "Close", "needs_reason": false},
      {"name": "reopen", "sources": ["review", "closed"], "target": "working", "who": ["office"], "zh": "退回办理", "en": "Back to work", "needs_reason": true},
      {"name": "revoke", "sources": ["registered", "issued", "working", "review"], "target": "revoked", "who": ["office"], "zh": "撤销", "en": "Revoke", "needs_reason": true},
    ],
    units_add: false,
    tracked: true,
    reach: "unit",
    city_reach: "unit",
  },
  warning: {
    kind: "warning",
    zh: "预警叫应板",
    en: "Warnings",
    purpose: {"zh": "预警信息和逐单位叫应", "en": "Warnings, and who has answered them"},
    writers: {"zh": "值班室和发布单位发布，接收单位确认回复", "en": "The office and issuing units issue; receivers confirm"},
    asks: {"zh": "收到即确认，按三问回复：谁在指挥、影响多少村、有无转移", "en": "Confirm at once; say who commands, what is hit, who is moved"},
    fields: [
      {"name": "colour", "type": "choice", "zh": "预警颜色", "en": "Colour", "writer": "author", "choices": [{"value": "blue", "zh": "蓝色", "en": "blue"}, {"value": "yellow", "zh": "黄色", "en": "yellow"}, {"value": "orange", "zh": "橙色", "en": "orange"}, {"value": "red", "zh": "红色", "en": "red"}], "element": false},
      {"name": "area", "type": "line", "zh": "区域", "en": "Area", "writer": "author", "choices": [], "element": false},
      {"name": "valid_from", "type": "time", "zh": "生效", "en": "Valid from", "writer": "author", "choices": [], "element": false},
      {"name": "valid_to", "type": "time", "zh": "失效", "en": "Valid to", "writer": "author", "choices": [], "element": false},
      {"name": "issuer", "type": "line", "zh": "发布单位", "en": "Issued by", "writer": "author", "choices": [], "element": false},
    ],
    states: [
      {"value": "issued", "zh": "已发布", "en": "issued", "final": false},
      {"value": "closed", "zh": "已闭环", "en": "closed", "final": true},
      {"value": "lifted", "zh": "已解除", "en": "lifted", "final": true},
    ],
    moves: [
      {"name": "close", "sources": ["issued"], "target": "closed", "who": ["author", "office"], "zh": "闭环", "en": "Close", "needs_reason": false},
      {"name": "lift", "sources": ["issued"], "target": "lifted", "who": ["author", "office"], "zh": "解除", "en": "Lift", "needs_reason": true},
    ],
    units_add: true,
    tracked: true,
    reach: "unit",
    city_reach: "unit",
  },
  hazard: {
    kind: "hazard",
    zh: "隐患清单",
    en: "Hazards",
    purpose: {"zh": "安全隐患从发现到销号", "en": "Hazards from discovery to clearance"},
    writers: {"zh": "值班室交办，责任单位整改，另一单位复核销号", "en": "The office assigns, a unit mends, a second unit clears"},
    asks: {"zh": "责任单位按期整改并附佐证", "en": "Mend in time and attach the evidence"},
    fields: [
      {"name": "type", "type": "line", "zh": "类别", "en": "Category", "writer": "author", "choices": [], "element": false},
      {"name": "risk", "type": "choice", "zh": "风险等级", "en": "Risk", "writer": "author", "choices": [{"value": "ordinary", "zh": "一般", "en": "ordinary"}, {"value": "larger", "zh": "较大", "en": "considerable"}, {"value": "major", "zh": "重大", "en": "major"}], "element": false},
      {"name": "person", "type": "line", "zh": "责任人", "en": "Person responsible", "writer": "assignee", "choices": [], "element": false},
      {"name": "measure", "type": "long", "zh": "整改措施", "en": "Measure", "writer": "assignee", "choices": [], "element": false},
      {"name": "origin", "type": "line", "zh": "问题来源", "en": "Found by", "writer": "author", "choices": [], "element": false},
    ],
    states: [
      {"value": "found", "zh": "已发现", "en": "found", "final": false},
      {"value": "assigned", "zh": "已交办", "en": "assigned", "final": false},
      {"value": "fixing", "zh": "整改中", "en": "being mended", "final": false},
      {"value": "recheck", "zh": "待复核", "en": "to be re-checked", "final": false},
      {"value": "cleared", "zh": "已销号", "en": "cleared", "final": true},
      {"value": "supervised", "zh": "挂牌督办", "en": "under supervision", "final": false},
    ],
    moves: [
      {"name": "start", "sources": ["assigned", "supervised"], "target": "fixing", "who": ["assignee"], "zh": "开始整改", "en": "Begin", "needs_reason": false},
      {"name": "report", "sources": ["assigned", "fixing", "supervised"], "target": "recheck", "who": ["assignee"], "zh": "报告已整改", "en": "Report it mended", "needs_reason": false},
      {"name": "clear", "sources": ["recheck"], "target": "cleared", "who": ["second"], "zh": "复核销号", "en": "Clear", "needs_reason": false},
      {"name": "reject", "sources": ["recheck"], "target": "fixing", "who": ["second"], "zh": "复核不通过", "en": "Not mended", "needs_reason": true},
      {"name": "supervise", "sources": ["found", "assigned", "fixing", "recheck"], "target": "supervised", "who": ["office"], "zh": "挂牌督办", "en": "Supervise", "needs_reason": true},
    ],
    units_add: true,
    tracked: true,
    reach: "unit",
    city_reach: "unit",
  },
  task: {
    kind: "task",
    zh: "任务清单",
    en: "Tasks",
    purpose: {"zh": "预案步骤和临时任务", "en": "Steps of the plan and tasks of the hour"},
    writers: {"zh": "值班室和主席分派，承办单位更新", "en": "The office assigns; the unit reports"},
    asks: {"zh": "按时限完成，受阻立即说明原因", "en": "Do it in time; say at once what is in the way"},
    fields: [
      {"name": "role", "type": "line", "zh": "承办角色", "en": "Role", "writer": "author", "choices": [], "element": false},
      {"name": "step", "type": "number", "zh": "步骤", "en": "Step", "writer": "author", "choices": [], "element": false},
      {"name": "result", "type": "long", "zh": "结果", "en": "Result", "writer": "assignee", "choices": [], "element": false},
    ],
    states: [
      {"value": "todo", "zh": "未开始", "en": "to do", "final": false},
      {"value": "doing", "zh": "进行中", "en": "in progress", "final": false},
      {"value": "blocked", "zh": "受阻", "en": "blocked", "final": false},
      {"value": "done", "zh": "已完成", "en": "done", "final": true},
      {"value": "skipped", "zh": "不适用", "en": "not applicable", "final": true},
    ],
    moves: [
      {"name": "start", "sources": ["todo", "blocked"], "target": "doing", "who": ["assignee", "office"], "zh": "开始", "en": "Begin", "needs_reason": false},
      {"name": "block", "sources": ["todo", "doing"], "target": "blocked", "who": ["assignee", "office"], "zh": "受阻", "en": "Blocked", "needs_reason": true},
      {"name": "finish", "sources": ["todo", "doing", "blocked"], "target": "done", "who": ["assignee", "office"], "zh": "完成", "en": "Done", "needs_reason": false},
      {"name": "skip", "sources": ["todo", "doing", "blocked"], "target": "skipped", "who": ["office"], "zh": "不适用", "en": "Not applicable", "needs_reason": true},
      {"name": "reopen", "sources": ["done", "skipped"], "target": "doing", "who": ["office"], "zh": "重新办理", "en": "Reopen", "needs_reason": true},
    ],
    units_add: false,
    tracked: true,
    reach: "unit",
    city_reach: "unit",
  },
  resource: {
    kind: "resource",
    zh: "力量物资板",
    en: "Resources",
    purpose: {"zh": "队伍、车辆、物资、避难场所在哪里、能不能用", "en": "Teams, vehicles, supplies, shelters: where and whether free"},
    writers: {"zh": "所属单位填写", "en": "The unit it belongs to"},
    asks: {"zh": "出动、到位、撤回时更新状态", "en": "Say when it leaves, arrives and returns"},
    fields: [
      {"name": "type", "type": "choice", "zh": "类型", "en": "Type", "writer": "author", "choices": [{"value": "team", "zh": "队伍", "en": "team"}, {"value": "vehicle", "zh": "车辆装备", "en": "vehicles and gear"}, {"value": "supply", "zh": "物资", "en": "supplies"}, {"value": "shelter", "zh": "避难场所", "en": "shelter"}], "element": false},
      {"name": "quantity", "type": "number", "zh": "数量", "en": "Quantity", "writer": "author", "choices": [], "element": false},
      {"name": "unit", "type": "line", "zh": "计量单位", "en": "Unit of measure", "writer": "author", "choices": [], "element": false},
      {"name": "contact", "type": "line", "zh": "负责人", "en": "Contact", "writer": "author", "choices": [], "element": false},
      {"name": "phone", "type": "line", "zh": "电话", "en": "Phone", "writer": "author", "choices": [], "element": false},
    ],
    states: [
      {"value": "available", "zh": "待命", "en": "available", "final": false},
      {"value": "enroute", "zh": "已出动", "en": "on the way", "final": false},
      {"value": "onsite", "zh": "已到位", "en": "on site", "final": false},
      {"value": "returned", "zh": "已撤回", "en": "returned", "final": true},
      {"value": "exhausted", "zh": "已用完", "en": "used up", "final": true},
    ],
    moves: [
      {"name": "dispatch", "sources": ["available", "returned"], "target": "enroute", "who": ["author", "office"], "zh": "出动", "en": "Send", "needs_reason": false},
      {"name": "arrive", "sources": ["available", "enroute"], "target": "onsite", "who": ["author", "office"], "zh": "到位", "en": "Arrived", "needs_reason": false},
      {"name": "return", "sources": ["enroute", "onsite"], "target": "returned", "who": ["author", "office"], "zh": "撤回", "en": "Return", "needs_reason": false},
      {"name": "ready", "sources": ["returned", "exhausted"], "target": "available", "who": ["author", "office"], "zh": "恢复待命", "en": "Ready again", "needs_reason": false},
      {"name": "exhaust", "sources": ["available", "enroute", "onsite"], "target": "exhausted", "who": ["author", "office"], "zh": "用完", "en": "Used up", "needs_reason": false},
    ],
    units_add: true,
    tracked: false,
    reach: "all",
    city_reach: "departments",
  },
  duty: {
    kind: "duty",
    zh: "在岗值班板",
    en: "Duty",
    purpose: {"zh": "各单位谁在岗、怎么联系、什么值守状态", "en": "Who is on post where, and how to reach them"},
    writers: {"zh": "各单位填本单位一行", "en": "Each unit its own row"},
    asks: {"zh": "接班时更新本单位一行", "en": "Bring your row up to date when the shift changes"},
    fields: [
      {"name": "leader", "type": "line", "zh": "带班领导", "en": "Leader on duty", "writer": "author", "choices": [], "element": false},
      {"name": "chief", "type": "line", "zh": "值班长", "en": "Duty chief", "writer": "author", "choices": [], "element": false},
      {"name": "officers", "type": "line", "zh": "值班员", "en": "Duty officers", "writer": "author", "choices": [], "element": false},
      {"name": "phone", "type": "line", "zh": "值班电话", "en": "Duty phone", "writer": "author", "choices": [], "element": false},
      {"name": "readiness", "type": "choice", "zh": "值守状态", "en": "Readiness", "writer": "author", "choices": [{"value": "routine", "zh": "日常值守", "en": "routine"}, {"value": "alert", "zh": "预警值守", "en": "alert"}, {"value": "response", "zh": "响应值守", "en": "response"}], "element": false},
    ],
    states: [
      {"value": "on_post", "zh": "在岗", "en": "on post", "final": false},
      {"value": "off_post", "zh": "不在岗", "en": "off post", "final": false},
    ],
    moves: [
      {"name": "off", "sources": ["on_post"], "target": "off_post", "who": ["author", "office"], "zh": "标为不在岗", "en": "Off post", "needs_reason": true},
      {"name": "on", "sources": ["off_post"], "target": "on_post", "who": ["author", "office"], "zh": "标为在岗", "en": "On post", "needs_reason": false},
    ],
    units_add: true,
    tracked: false,
    reach: "departments",
    city_reach: "unit",
  },
  check: {
    kind: "check",
    zh: "抽查点名板",
    en: "Checks",
    purpose: {"zh": "视频、电话、实地检查的结果和整改", "en": "Results of checks by video, telephone and visit"},
    writers: {"zh": "值班室检查人登记，被查单位可作说明", "en": "Inspectors record; the unit may explain"},
    asks: {"zh": "有问题的说明原因并整改", "en": "Explain what went wrong and mend it"},
    fields: [
      {"name": "method", "type": "choice", "zh": "方式", "en": "Method", "writer": "author", "choices": [{"value": "video", "zh": "视频检查", "en": "video"}, {"value": "phone", "zh": "电话抽查", "en": "telephone"}, {"value": "visit", "zh": "实地暗访", "en": "visit"}, {"value": "talk", "zh": "调研座谈", "en": "talk"}], "element": false},
      {"name": "answered_s", "type": "number", "zh": "应答用时（秒）", "en": "Seconds to answer", "writer": "author", "choices": [], "element": false},
      {"name": "leader_in", "type": "choice", "zh": "带班领导在岗", "en": "Leader on post", "writer": "author", "choices": [{"value": "", "zh": "未查", "en": "not checked"}, {"value": "yes", "zh": "是", "en": "yes"}, {"value": "no", "zh": "否", "en": "no"}], "element": false},
      {"name": "officer_in", "type": "choice", "zh": "值班员在岗", "en": "Officer on post", "writer": "author", "choices": [{"value": "", "zh": "未查", "en": "not checked"}, {"value": "yes", "zh": "是", "en": "yes"}, {"value": "no", "zh": "否", "en": "no"}], "element": false},
      {"name": "log_ok", "type": "choice", "zh": "日志齐全", "en": "Log complete", "writer": "author", "choices": [{"value": "", "zh": "未查", "en": "not checked"}, {"value": "yes", "zh": "是", "en": "yes"}, {"value": "no", "zh": "否", "en": "no"}], "element": false},
      {"name": "verdict", "type": "choice", "zh": "结论", "en": "Verdict", "writer": "author", "choices": [{"value": "", "zh": "未定", "en": "open"}, {"value": "normal", "zh": "正常", "en": "in order"}, {"value": "problem", "zh": "有问题", "en": "problem"}, {"value": "leave", "zh": "请假", "en": "on leave"}], "element": false},
      {"name": "explanation", "type": "long", "zh": "单位说明", "en": "The unit's explanation", "writer": "assignee", "choices": [], "element": false},
    ],
    states: [
      {"value": "waiting", "zh": "待呼叫", "en": "to be called", "final": false},
      {"value": "answered", "zh": "已应答", "en": "answered", "final": true},
      {"value": "no_answer", "zh": "未应答", "en": "no answer", "final": true},
      {"value": "offline", "zh": "离线", "en": "offline", "final": true},
    ],
    moves: [
      {"name": "answer", "sources": ["waiting", "no_answer", "offline"], "target": "answered", "who": ["office"], "zh": "登记已应答", "en": "Answered", "needs_reason": false},
      {"name": "miss", "sources": ["waiting", "answered", "offline"], "target": "no_answer", "who": ["office"], "zh": "登记未应答", "en": "No answer", "needs_reason": false},
      {"name": "offline", "sources": ["waiting", "answered", "no_answer"], "target": "offline", "who": ["office"], "zh": "登记离线", "en": "Offline", "needs_reason": false},
    ],
    units_add: false,
    tracked: true,
    reach: "unit",
    city_reach: "unit",
  },
  opinion: {
    kind: "opinion",
    zh: "会商意见板",
    en: "Opinions",
    purpose: {"zh": "各单位意见并列，主席定结论", "en": "The units' opinions side by side, and the chair's conclusion"},
    writers: {"zh": "各单位一行，结论由主席单位填写", "en": "One row a unit; the chair's office concludes"},
    asks: {"zh": "发言前填好本单位意见", "en": "File your opinion before you speak"},
    fields: [
      {"name": "role", "type": "choice", "zh": "类别", "en": "Kind", "writer": "once", "choices": [{"value": "opinion", "zh": "单位意见", "en": "opinion"}, {"value": "conclusion", "zh": "会商结论", "en": "conclusion"}], "element": false},
      {"name": "basis", "type": "long", "zh": "依据", "en": "Basis", "writer": "author", "choices": [], "element": false},
      {"name": "advice", "type": "long", "zh": "建议", "en": "Advice", "writer": "author", "choices": [], "element": false},
    ],
    states: [
      {"value": "filed", "zh": "已提交", "en": "filed", "final": false},
      {"value": "approved", "zh": "已确认", "en": "approved", "final": true},
    ],
    moves: [
      {"name": "approve", "sources": ["filed"], "target": "approved", "who": ["office"], "zh": "确认", "en": "Approve", "needs_reason": false},
    ],
    units_add: true,
    tracked: false,
    reach: "all",
    city_reach: "departments",
  },
  keyevent: {
    kind: "keyevent",
    zh: "重大事项板",
    en: "Key events",
    purpose: {"zh": "全体须知的重大事项，审核后发布", "en": "What everybody must know, published after review"},
    writers: {"zh": "各单位提名，值班室审核发布", "en": "Anybody nominates; the office publishes"},
    asks: {"zh": "值班室尽快审核提名", "en": "The office reviews nominations at once"},
    fields: [],
    states: [
      {"value": "nominated", "zh": "待审核", "en": "to be reviewed", "final": false},
      {"value": "published", "zh": "已发布", "en": "published", "final": true},
      {"value": "rejected", "zh": "未采用", "en": "not taken", "final": true},
    ],
    moves: [
      {"name": "publish", "sources": ["nominated", "rejected"], "target": "published", "who": ["office"], "zh": "发布", "en": "Publish", "needs_reason": false},
      {"name": "reject", "sources": ["nominated"], "target": "rejected", "who": ["office"], "zh": "不采用", "en": "Do not take", "needs_reason": true},
    ],
    units_add: true,
    tracked: false,
    reach: "unit",
    city_reach: "unit",
  },
};

/** Of a workspace whose opening says nothing of it. */
export const DEFAULT_PROFILE: Profile = {"name": "default", "zh": "通行 30/60 分钟", "limits": [{"level": "I", "channel": "phone", "minutes": 30, "base": "occurred"}, {"level": "II", "channel": "phone", "minutes": 30, "base": "occurred"}, {"level": "I", "channel": "written", "minutes": 60, "base": "occurred"}, {"level": "II", "channel": "written", "minutes": 60, "base": "occurred"}, {"level": "III", "channel": "written", "minutes": 60, "base": "occurred"}, {"level": "IV", "channel": "written", "minutes": 360, "base": "occurred"}], "followups": [480, 1020], "followup_from": "III", "unread_s": 180, "unconfirmed_s": 300, "urge_every_s": 300, "first_reply_min": 15};
