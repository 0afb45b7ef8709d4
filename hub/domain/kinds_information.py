"""Boards on which units say what they know and have: situation, report, resource, duty, opinion, event."""

from __future__ import annotations

from hub.domain.kindparts import (
    CHOICE,
    LINE,
    LONG,
    NUMBER,
    TIME,
    BoardKind,
    Choice,
    Field,
    Kind,
    Move,
    Reach,
    StateOf,
    Who,
    Words,
    Writer,
)

_AUTHOR = (Who.AUTHOR,)
_OFFICE = (Who.OFFICE,)
_BOTH = (Who.AUTHOR, Who.OFFICE)

SITUATION = Kind(
    kind=BoardKind.SITUATION,
    zh="态势研判板",
    en="Situation",
    purpose=Words("各单位共同掌握的事实、研判、预测和缺口", "What all know, judge, expect and lack"),
    writers=Words(
        "各单位填本单位条目，值班室核实、置顶", "Units write their own; the office verifies and pins"
    ),
    asks=Words(
        "有新情况一句话写上，注明截至时间和来源", "Write what is new in one line, with time and source"
    ),
    fields=(
        Field(
            "category",
            CHOICE,
            "类别",
            "Category",
            choices=(
                Choice("fact", "事实", "fact"),
                Choice("judgement", "研判", "judgement"),
                Choice("forecast", "预测", "forecast"),
                Choice("gap", "缺口", "gap"),
            ),
        ),
    ),
    states=(StateOf("current", "现行", "current"), StateOf("settled", "已处理", "settled", final=True)),
    moves=(
        Move("settle", ("current",), "settled", _BOTH, "标为已处理", "Mark as settled"),
        Move("reopen", ("settled",), "current", _BOTH, "恢复为现行", "Reopen"),
    ),
    reach=Reach.ALL,
    city_reach=Reach.DEPARTMENTS,
)

REPORT = Kind(
    kind=BoardKind.REPORT,
    zh="信息报送板",
    en="Reports",
    purpose=Words(
        "首报、续报、终报和电话记录", "Initial, follow-up and final reports, and telephone records"
    ),
    writers=Words(
        "报送单位填写，值班室采用或退回", "The reporting unit writes; the office adopts or returns"
    ),
    asks=Words(
        "先报告、后核实：不清楚的要素可空着，标为待核实",
        "Report first, verify later: leave blank what is unknown",
    ),
    fields=(
        Field(
            "type",
            CHOICE,
            "报告类型",
            "Type",
            Writer.ONCE,
            (
                Choice("initial", "首报", "initial report"),
                Choice("followup", "续报", "follow-up"),
                Choice("final", "终报", "final report"),
                Choice("phone", "电话记录", "telephone record"),
                Choice("clue", "舆情线索", "public opinion clue"),
            ),
        ),
        Field("learned", TIME, "接报时间", "Time received", element=True),
        Field("occurred", TIME, "事发时间", "Time of occurrence", element=True),
        Field("nature", LONG, "事件性质与起因", "Nature and cause", element=True),
        Field("casualties", LONG, "伤亡与损失", "Casualties and losses", element=True),
        Field("scope", LONG, "影响范围", "Extent", element=True),
        Field("trend", LONG, "发展趋势", "Trend", element=True),
        Field("leaders", LONG, "领导到位情况", "Leaders on site", element=True),
        Field("measures", LONG, "已采取措施", "Measures taken", element=True),
        Field("requests", LONG, "请求事项与建议", "Requests and advice", element=True),
        Field(
            "contact",
            LINE,
            "现场负责人（姓名、职务、电话）",
            "Who leads on site (name, post, phone)",
            element=True,
        ),
        Field("caller", LINE, "来电人（单位、姓名、职务）", "Caller (unit, name, post)"),
        Field("phone", LINE, "来电号码", "Caller's number"),
        Field("told", LINE, "已向谁报告", "Already reported to"),
        Field("signed_by", LINE, "签发人", "Signed off by"),
        Field("heat", LINE, "热度", "Heat"),
        Field("proposal", LONG, "拟办意见", "Proposed handling", Writer.SECRET),
        Field(
            "proposal_state",
            CHOICE,
            "拟办状态",
            "State of the proposal",
            Writer.SECRET,
            (
                Choice("draft", "草拟", "draft"),
                Choice("submitted", "已呈送", "submitted"),
                Choice("approved", "已批准", "approved"),
            ),
        ),
    ),
    states=(
        StateOf("draft", "草稿", "draft"),
        StateOf("submitted", "已提交", "submitted"),
        StateOf("returned", "已退回", "returned"),
        StateOf("adopted", "已采用", "adopted", final=True),
        StateOf("merged", "已归并", "merged", final=True),
    ),
    moves=(
        Move("submit", ("draft", "returned"), "submitted", _AUTHOR, "提交", "Submit"),
        Move("return", ("submitted",), "returned", _OFFICE, "退回补充", "Return", needs_reason=True),
        Move("adopt", ("submitted",), "adopted", _OFFICE, "采用", "Adopt"),
        Move("merge", ("submitted", "adopted"), "merged", _OFFICE, "归并", "Merge"),
    ),
)

RESOURCE = Kind(
    kind=BoardKind.RESOURCE,
    zh="力量物资板",
    en="Resources",
    purpose=Words(
        "队伍、车辆、物资、避难场所在哪里、能不能用",
        "Teams, vehicles, supplies, shelters: where and whether free",
    ),
    writers=Words("所属单位填写", "The unit it belongs to"),
    asks=Words("出动、到位、撤回时更新状态", "Say when it leaves, arrives and returns"),
    fields=(
        Field(
            "type",
            CHOICE,
            "类型",
            "Type",
            choices=(
                Choice("team", "队伍", "team"),
                Choice("vehicle", "车辆装备", "vehicles and gear"),
                Choice("supply", "物资", "supplies"),
                Choice("shelter", "避难场所", "shelter"),
            ),
        ),
        Field("quantity", NUMBER, "数量", "Quantity"),
        Field("unit", LINE, "计量单位", "Unit of measure"),
        Field("contact", LINE, "负责人", "Contact"),
        Field("phone", LINE, "电话", "Phone"),
    ),
    states=(
        StateOf("available", "待命", "available"),
        StateOf("enroute", "已出动", "on the way"),
        StateOf("onsite", "已到位", "on site"),
        StateOf("returned", "已撤回", "returned", final=True),
        StateOf("exhausted", "已用完", "used up", final=True),
    ),
    moves=(
        Move("dispatch", ("available", "returned"), "enroute", _BOTH, "出动", "Send"),
        Move("arrive", ("available", "enroute"), "onsite", _BOTH, "到位", "Arrived"),
        Move("return", ("enroute", "onsite"), "returned", _BOTH, "撤回", "Return"),
        Move("ready", ("returned", "exhausted"), "available", _BOTH, "恢复待命", "Ready again"),
        Move("exhaust", ("available", "enroute", "onsite"), "exhausted", _BOTH, "用完", "Used up"),
    ),
    reach=Reach.ALL,
    city_reach=Reach.DEPARTMENTS,
)

DUTY = Kind(
    kind=BoardKind.DUTY,
    zh="在岗值班板",
    en="Duty",
    purpose=Words("各单位谁在岗、怎么联系、什么值守状态", "Who is on post where, and how to reach them"),
    writers=Words("各单位填本单位一行", "Each unit its own row"),
    asks=Words("接班时更新本单位一行", "Bring your row up to date when the shift changes"),
    fields=(
        Field("leader", LINE, "带班领导", "Leader on duty"),
        Field("chief", LINE, "值班长", "Duty chief"),
        Field("officers", LINE, "值班员", "Duty officers"),
        Field("phone", LINE, "值班电话", "Duty phone"),
        Field(
            "readiness",
            CHOICE,
            "值守状态",
            "Readiness",
            choices=(
                Choice("routine", "日常值守", "routine"),
                Choice("alert", "预警值守", "alert"),
                Choice("response", "响应值守", "response"),
            ),
        ),
    ),
    states=(StateOf("on_post", "在岗", "on post"), StateOf("off_post", "不在岗", "off post")),
    moves=(
        Move("off", ("on_post",), "off_post", _BOTH, "标为不在岗", "Off post", needs_reason=True),
        Move("on", ("off_post",), "on_post", _BOTH, "标为在岗", "On post"),
    ),
    reach=Reach.DEPARTMENTS,
    city_reach=Reach.UNIT,
)

OPINION = Kind(
    kind=BoardKind.OPINION,
    zh="会商意见板",
    en="Opinions",
    purpose=Words(
        "各单位意见并列，主席定结论", "The units' opinions side by side, and the chair's conclusion"
    ),
    writers=Words("各单位一行，结论由主席单位填写", "One row a unit; the chair's office concludes"),
    asks=Words("发言前填好本单位意见", "File your opinion before you speak"),
    fields=(
        Field(
            "role",
            CHOICE,
            "类别",
            "Kind",
            Writer.ONCE,
            (Choice("opinion", "单位意见", "opinion"), Choice("conclusion", "会商结论", "conclusion")),
        ),
        Field("basis", LONG, "依据", "Basis"),
        Field("advice", LONG, "建议", "Advice"),
    ),
    states=(
        StateOf("filed", "已提交", "filed"),
        StateOf("approved", "已确认", "approved", final=True),
    ),
    moves=(Move("approve", ("filed",), "approved", _OFFICE, "确认", "Approve"),),
    reach=Reach.ALL,
    city_reach=Reach.DEPARTMENTS,
)

KEYEVENT = Kind(
    kind=BoardKind.KEYEVENT,
    zh="重大事项板",
    en="Key events",
    purpose=Words("全体须知的重大事项，审核后发布", "What everybody must know, published after review"),
    writers=Words("各单位提名，值班室审核发布", "Anybody nominates; the office publishes"),
    asks=Words("值班室尽快审核提名", "The office reviews nominations at once"),
    fields=(),
    states=(
        StateOf("nominated", "待审核", "to be reviewed"),
        StateOf("published", "已发布", "published", final=True),
        StateOf("rejected", "未采用", "not taken", final=True),
    ),
    moves=(
        Move("publish", ("nominated", "rejected"), "published", _OFFICE, "发布", "Publish"),
        Move("reject", ("nominated",), "rejected", _OFFICE, "不采用", "Do not take", needs_reason=True),
    ),
)
