"""What is refused of recordings, and why one has a gap: part of the table of ``hub/errors.py``."""

from __future__ import annotations

from hub.meaning import Meaning

RECORDING_ERRORS: dict[str, Meaning] = {
    "recording.unknown": Meaning(404, "没有这份录制。", "There is no such recording."),
    "keeping.mark_unknown": Meaning(
        404, "没有这个标记，可能已被他人删除。", "There is no such marker; somebody may have removed it."
    ),
    "export.unknown": Meaning(404, "没有这次导出。", "There is no such export."),
    "recording.not_ready": Meaning(
        409, "录制正在处理，请稍后回看。", "The recording is still being processed; try again soon."
    ),
    "recording.file_finished": Meaning(
        412,
        "这路录制已写完，文件已换新，请重新读取清单。",
        "This track is finished: its file is another one now; read the manifest again.",
    ),
    "recording.not_running": Meaning(
        409, "录制没有在进行，不能暂停。", "The recording is not running, so it cannot be paused."
    ),
    "recording.must_run": Meaning(
        403,
        "本系统不允许发起时不录制；会商中需要时可暂停录制。",
        "This hub records every session from its start; a recording may be paused while it runs.",
    ),
    "recording.not_paused": Meaning(409, "录制没有暂停。", "The recording is not paused."),
    "keeping.reason_missing": Meaning(400, "请填写原因。", "Please give the reason."),
    "keeping.held": Meaning(
        409, "录制已封存，须先解除封存。", "The recording is under legal hold; release it first."
    ),
    "keeping.not_held": Meaning(409, "录制没有封存。", "The recording is not under legal hold."),
    "keeping.destroyed": Meaning(
        409,
        "录制已批准销毁或已销毁，只保留记录。",
        "The recording is approved for destruction or destroyed; only its record is kept.",
    ),
    "keeping.mark_empty": Meaning(400, "请填写标记内容。", "Please say what the marker is about."),
    "keeping.mark_foreign": Meaning(
        403,
        "这个标记是他人所作，只能由本人或值班室修改。",
        "Somebody else set this marker; that person or the duty office can change it.",
    ),
    "keeping.mark_changed": Meaning(
        409,
        "这个标记刚被他人修改，请核对后再保存。",
        "Somebody has just changed this marker; look at it and save again.",
    ),
    "destruction.proposed_already": Meaning(
        409, "已有人提出销毁，等待第二人批准。", "Its destruction is proposed already and waits for approval."
    ),
    "recording.not_deleted": Meaning(
        503,
        "有文件未能删除，系统将不断重试；请检查存储。",
        "Files could not be deleted; the hub goes on trying. Please look at the storage.",
    ),
    "destruction.lapsed": Meaning(
        409,
        "销毁申请已超过 7 天，须重新提出。",
        "The proposal to destroy it is older than seven days; it has to be made anew.",
    ),
    "destruction.exporting": Meaning(
        409,
        "录制正在导出，导出完成或取消后才能批准销毁。",
        "It is being exported; its destruction can be approved when that is done or given up.",
    ),
    "destruction.none": Meaning(409, "没有待批准的销毁申请。", "No destruction waits for approval."),
    "destruction.same_person": Meaning(
        403,
        "销毁须由两人办理：批准人不能是提出人。",
        "It takes two persons: who proposed the destruction cannot approve it.",
    ),
    "export.bad_span": Meaning(
        400, "导出的终点须在起点之后。", "The end of an export comes after its start."
    ),
    "export.too_many": Meaning(
        409, "等待中的导出太多，请等其中一些完成。", "Too many exports are waiting; let some of them finish."
    ),
    "export.no_room": Meaning(
        507,
        "存储空间不足，未开始导出；录制不受影响。请清理空间后重试，或选择较小的画面、较短的片段。",
        "There is too little room, so nothing was exported; recording goes on. Make room and try again, or "
        "choose a smaller picture or a shorter clip.",
    ),
    "export.failed": Meaning(
        500,
        "导出未能完成，录制本身完好。请重试；再次失败请联系管理员。",
        "The export could not be finished; the recording is whole. Try again, or call the administrator.",
    ),
    "export.no_font": Meaning(
        500,
        "服务器上没有中文字体，无法写入会场名称和时钟。请管理员安装 fonts-noto-cjk 后重试。",
        "The server has no Chinese font for names and clock. Let the administrator install fonts-noto-cjk.",
    ),
    "export.removed": Meaning(
        410,
        "导出文件已到保留期并清理，可以重新导出。",
        "The exported file has had its days and was cleared away; it can be exported again.",
    ),
    "export.not_ready": Meaning(
        409, "导出尚未完成，请稍候。", "The export is not finished yet; wait a moment."
    ),
    "export.over": Meaning(409, "这次导出已经结束。", "This export is over already."),
    "storage.full": Meaning(
        507,
        "存储空间已满：新内容无法保存，请立即联系管理员。",
        "Storage is full: nothing new can be saved. Call the administrator now.",
    ),
    "storage.failed": Meaning(
        500,
        "存储设备出错：该路录制已中断，请立即联系管理员。",
        "The storage device failed: this track is no longer recorded. Call the administrator now.",
    ),
    "recording.unreadable": Meaning(
        500,
        "录制文件无法读取，原文件已保留，请联系管理员。",
        "The recorded file cannot be read; it has been kept as it is. Call the administrator.",
    ),
    "recording.no_key": Meaning(
        503,
        "录制的加密密钥不可用：录制暂停写入，已录内容完好；请管理员恢复密钥文件，恢复后自动继续。",
        "The key of the recordings is not there: nothing is written or read until the administrator brings it"
        " back, and then it goes on by itself. Nothing recorded is lost.",
    ),
    "recording.damaged": Meaning(
        500,
        "录制文件已损坏或被改动，这一部分无法播放；其他文件不受影响，请联系管理员核验。",
        "This file was damaged or changed and cannot be played here; the others are whole. Have it verified.",
    ),
    "recording.store_failed": Meaning(
        503,
        "录制文件所在的存储暂时无法访问，请稍后再试；新的录制仍在本机进行。",
        "The store that holds this file cannot be reached; try again later. New recordings go on here.",
    ),
    "hub.crashed": Meaning(
        503,
        "系统曾异常中断，此前的录制已恢复。",
        "The hub was cut off; what it had recorded until then has been recovered.",
    ),
    "recording.stalled": Meaning(
        503,
        "该路到达系统却没有写入，已重新开始录制；其他会场不受影响。",
        "It arrived and was not being written; it is recorded anew, and the others have gone on.",
    ),
    "line.lost": Meaning(503, "会场线路曾中断。", "The line of the venue was cut."),
    "line.renewed": Meaning(503, "会场曾重新接入。", "The venue has connected anew."),
    "hub.stopped": Meaning(503, "系统曾停机重启。", "The hub was stopped and started again."),
    "recording.paused": Meaning(503, "录制曾由人工暂停。", "The recording was paused by a person."),
}
