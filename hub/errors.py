"""Every refusal a person or a program can meet: one stable code, two languages, one HTTP status."""

from __future__ import annotations

from typing import Any

from hub.meaning import Meaning
from hub.recording_errors import RECORDING_ERRORS

ERRORS: dict[str, Meaning] = {
    # who are you
    "auth.wrong_password": Meaning(
        401, "账号或密码不正确，请重新输入。", "Wrong account or password; please try again."
    ),
    "auth.locked": Meaning(
        429,
        "连续输错次数过多，账号已暂时锁定，请稍后再试。",
        "Too many failed attempts; the account is locked for a while. Try again later.",
    ),
    "auth.required": Meaning(401, "请先登录。", "Please log in first."),
    "auth.expired": Meaning(401, "登录已过期，请重新登录。", "Your login has expired; please log in again."),
    "auth.disabled": Meaning(403, "该账号已停用，请联系管理员。", "This account is disabled; ask the admin."),
    # may you
    "forbidden": Meaning(403, "您没有进行此操作的权限。", "You are not allowed to do this."),
    "session.foreign": Meaning(
        403, "您的单位不在本次会商中。", "Your office is not part of this consultation."
    ),
    "board.not_for_units": Meaning(
        403, "该板由值班室填写，请联系值班室。", "The duty office writes on this board; please ask it."
    ),
    "board.second_unit": Meaning(
        403,
        "须由另一单位复核，责任单位不能自行销号。",
        "A second unit has to check it; the responsible unit cannot clear it itself.",
    ),
    "track.foreign": Meaning(
        403, "只能办理交给本单位的部分。", "Only the unit itself, or the office, may take this step."
    ),
    "board.foreign_item": Meaning(
        403,
        "只能修改本单位填写的条目，可请填写单位修改。",
        "Only the office that wrote this item may change it; ask that office.",
    ),
    # is it there
    "not_found": Meaning(404, "没有找到，可能已被移除。", "Not found; it may have been removed."),
    "session.unknown": Meaning(404, "没有这个会商。", "There is no such consultation."),
    "hook.unknown": Meaning(404, "没有这个推送目标。", "There is no such hook."),
    "plan.unknown": Meaning(404, "没有这个预案。", "There is no such plan."),
    "incident.unknown": Meaning(404, "没有这个事件专题。", "There is no such incident."),
    "board.unknown": Meaning(404, "没有这个板。", "There is no such board."),
    "track.unknown": Meaning(404, "该条目没有交给这个单位。", "The item was not given to this unit."),
    "board.unknown_item": Meaning(404, "没有这个条目。", "There is no such item."),
    "booking.unknown": Meaning(404, "没有这个预约会议。", "There is no such booking."),
    "spotcheck.unknown": Meaning(404, "没有这次抽查。", "There is no such spot check."),
    "spotcheck.unknown_row": Meaning(404, "抽查表中没有这一行。", "The table has no such row."),
    "paper.unknown": Meaning(404, "没有这份公文，或未推送给本单位。", "There is no such paper for you."),
    "duty.foreign": Meaning(403, "值班日志仅供本单位查看。", "A duty log is for its own office alone."),
    "duty.unknown_shift": Meaning(404, "没有这个班次。", "There is no such shift."),
    "duty.unknown_entry": Meaning(
        404,
        "没有这条记录；较早的记录请另写一条说明。",
        "There is no such entry; beside an older one write another.",
    ),
    "media.unknown_resource": Meaning(
        404, "该媒体连接已不存在，请重新接入。", "This media connection is gone; please connect again."
    ),
    "method_not_allowed": Meaning(
        405, "此地址不支持这种请求方法。", "This address does not support that method."
    ),
    # is it well-formed
    "bad_request": Meaning(400, "请求内容不完整或格式不正确。", "The request is incomplete or malformed."),
    "too_large": Meaning(413, "内容过大，未被接收。", "The content is too large and was not accepted."),
    "too_many": Meaning(429, "操作过于频繁，请稍候再试。", "Too many requests; please wait a moment."),
    "session.no_venues": Meaning(400, "请至少选择一个会场。", "Choose at least one venue."),
    "session.unknown_venue": Meaning(
        400, "所选会场中有不存在的席位。", "One of the chosen venues does not exist."
    ),
    "session.no_title": Meaning(400, "请填写会商标题。", "Give the consultation a title."),
    "booking.past": Meaning(
        400, "会议时间已过，请选择将来的时间。", "That time is past; choose a later one."
    ),
    "booking.leave_needs_reason": Meaning(400, "请填写请假原因。", "Give a reason for the leave."),
    "spotcheck.no_title": Meaning(400, "请填写抽查标题。", "Give the spot check a title."),
    "spotcheck.no_seats": Meaning(400, "请至少选择一个单位。", "Choose at least one office."),
    "spotcheck.too_few": Meaning(
        400, "抽取数量超过了可抽取的单位数。", "There are fewer offices than are to be drawn."
    ),
    "spotcheck.too_many": Meaning(400, "一次抽查的单位过多，请分次进行。", "Too many offices for one check."),
    "incident.no_title": Meaning(
        400, "请填写事件标题（80 字以内）。", "Give the incident a title (80 characters)."
    ),
    "hook.bad_url": Meaning(
        400,
        "推送地址须以 http:// 或 https:// 开头，不含账号和密码。",
        "The address must begin with http:// or https:// and hold no name or password.",
    ),
    "incident.no_exercise": Meaning(
        400,
        "演练会商不能在真实事件上召开，请在演练事件上召开。",
        "An exercise is not held on a real incident; hold it on one of an exercise.",
    ),
    "plan.no_name": Meaning(400, "请填写预案名称（40 字以内）。", "Give the plan a name (40 characters)."),
    "incident.no_source": Meaning(400, "请注明数字来源。", "Say where the figures come from."),
    "incident.unknown_unit": Meaning(
        400, "所选单位未参加本事件，请先加入。", "A chosen unit does not take part; add it first."
    ),
    "board.needs_reason": Meaning(400, "请填写原因。", "Give a reason."),
    "board.not_tracked": Meaning(
        400, "该板的条目不交办单位。", "Items of this board are not given to units."
    ),
    "board.empty_text": Meaning(400, "条目内容不能为空。", "An item needs some text."),
    "board.text_too_long": Meaning(400, "条目内容过长，请精简。", "The text is too long; please shorten it."),
    "board.void_needs_reason": Meaning(400, "作废条目须填写原因。", "Voiding an item needs a reason."),
    "paper.no_title": Meaning(400, "请填写标题（120 字以内）。", "Give it a title (120 characters)."),
    "paper.no_period": Meaning(
        400, "请选择起止时间（一年以内）。", "Choose from when to when, at most a year."
    ),
    "paper.no_incident": Meaning(400, "请选择事件专题。", "Choose the incident that it is about."),
    "paper.no_session": Meaning(
        400,
        "请选择本单位主持过的会商，再起草纪要。",
        "Choose a session that your office has held, then draft its minutes.",
    ),
    "paper.no_seats": Meaning(400, "请至少选择一个推送单位。", "Choose at least one unit."),
    "paper.too_long": Meaning(
        400, "内容过长，请缩短时段或精简正文。", "It is too long; choose a shorter time or write less."
    ),
    "media.bad_sdp": Meaning(400, "媒体描述（SDP）无法识别。", "The session description (SDP) is not valid."),
    "media.no_common_codec": Meaning(
        415,
        "终端与系统没有共同支持的音视频编码（视频需要 VP8 或 H.264，声音需要 Opus）。",
        "The client offers no codec the hub forwards (VP8 or H.264 for video, Opus for audio).",
    ),
    "attachment.wrong_type": Meaning(
        415,
        "只接受 PDF、图片、Office 文档（不含宏）、文本、MP4 和录音，扩展名须与内容一致。",
        "Only PDF, pictures, Office files without macros, text, MP4 and sound are taken, named as they are.",
    ),
    "attachment.empty": Meaning(400, "文件是空的。", "The file is empty."),
    "attachment.unknown": Meaning(
        404,
        "附件尚未上传或已过期，请重新上传。",
        "This file is not there any more; upload it again.",
    ),
    "attachment.store_failed": Meaning(
        503,
        "附件存储暂时无法访问，请稍后再试；其他功能不受影响。",
        "The store of attachments cannot be reached; try again later. Everything else works.",
    ),
    "bad_range": Meaning(416, "请求的文件范围不存在。", "The file has no such range."),
    "media.unsupported_type": Meaning(415, "内容类型不受支持。", "This content type is not supported here."),
    "media.not_acceptable": Meaning(
        406, "终端不接受会话描述（SDP）格式的应答。", "The client does not accept an answer in SDP."
    ),
    "media.no_precondition": Meaning(
        428, "请求缺少 If-Match，无法确认媒体连接的状态。", "If-Match is missing; say which state is meant."
    ),
    "media.stale": Meaning(
        412, "媒体连接的状态已改变，请重试。", "The media connection has changed since; please retry."
    ),
    "duty.empty": Meaning(400, "请填写内容。", "Please write something."),
    "duty.future": Meaning(400, "时间不能晚于现在。", "The time cannot be later than now."),
    "duty.no_shifts": Meaning(400, "没有可用的班次。", "There are no shifts in it."),
    "duty.too_many_shifts": Meaning(
        400, "一次排班的班次过多，请分批导入。", "Too many shifts at once; import them in parts."
    ),
    "duty.bad_shift": Meaning(
        400,
        "班次不完整：请核对起止时间，并至少填写一名在岗人员。",
        "This is no shift: check its times, and name at least one person for the post.",
    ),
    "duty.not_text": Meaning(
        400,
        "文件不是文本表格，请另存为 CSV 后再导入。",
        "The file is no table of text; save it as CSV first.",
    ),
    "duty.no_columns": Meaning(
        400,
        "表头缺少“日期、开始、结束”，请按模板填写。",
        "The head has no 日期, 开始 and 结束; use the template.",
    ),
    "duty.bad_lines": Meaning(
        400, "有的行无法识别，整份排班未导入。", "Some lines cannot be read; nothing was imported."
    ),
    # does it fit the state
    "session.ended": Meaning(409, "会商已经结束。", "The consultation has ended."),
    "session.not_called": Meaning(
        409, "当前没有对本会场的呼叫。", "There is no call to this venue at the moment."
    ),
    "session.not_joined": Meaning(409, "本会场尚未接入会商。", "This venue has not joined the consultation."),
    "session.presenting": Meaning(
        409,
        "已有会场正在共享内容，请等其结束或由主席停止后再试。",
        "A venue is presenting already; wait for its end, or let the chair stop it.",
    ),
    "session.already_joined": Meaning(
        409, "该会场已在会商中。", "This venue is already in the consultation."
    ),
    "session.is_chair": Meaning(
        409, "主席会场不能作为此操作的对象。", "This cannot be done to the chair's own venue."
    ),
    "session.chair_stays": Meaning(
        409,
        "没有其他席位可以接任主席，请改用转移主席。",
        "No other seat can take the chair; transfer it to a venue instead.",
    ),
    "session.is_locked": Meaning(
        409,
        "会商已锁定，只有主席呼叫的会场可以接入，请联系主席。",
        "The consultation is locked; only venues that the chair calls may come in. Ask the chair.",
    ),
    "session.removed": Meaning(
        409,
        "本会场已被主席移出会商，需由主席重新呼叫。",
        "The chair has removed this venue; it may come in when the chair calls it again.",
    ),
    "session.presentation_locked": Meaning(
        409,
        "主席已锁定演示，暂不能共享内容，请联系主席。",
        "The chair has locked the presentation; ask the chair before sharing.",
    ),
    "floor.silent": Meaning(
        409,
        "当前为静默模式，暂不接受发言申请。",
        "The consultation is in silent mode; nobody may ask to speak.",
    ),
    "floor.not_asked": Meaning(
        409, "该会场没有等待中的发言申请。", "This venue is not waiting for the floor."
    ),
    "floor.closed_by_chair": Meaning(
        409,
        "麦克风由主席关闭，请申请发言或等待主席打开。",
        "The chair has closed this microphone; ask for the floor, or wait until it is opened.",
    ),
    "picture.no_carousel": Meaning(409, "当前没有进行中的轮询。", "No carousel is running."),
    "rollcall.running": Meaning(
        409, "点名正在进行，请先结束本轮点名。", "A roll call is running; end it before another begins."
    ),
    "rollcall.not_asked": Meaning(
        409, "当前未点到本会场。", "This venue is not the one that is asked at the moment."
    ),
    "rollcall.unknown": Meaning(404, "没有这次点名或其中没有该会场。", "There is no such roll call or row."),
    "spotcheck.row_called": Meaning(
        409, "该单位正在呼叫或已应答，不能再次呼叫。", "This office is being called, or has answered already."
    ),
    "spotcheck.not_dialled": Meaning(
        409, "请先点“拨出”再计时。", "Press “dial” first; then time the answer."
    ),
    "spotcheck.calling": Meaning(
        409,
        "还有单位正在呼叫，请等待结果或取消呼叫。",
        "An office is still being called; wait, or take it back.",
    ),
    "spotcheck.closed": Meaning(
        409, "本次抽查已结束，只能查看和导出。", "This spot check is closed; it can be read and exported."
    ),
    "paper.no_step": Meaning(
        409, "公文当前状态不能进行此操作，请刷新后查看。", "In its present state this step is not possible."
    ),
    "paper.not_editable": Meaning(
        409,
        "公文正在审核或已签发，不能修改；审核中的可先退回。",
        "It is being reviewed, or was issued; what is in review can be returned first.",
    ),
    "paper.frozen": Meaning(
        409,
        "公文已签发，内容已固定；需要更改请起草新版本。",
        "This paper was issued and stays as it is; draft a new edition to change it.",
    ),
    "paper.conflict": Meaning(
        409,
        "他人已修改了同一段，请对照两份文字后再保存。",
        "Somebody else has changed the same section; compare both texts and save again.",
    ),
    "paper.same_person": Meaning(
        409,
        "签发人就是起草人，通常应由另一人签发。确需本人签发，请再次确认。",
        "Who drafted it usually does not issue it. Confirm once more if you must.",
    ),
    "paper.replaced": Meaning(
        409,
        "被更正的公文已有更新的版本，请在新版本上更正。",
        "A later edition of that paper has been issued already; amend that one.",
    ),
    "mark.unknown": Meaning(404, "没有这条标记，或已撤回。", "There is no such mark, or it was retracted."),
    "booking.over": Meaning(
        409,
        "该会议已开始或已取消，不能再更改。",
        "This meeting has begun, or was cancelled.",
    ),
    "booking.too_early": Meaning(
        409, "会议最早可提前一小时开始。", "A meeting may begin an hour before its time, not earlier."
    ),
    "call.nobody_left": Meaning(
        409,
        "该单位没有更多联系人，请拨打值班电话。",
        "This office has no further contact; dial its duty telephone.",
    ),
    "guest.bad_code": Meaning(
        403, "接入码不正确，请核对后再输入。", "This code is not right; check it and enter it again."
    ),
    "guest.expired": Meaning(
        410,
        "接入码已过期或已撤回，请向值班室索取新的接入码。",
        "This code has expired or was withdrawn; ask the duty office for a new one.",
    ),
    "guest.used": Meaning(
        409,
        "接入码已被使用，每个接入码只能使用一次。请向值班室索取新的接入码。",
        "This code has been used, and each is good once; ask the duty office for a new one.",
    ),
    "guest.locked": Meaning(
        429,
        "接入码多次输入错误，请稍后再试，或致电值班室。",
        "Too many wrong codes; try again later, or call the duty office.",
    ),
    "guest.over": Meaning(403, "本次现场接入已结束。", "This guest's part in the consultation is over."),
    "guest.no_seat": Meaning(
        409,
        "现场接入不是席位，不能呼叫，也不能担任主席。",
        "A guest in the field has no seat: it cannot be called, nor have the chair.",
    ),
    "wall.unknown": Meaning(
        404, "没有这块大屏，或其登记已撤销。", "There is no such wall, or it was revoked."
    ),
    "wall.over": Meaning(
        403,
        "这块大屏的登记已失效，请由值班员重新登记。",
        "This wall is not registered any more; the duty officer can register it again.",
    ),
    "session.too_many": Meaning(
        409,
        "同时进行的会商已达上限，请先结束不再需要的会商。",
        "As many consultations as the hub may run are running; end one that is over first.",
    ),
    "board.conflict": Meaning(
        409,
        "该条目刚被他人修改，两种文字都已保留，请选择。",
        "Somebody else has just changed this item; both texts are kept, please choose.",
    ),
    "board.closed": Meaning(409, "态势板已关闭，只能查看。", "The board is closed and can only be read."),
    "plan.withdrawn": Meaning(409, "该预案已停用。", "This plan is withdrawn."),
    "plan.moved_on": Meaning(
        409,
        "该预案刚被他人修改，请重新打开后再改。",
        "Somebody has just edited this plan; open it again and then change it.",
    ),
    "incident.closed": Meaning(
        409,
        "事件已结束，只能查看；如需继续请先恢复。",
        "The incident is over and can only be read; reopen it first.",
    ),
    "incident.no_step": Meaning(
        409, "事件当前状态下不能这样变更。", "The incident cannot go from its state to that one."
    ),
    "board.frozen": Meaning(
        409, "条目已办结，内容不能再改；可加批注说明。", "The item has come to its end; add a note instead."
    ),
    "board.no_move": Meaning(
        409, "条目当前状态下不能进行此操作，请刷新后再看。", "The item's state does not allow this step now."
    ),
    "board.one_row": Meaning(
        409, "本单位已有一行，请直接修改。", "Your unit has its row already; edit that one."
    ),
    "board.full": Meaning(409, "数量已达上限。", "There is no room for more."),
    "board.void_too_late": Meaning(
        409,
        "填写超过 10 分钟，请联系值班室作废。",
        "It is older than 10 minutes; ask the duty office to void it.",
    ),
    "track.no_move": Meaning(
        409, "当前状态下不能进行此步。", "This step does not follow from the present state."
    ),
    "track.too_late_to_extend": Meaning(
        409, "时限已过，不能再申请延期。", "Its time has come; an extension had to be asked for before."
    ),
    "track.nothing_asked": Meaning(409, "没有待答复的延期申请。", "No extension has been asked for."),
    "board.voided": Meaning(409, "该条目已作废，不能再修改。", "This item is void and cannot be changed."),
    "organisation.exists": Meaning(409, "该名称已存在。", "This name is taken already."),
    "organisation.in_use": Meaning(
        409,
        "该分组仍被会商模板使用，请先修改模板。",
        "A template still uses this group; change the template first.",
    ),
    "duty.overlap": Meaning(
        409,
        "与已有班次的时间重叠，排班未保存。",
        "It overlaps with a shift that is planned; nothing was saved.",
    ),
    "duty.shift_over": Meaning(
        409, "该班次已开始或已结束，不能再更改。", "This shift has begun or is over and cannot be changed."
    ),
    "duty.watch_stands": Meaning(
        409,
        "岗位上已有一班，请办理交接班，或说明原因立即接班。",
        "A shift is at the post; let it hand over, or take over at once and say why.",
    ),
    "duty.no_watch": Meaning(409, "当前没有在岗班次，请先签到。", "Nobody is at the post; sign in first."),
    "duty.no_sheet": Meaning(409, "请先开始交接班。", "Begin the handover first."),
    "duty.given": Meaning(
        409,
        "已交班签字，正等待接班人；如需修改请先撤回。",
        "It is signed and waits for who takes over; take it back to change it.",
    ),
    "duty.not_given": Meaning(409, "交班人尚未签字。", "Who hands over has not signed yet."),
    "duty.notes_missing": Meaning(
        409,
        "仍有未办结事项没有交接说明，不能交班。",
        "Open items have no note yet; the shift cannot be handed over.",
    ),
    "duty.same_person": Meaning(
        409,
        "接班人须另有其人，请由接班人员本人登录签字。",
        "Somebody else has to take over; let that person log in and sign.",
    ),
    "duty.voided": Meaning(409, "该记录已作废。", "This entry is void."),
    "duty.of_the_system": Meaning(
        409, "系统记录不能更改，可另写一条说明。", "The system's entries stand; write another beside it."
    ),
    "duty.linked": Meaning(409, "该电话记录已转为首报。", "This call has become a first report already."),
    "stream.moved_on": Meaning(
        409, "内容刚刚发生变化，请重试。", "The content has just changed; please retry."
    ),
    # the hub cannot
    "check.busy": Meaning(
        429,
        "同时自检的会场较多，请稍候再试。",
        "Many are checking at this moment; try again in a little while.",
    ),
    "media.overloaded": Meaning(
        503,
        "系统负荷已满，为保证已接入会场的画面和声音，暂不接受新的接入，请稍后再试。",
        "The hub is at its limit; it takes no more connections, to keep those it has well. Try again later.",
    ),
    "media.too_many": Meaning(
        503, "媒体连接数已达上限，请稍后再试。", "The hub has no room for another media connection."
    ),
    "internal": Meaning(
        500, "系统内部错误，已记录，请重试或联系管理员。", "Internal error; it has been logged. Please retry."
    ),
    **RECORDING_ERRORS,
}


class CannotStart(Exception):
    """The hub cannot start as it is set up; the message says what to do, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")


class Refusal(Exception):
    """The hub says no, and why.

    ``detail`` carries what the person needs in order to go on (for instance both texts of a
    conflict); it is JSON-safe and never holds anything the asker may not see.
    """

    def __init__(self, code: str, **detail: Any) -> None:
        self.meaning = ERRORS[code]
        super().__init__(code)
        self.code = code
        self.detail = detail

    def as_dict(self) -> dict[str, Any]:
        """The one wire form of a refusal, for HTTP bodies and Socket.IO acks alike."""
        return {"code": self.code, "zh": self.meaning.zh, "en": self.meaning.en, "detail": self.detail}
