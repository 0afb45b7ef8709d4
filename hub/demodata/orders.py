"""What was asked of units in the heavy rain, and how far they are: instructions, warnings, tasks, hazards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.demodata.verbs import (
    Act,
    add,
    ask_time,
    delivered,
    edit,
    escalate,
    grant,
    move,
    phoned,
    step,
    urge,
)
from hub.domain.track import Progress

READ, SIGNED, WORKING, REPLIED = Progress.READ, Progress.SIGNED, Progress.WORKING, Progress.REPLIED
RETURNED, CONFIRMED = Progress.RETURNED, Progress.CONFIRMED

ACTION: dict[str, Any] = {"class": "action"}
GUIDANCE: dict[str, Any] = {"class": "guidance"}

SOUTH = ("xinyang", "zhumadian", "nanyang", "zhoukou", "pingdingshan", "luohe")


def _walk(
    key: str, seat: str, begins: float, *states: Progress, text: str = "", every: float = 3
) -> Iterator[Act]:
    """One unit's way along its track, a step every few minutes."""
    for number, state in enumerate(states):
        by = "officer" if state in (RETURNED, CONFIRMED) else seat
        said = text if state in (REPLIED, RETURNED) else ""
        yield Act(begins + number * every, by, step(key, seat, state, said))


def _the_warnings() -> Iterator[Act]:
    red = "暴雨红色预警：信阳、驻马店、南阳未来 3 小时降水将达 100 毫米以上"
    warned = (*SOUTH, "xuchang", "sanmenxia")
    yield Act(
        -188,
        "qixiang",
        add(
            "warning",
            "red",
            red,
            units=warned,
            colour="red",
            area="豫南",
            issuer="省气象局",
            valid_from=-188,
            valid_to=240,
            due=-173,
        ),
    )
    yield Act(-187.8, "hub", delivered("red", *warned))
    for place, seat in enumerate(SOUTH):
        text = "市长在指挥部，影响 12 个乡镇，已转移危险区群众"
        yield from _walk("red", seat, -187 + place * 0.4, READ, SIGNED, REPLIED, text=text, every=2)
        yield Act(-176 + place, "officer", step("red", seat, CONFIRMED))
    yield Act(-185, "hub", escalate("red", "xuchang", "sanmenxia"))
    yield Act(-183, "officer", urge("red", "xuchang", "sanmenxia"))
    yield Act(-182, "officer", phoned("red", "xuchang", "值班长接听，已收到", reached=True))
    yield Act(-181, "officer", phoned("red", "sanmenxia", "占线", reached=False))
    yield Act(-178, "officer", phoned("red", "sanmenxia", "值班员接听，立即处理"))
    flood = "浉河洪水橙色预警：平桥站将超保证水位"
    told = ("xinyang", "zhumadian", "zhoukou", "jiyuan")
    yield Act(
        -110,
        "shuili",
        add(
            "warning",
            "flood",
            flood,
            units=told,
            colour="orange",
            area="浉河流域",
            issuer="省水利厅",
            due=-95,
        ),
    )
    yield Act(-109.8, "hub", delivered("flood", "xinyang", "zhumadian", "zhoukou"))
    yield from _walk(
        "flood", "xinyang", -108, READ, SIGNED, REPLIED, text="区长在现场，影响 6 个乡镇，转移 6200 人"
    )
    yield from _walk("flood", "zhumadian", -106, READ, SIGNED)
    yield Act(-105, "hub", escalate("flood", "zhoukou", "jiyuan"))
    yield Act(-104, "zhoukou", step("flood", "zhoukou", READ))
    yield Act(
        -60,
        "qixiang",
        add("warning", "slides", "地质灾害黄色预警：桐柏、商城", units=("nanyang",), colour="yellow"),
    )
    yield from _walk("slides", "nanyang", -58, READ, SIGNED, REPLIED, text="9 处隐患点已撤离")
    yield Act(-50, "officer", step("slides", "nanyang", CONFIRMED))


def _the_instructions() -> Iterator[Act]:
    yield Act(
        -158,
        "officer",
        add(
            "instruction",
            "missing",
            "立即核实失联人员姓名、年龄和失联地点，全力搜救",
            leader="省委书记",
            **ACTION,
            original="人命关天，务必逐人核实、全力搜救，有情况随时报告。",
            proposal="拟由信阳、驻马店承办，应急厅督促",
            units=("xinyang", "zhumadian", "yingji"),
            due=-98,
        ),
    )
    yield Act(-157.8, "hub", delivered("missing", "xinyang", "zhumadian", "yingji"))
    yield from _walk(
        "missing", "xinyang", -156, READ, SIGNED, WORKING, REPLIED, text="失联 2 人，正在核实姓名", every=6
    )
    yield Act(-132, "officer", step("missing", "xinyang", RETURNED, "请写明姓名、年龄和失联地点"))
    yield Act(-126, "xinyang", step("missing", "xinyang", WORKING))
    yield Act(
        -116, "xinyang", step("missing", "xinyang", REPLIED, "张某（62 岁）、王某（35 岁），董家河镇睡仙桥村")
    )
    yield Act(-114, "officer", step("missing", "xinyang", CONFIRMED))
    yield from _walk("missing", "zhumadian", -150, READ, SIGNED, WORKING, every=7)
    yield Act(-110, "zhumadian", ask_time("missing", "zhumadian", -70, "竹沟镇通信中断，无法核实"))
    yield Act(-107, "officer", grant("missing", "zhumadian"))
    yield Act(
        -76, "zhumadian", step("missing", "zhumadian", REPLIED, "失联 1 人：李某（47 岁），竹沟镇肖庄村")
    )
    yield from _walk("missing", "yingji", -155, READ, SIGNED, REPLIED, text="已派工作组 8 人赴信阳", every=5)
    yield Act(-120, "officer", step("missing", "yingji", CONFIRMED))

    yield from _about_dams()
    yield from _the_later_ones()


def _about_dams() -> Iterator[Act]:
    dams = (*SOUTH, "shuili")
    yield Act(
        -140,
        "officer",
        add(
            "instruction",
            "dams",
            "逐库逐坝落实巡查责任人，1 小时内报告病险水库情况",
            leader="分管副省长",
            **ACTION,
            units=dams,
            due=-75,
        ),
    )
    yield Act(-139.8, "hub", delivered("dams", *dams))
    for place, seat in enumerate(("xinyang", "nanyang", "shuili", "pingdingshan")):
        yield from _walk(
            "dams", seat, -137 + place, READ, SIGNED, WORKING, REPLIED, text="病险水库已逐座落实到人", every=9
        )
    yield from _walk("dams", "zhumadian", -130, READ, SIGNED, WORKING)
    yield from _walk("dams", "luohe", -128, READ)
    yield Act(-134, "hub", escalate("dams", "zhoukou"))
    yield Act(-72, "officer", urge("dams", "zhumadian", "luohe", "zhoukou"))
    yield Act(-70, "officer", phoned("dams", "zhoukou", "无人接听", reached=False))


def _the_later_ones() -> Iterator[Act]:
    yield Act(
        -100,
        "officer",
        add(
            "instruction",
            "support",
            "向信阳增援冲锋舟 10 艘、编织袋 5 万条",
            leader="带班领导 沈国栋",
            units=("yingji", "jiaotong"),
            due=-40,
        ),
    )
    for seat, text in (("yingji", "物资 16 时起运，预计 2 小时到达"), ("jiaotong", "运力 12 台已到位")):
        yield from _walk("support", seat, -98, READ, SIGNED, REPLIED, text=text, every=8)
        yield Act(-70, "officer", step("support", seat, CONFIRMED))
    yield Act(-68, "officer", move("support", "close"))

    yield Act(
        -90,
        "officer",
        add("instruction", "registered", "关于灾后防疫工作的批示", leader="省长", **GUIDANCE),
    )
    yield Act(
        -48,
        "deputy",
        add(
            "instruction",
            "dams2",
            "小龙山水库下游扩大转移范围，转移情况每 30 分钟报告一次",
            leader="省委书记",
            units=("xinyang", "shuili", "gongan"),
            due=22,
        ),
    )
    yield Act(-47.8, "hub", delivered("dams2", "xinyang", "shuili", "gongan"))
    yield from _walk("dams2", "xinyang", -46, READ, SIGNED, WORKING)
    yield from _walk("dams2", "shuili", -44, READ, SIGNED)
    yield Act(-43, "gongan", step("dams2", "gongan", READ))
    yield Act(-1, "gongan", step("dams2", "gongan", SIGNED))
    yield Act(-36, "officer", add("instruction", "revoked", "抽调郑州消防增援周口", units=("zhengzhou",)))
    yield Act(-33, "officer", move("revoked", "revoke", "周口水势平稳，改为待命"))


def _the_tasks() -> Iterator[Act]:
    rows = (
        ("通知防指成员单位集中会商", ("yingji",), -175, "done"),
        ("向国务院值班室书面报告", ("yingji",), -150, "done"),
        ("关闭豫南涉水景区", ("wenlv",), -130, "done"),
        ("前置排水抢险力量到信阳", ("yingji",), -60, "doing"),
        ("抢通竹沟镇通信", ("zhumadian",), -80, "done"),
        ("抢通国道 312 线双井段", ("jiaotong", "xinyang"), -30, "blocked"),
        ("安置点食宿、医疗保障", ("xinyang", "weijian"), 60, "doing"),
        ("核报农作物受灾面积", ("zhoukou", "shangqiu"), -10, "todo"),
        ("组织灾后消杀", ("weijian",), 600, "todo"),
        ("启用备用发电机组", ("luohe",), 30, "skipped"),
    )
    for number, (text, units, due, state) in enumerate(rows, 1):
        key, begins = f"task-{number}", -195 + number * 3
        yield Act(begins, "officer", add("task", key, text, units=units, due=due, step=number))
        yield Act(begins + 2, units[0], step(key, units[0], SIGNED))
        if state in ("doing", "done", "blocked"):
            yield Act(begins + 6, units[0], move(key, "start"))
        if state == "done":
            yield Act(due + (8 if number == 5 else -5), units[0], move(key, "finish"))
        if state == "blocked":
            yield Act(-45, units[0], move(key, "block", "塌方体约 3000 方，机械被阻在董家河"))
        if state == "skipped":
            yield Act(-90, "officer", move(key, "skip", "市电未中断"))
    yield Act(-71, "zhumadian", edit("task-5", result="卫星便携站开通，3 个村恢复联系"))


def _the_hazards() -> Iterator[Act]:
    rows = (
        ("小龙山水库溢洪道左岸渗水", "xinyang", "major", 114.42, 32.17, "recheck"),
        ("浉河董家河段堤防管涌 1 处", "xinyang", "major", 113.93, 32.17, "cleared"),
        ("确山县竹沟镇危桥未封闭", "zhumadian", "larger", 113.67, 32.80, "fixing"),
        ("桐柏县月河镇滑坡体上方有住户", "nanyang", "larger", 113.52, 32.42, "supervised"),
        ("白龟山水库泄洪闸备用电源故障", "pingdingshan", "larger", 113.18, 33.72, "assigned"),
        ("澧河险工段缺少备石", "luohe", "ordinary", 113.90, 33.52, "found"),
    )
    for number, (text, seat, risk, lon, lat, state) in enumerate(rows, 1):
        key, begins = f"haz-{number}", -150 + number * 6
        units = () if state == "found" else (seat,)
        place: dict[str, Any] = {"lon": lon, "lat": lat, "risk": risk, "type": "防汛"}
        yield Act(begins, "officer", add("hazard", key, text, units=units, due=-20 + number * 12, **place))
        if state in ("recheck", "cleared", "fixing"):
            yield Act(begins + 7, seat, step(key, seat, SIGNED))
            yield Act(begins + 8, seat, move(key, "start"))
            yield Act(begins + 9, seat, edit(key, person="值班长", measure="专人值守、先封堵后加固"))
        if state in ("recheck", "cleared"):
            yield Act(begins + 60, seat, move(key, "report"))
        if state == "cleared":
            yield Act(begins + 72, "officer", move(key, "clear"))
        if state == "supervised":
            yield Act(begins + 50, "officer", move(key, "supervise", "两次催办未动"))


ORDERS: tuple[Act, ...] = (*_the_warnings(), *_the_instructions(), *_the_tasks(), *_the_hazards())
