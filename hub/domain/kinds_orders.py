"""Boards on which something is asked of units: instruction, warning, hazard, task, check."""

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
    StateOf,
    Who,
    Words,
    Writer,
)

_ASSIGNEE = (Who.ASSIGNEE,)
_OFFICE = (Who.OFFICE,)
_SECOND = (Who.SECOND,)
_DOER = (Who.ASSIGNEE, Who.OFFICE)
_BOTH = (Who.AUTHOR, Who.OFFICE)
_YES_NO = (Choice("", "未查", "not checked"), Choice("yes", "是", "yes"), Choice("no", "否", "no"))

INSTRUCTION = Kind(
    kind=BoardKind.INSTRUCTION,
    zh="批示指示板",
    en="Instructions",
    purpose=Words(
        "领导批示、现场指示和指令，逐单位签收反馈",
        "Leaders' instructions, signed for and answered by each unit",
    ),
    writers=Words(
        "值班室登记下达，承办单位只签收反馈本单位",
        "The office records; each unit signs and answers for itself",
    ),
    asks=Words(
        "承办单位尽快签收，时限前反馈落实情况", "Sign at once, and report what was done before it is due"
    ),
    fields=(
        Field("leader", LINE, "批示领导", "Leader"),
        Field("original", LONG, "原文", "Original wording"),
        Field(
            "class",
            CHOICE,
            "类别",
            "Class",
            choices=(
                Choice("action", "批办性", "for action"),
                Choice("guidance", "指导性", "for guidance"),
                Choice("reference", "参阅性", "for reference"),
            ),
        ),
        Field("proposal", LONG, "拟办意见", "Proposed handling", Writer.SECRET),
    ),
    states=(
        StateOf("registered", "已登记", "registered"),
        StateOf("issued", "已下达", "issued"),
        StateOf("working", "办理中", "in hand"),
        StateOf("review", "待审核", "to be reviewed"),
        StateOf("closed", "已办结", "closed", final=True),
        StateOf("revoked", "已撤销", "revoked", final=True),
    ),
    moves=(
        Move("close", ("review",), "closed", _OFFICE, "办结", "Close"),
        Move(
            "reopen", ("review", "closed"), "working", _OFFICE, "退回办理", "Back to work", needs_reason=True
        ),
        Move(
            "revoke",
            ("registered", "issued", "working", "review"),
            "revoked",
            _OFFICE,
            "撤销",
            "Revoke",
            needs_reason=True,
        ),
    ),
    units_add=False,
    tracked=True,
)

WARNING = Kind(
    kind=BoardKind.WARNING,
    zh="预警叫应板",
    en="Warnings",
    purpose=Words("预警信息和逐单位叫应", "Warnings, and who has answered them"),
    writers=Words(
        "值班室和发布单位发布，接收单位确认回复", "The office and issuing units issue; receivers confirm"
    ),
    asks=Words(
        "收到即确认，按三问回复：谁在指挥、影响多少村、有无转移",
        "Confirm at once; say who commands, what is hit, who is moved",
    ),
    fields=(
        Field(
            "colour",
            CHOICE,
            "预警颜色",
            "Colour",
            choices=(
                Choice("blue", "蓝色", "blue"),
                Choice("yellow", "黄色", "yellow"),
                Choice("orange", "橙色", "orange"),
                Choice("red", "红色", "red"),
            ),
        ),
        Field("area", LINE, "区域", "Area"),
        Field("valid_from", TIME, "生效", "Valid from"),
        Field("valid_to", TIME, "失效", "Valid to"),
        Field("issuer", LINE, "发布单位", "Issued by"),
    ),
    states=(
        StateOf("issued", "已发布", "issued"),
        StateOf("closed", "已闭环", "closed", final=True),
        StateOf("lifted", "已解除", "lifted", final=True),
    ),
    moves=(
        Move("close", ("issued",), "closed", _BOTH, "闭环", "Close"),
        Move("lift", ("issued",), "lifted", _BOTH, "解除", "Lift", needs_reason=True),
    ),
    tracked=True,
)

HAZARD = Kind(
    kind=BoardKind.HAZARD,
    zh="隐患清单",
    en="Hazards",
    purpose=Words("安全隐患从发现到销号", "Hazards from discovery to clearance"),
    writers=Words(
        "值班室交办，责任单位整改，另一单位复核销号", "The office assigns, a unit mends, a second unit clears"
    ),
    asks=Words("责任单位按期整改并附佐证", "Mend in time and attach the evidence"),
    fields=(
        Field("type", LINE, "类别", "Category"),
        Field(
            "risk",
            CHOICE,
            "风险等级",
            "Risk",
            choices=(
                Choice("ordinary", "一般", "ordinary"),
                Choice("larger", "较大", "considerable"),
                Choice("major", "重大", "major"),
            ),
        ),
        Field("person", LINE, "责任人", "Person responsible", Writer.ASSIGNEE),
        Field("measure", LONG, "整改措施", "Measure", Writer.ASSIGNEE),
        Field("origin", LINE, "问题来源", "Found by"),
    ),
    states=(
        StateOf("found", "已发现", "found"),
        StateOf("assigned", "已交办", "assigned"),
        StateOf("fixing", "整改中", "being mended"),
        StateOf("recheck", "待复核", "to be re-checked"),
        StateOf("cleared", "已销号", "cleared", final=True),
        StateOf("supervised", "挂牌督办", "under supervision"),
    ),
    moves=(
        Move("start", ("assigned", "supervised"), "fixing", _ASSIGNEE, "开始整改", "Begin"),
        Move(
            "report",
            ("assigned", "fixing", "supervised"),
            "recheck",
            _ASSIGNEE,
            "报告已整改",
            "Report it mended",
        ),
        Move("clear", ("recheck",), "cleared", _SECOND, "复核销号", "Clear"),
        Move("reject", ("recheck",), "fixing", _SECOND, "复核不通过", "Not mended", needs_reason=True),
        Move(
            "supervise",
            ("found", "assigned", "fixing", "recheck"),
            "supervised",
            _OFFICE,
            "挂牌督办",
            "Supervise",
            needs_reason=True,
        ),
    ),
    tracked=True,
)

TASK = Kind(
    kind=BoardKind.TASK,
    zh="任务清单",
    en="Tasks",
    purpose=Words("预案步骤和临时任务", "Steps of the plan and tasks of the hour"),
    writers=Words("值班室和主席分派，承办单位更新", "The office assigns; the unit reports"),
    asks=Words("按时限完成，受阻立即说明原因", "Do it in time; say at once what is in the way"),
    fields=(
        Field("role", LINE, "承办角色", "Role"),
        Field("step", NUMBER, "步骤", "Step"),
        Field("result", LONG, "结果", "Result", Writer.ASSIGNEE),
    ),
    states=(
        StateOf("todo", "未开始", "to do"),
        StateOf("doing", "进行中", "in progress"),
        StateOf("blocked", "受阻", "blocked"),
        StateOf("done", "已完成", "done", final=True),
        StateOf("skipped", "不适用", "not applicable", final=True),
    ),
    moves=(
        Move("start", ("todo", "blocked"), "doing", _DOER, "开始", "Begin"),
        Move("block", ("todo", "doing"), "blocked", _DOER, "受阻", "Blocked", needs_reason=True),
        Move("finish", ("todo", "doing", "blocked"), "done", _DOER, "完成", "Done"),
        Move(
            "skip",
            ("todo", "doing", "blocked"),
            "skipped",
            _OFFICE,
            "不适用",
            "Not applicable",
            needs_reason=True,
        ),
        Move("reopen", ("done", "skipped"), "doing", _OFFICE, "重新办理", "Reopen", needs_reason=True),
    ),
    units_add=False,
    tracked=True,
)

CHECK = Kind(
    kind=BoardKind.CHECK,
    zh="抽查点名板",
    en="Checks",
    purpose=Words("视频、电话、实地检查的结果和整改", "Results of checks by video, telephone and visit"),
    writers=Words("值班室检查人登记，被查单位可作说明", "Inspectors record; the unit may explain"),
    asks=Words("有问题的说明原因并整改", "Explain what went wrong and mend it"),
    fields=(
        Field(
            "method",
            CHOICE,
            "方式",
            "Method",
            choices=(
                Choice("video", "视频检查", "video"),
                Choice("phone", "电话抽查", "telephone"),
                Choice("visit", "实地暗访", "visit"),
                Choice("talk", "调研座谈", "talk"),
            ),
        ),
        Field("answered_s", NUMBER, "应答用时（秒）", "Seconds to answer"),
        Field("leader_in", CHOICE, "带班领导在岗", "Leader on post", choices=_YES_NO),
        Field("officer_in", CHOICE, "值班员在岗", "Officer on post", choices=_YES_NO),
        Field("log_ok", CHOICE, "日志齐全", "Log complete", choices=_YES_NO),
        Field(
            "verdict",
            CHOICE,
            "结论",
            "Verdict",
            choices=(
                Choice("", "未定", "open"),
                Choice("normal", "正常", "in order"),
                Choice("problem", "有问题", "problem"),
                Choice("leave", "请假", "on leave"),
            ),
        ),
        Field("explanation", LONG, "单位说明", "The unit's explanation", Writer.ASSIGNEE),
    ),
    states=(
        StateOf("waiting", "待呼叫", "to be called"),
        StateOf("answered", "已应答", "answered", final=True),
        StateOf("no_answer", "未应答", "no answer", final=True),
        StateOf("offline", "离线", "offline", final=True),
    ),
    moves=(
        Move("answer", ("waiting", "no_answer", "offline"), "answered", _OFFICE, "登记已应答", "Answered"),
        Move("miss", ("waiting", "answered", "offline"), "no_answer", _OFFICE, "登记未应答", "No answer"),
        Move("offline", ("waiting", "answered", "no_answer"), "offline", _OFFICE, "登记离线", "Offline"),
    ),
    units_add=False,
    tracked=True,
)
