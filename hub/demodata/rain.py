"""强降雨防汛: three hours of a heavy rain in the south of Henan, as eighteen cities had it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.demodata.orders import ORDERS
from hub.demodata.verbs import (
    Act,
    Stage,
    add,
    casualties,
    clock_checked,
    edit,
    header,
    level,
    move,
    noted,
    pin,
    remark,
    share,
    void,
    wall,
)
from hub.domain.deadline import EventLevel
from hub.domain.kindparts import BoardKind, Reach
from hub.domain.workspace import Header
from hub.live.incidents import INCIDENT_BOARDS
from signaling.incident_vocabulary import IncidentOpen, NewReport

DEPARTMENTS = ("gongan", "jiaotong", "yingji", "weijian", "wenlv", "shichang", "qixiang", "shuili", "ziran")

# city, rain in mm, people moved, lon, lat, what is special there
CITIES = (
    ("xinyang", 286, 12600, 114.09, 32.15, "浉河区、罗山县 3 处漫堤，国道 312 线双井段断行"),
    ("zhumadian", 241, 8300, 114.02, 33.01, "确山县竹沟镇通信中断，正在抢通"),
    ("nanyang", 198, 5200, 112.53, 32.99, "桐柏县月河镇山体滑坡 2 处，无人员伤亡"),
    ("zhoukou", 152, 1100, 114.70, 33.62, "沙颍河周口闸流量 1200 立方米每秒，低于警戒"),
    ("pingdingshan", 147, 960, 113.19, 33.77, "白龟山水库水位 102.6 米，超汛限 0.4 米"),
    ("luohe", 139, 640, 114.02, 33.58, "沙河、澧河水位平稳上涨，城区 4 处积水已排除"),
    ("xuchang", 96, 210, 113.85, 34.04, "城区下穿立交 2 处封闭"),
    ("shangqiu", 74, 0, 115.66, 34.41, "农田积水约 3 万亩"),
    ("kaifeng", 68, 0, 114.31, 34.80, "城区 1 处下穿立交封闭，其余正常"),
    ("zhengzhou", 63, 0, 113.62, 34.75, "地铁正常运营，下穿隧道值守到位"),
    ("luoyang", 58, 130, 112.45, 34.62, "嵩县、栾川景区已关闭"),
    ("sanmenxia", 52, 0, 111.20, 34.77, "卢氏县组织危险区群众转移准备"),
    ("jiaozuo", 33, 0, 113.24, 35.22, "沁河流量正常"),
    ("jiyuan", 31, 0, 112.60, 35.07, "山洪沟道已巡查一遍"),
    ("xinxiang", 22, 0, 113.93, 35.30, "无险情"),
    ("anyang", 17, 0, 114.39, 36.10, "无险情"),
    ("hebi", 15, 0, 114.30, 35.75, "无险情"),
    ("puyang", 12, 0, 115.03, 35.76, "无险情"),
)


def OPENING(stage: Stage) -> IncidentOpen:  # noqa: N802 - a table's head
    """By telephone, 12 minutes after it happened."""
    fields = {
        "text": "信阳市浉河区浉河干流多处漫堤，群众正在转移",
        "type": "phone",
        "channel": "phone",
        "caller": "信阳市委值班室 李强",
        "phone": "0376-0100 2015",
        "occurred": str(stage.at(-215)),
        "learned": str(stage.at(-203)),
        "place": "信阳市浉河区、罗山县",
        "lon": "114.07",
        "lat": "32.13",
        "nature": "持续强降雨引发浉河干流漫堤",
        "measures": "已转移群众 800 余人，消防、民兵到场",
        "told": "值班室主任、带班领导",
        "credibility": "verified",
    }
    return IncidentOpen(
        op="demo-rain",
        header=Header(
            title="豫南强降雨防汛",
            place="信阳、驻马店、南阳",
            lon=114.09,
            lat=32.15,
            occurred_ms=stage.at(-215),
            learned_ms=stage.at(-203),
            summary="信阳、驻马店、南阳等地出现大暴雨，浉河干流漫堤。",
        ),
        level=EventLevel.III,
        units=[*DEPARTMENTS, *(city for city, *_ in CITIES)],
        boards=[*INCIDENT_BOARDS, BoardKind.HAZARD],
        report=NewReport(item_id="demo-phone", fields=fields),
    )


def _of_the_incident() -> Iterator[Act]:
    yield Act(-199, "hub", clock_checked())
    yield Act(-198, "officer", noted(-199, "向带班领导沈国栋口头报告，要求密切关注、随时报告"))
    yield Act(-196, "officer", level(EventLevel.III, "IV", "启动防汛四级应急响应"))
    yield Act(-160, "officer", casualties(-165, "信阳市委值班室", "浉河区首报", missing=2, injured=1))
    yield Act(-148, "officer", level(EventLevel.II, "III", "险情扩大到 3 市，提升至三级应急响应"))
    yield Act(-147, "officer", noted(-150, "省领导电话询问失联人员情况，已答复"))
    yield Act(
        -118, "officer", casualties(-121, "信阳市、驻马店市", "两市核报", missing=3, injured=4, trapped=11)
    )
    yield Act(-96, "deputy", level(EventLevel.II, "II", "浉河超保证水位，提升至二级应急响应"))
    yield Act(
        -95,
        "deputy",
        header(summary="信阳、驻马店、南阳大暴雨，浉河干流超保证水位 0.6 米，3 市转移 2.6 万人，失联 3 人。"),
    )
    yield Act(-62, "officer", casualties(-66, "省应急管理厅", "汇总口径", missing=2, injured=6, trapped=4))
    yield Act(
        -21,
        "officer",
        casualties(-24, "省应急管理厅", "被困人员已全部救出", missing=1, injured=6, dead=1, trapped=0),
    )
    yield Act(
        -20.5,
        "deputy",
        header(
            summary="浉河平桥站超保证水位 0.34 米，缓慢回落；3 市转移 2.6 万人；"
            "死亡 1 人，失联 1 人，被困人员已全部救出。"
        ),
    )
    yield Act(-20, "officer", noted(-22, "带班领导签发值班报告第 2 期"))
    yield Act(-6, "hub", clock_checked())


def _the_situation() -> Iterator[Act]:
    for place, (city, rain, moved, lon, lat, special) in enumerate(CITIES):
        key, begins = f"rain-{city}", -190 + place * 3.5
        text = f"过去 6 小时最大点雨量 {rain} 毫米；{special}"
        yield Act(
            begins, city, add("situation", key, text, as_of=begins - 8, lon=lon, lat=lat, channel="intranet")
        )
        if moved:
            fact = f"累计转移群众 {moved} 人，集中安置点运行正常"
            yield Act(
                begins + 44,
                city,
                add("situation", f"moved-{city}", fact, as_of=begins + 40, lon=lon, lat=lat),
            )
        if place % 3 == 0:
            yield Act(begins + 12, "officer", edit(key, credibility="verified"))
        if rain > 140:
            later = f"过去 6 小时最大点雨量 {rain + 24} 毫米；{special}"
            yield Act(begins + 80, city, edit(key, text=later))
    yield from _from_the_departments()


def _from_the_departments() -> Iterator[Act]:
    forecast = "预计未来 6 小时信阳、驻马店仍有 60 至 100 毫米降水，局地 150 毫米；夜间减弱东移"
    yield Act(-186, "qixiang", add("situation", "forecast", forecast, category="forecast", as_of=-188))
    yield Act(-185, "officer", pin("forecast"))
    yield Act(-184, "officer", wall("forecast"))
    yield Act(
        -172,
        "shuili",
        add(
            "situation",
            "river",
            "浉河平桥站水位 75.32 米，超警戒 1.12 米，仍在上涨",
            as_of=-175,
            lon=114.13,
            lat=32.10,
        ),
    )
    yield Act(-108, "shuili", edit("river", text="浉河平桥站水位 76.10 米，超保证 0.60 米，涨势趋缓"))
    yield Act(-107, "officer", edit("river", credibility="verified"))
    yield Act(-106, "officer", wall("river"))
    yield Act(-34, "shuili", edit("river", text="浉河平桥站水位 75.84 米，超保证 0.34 米，缓慢回落"))
    yield Act(
        -150,
        "jiaotong",
        add(
            "situation",
            "road",
            "国道 312 线双井段、省道 339 线董家河段断行，已设绕行；京港澳高速信阳段限速",
            as_of=-153,
            lon=113.97,
            lat=32.09,
        ),
    )
    yield Act(
        -141,
        "gongan",
        add("situation", "police", "投入警力 1860 人，封控积水路段 41 处，未发生次生事故", as_of=-143),
    )
    yield Act(
        -128,
        "weijian",
        add("situation", "hospital", "信阳 3 家医院预留床位 120 张，收治伤员 4 人", as_of=-130),
    )
    yield from _judged()
    yield from _from_outside()


def _judged() -> Iterator[Act]:
    yield Act(
        -126,
        "yingji",
        add(
            "situation",
            "judge",
            "研判：若 22 时前雨量超 80 毫米，罗山县小龙山水库下游需扩大转移",
            category="judgement",
            as_of=-127,
        ),
    )
    yield Act(-125, "officer", pin("judge"))
    yield Act(-122, "shuili", remark("judge", "同意，小龙山水库泄洪道已预泄"))
    yield Act(-121, "officer", remark("judge", "已请带班领导阅", office=True))
    yield Act(
        -112,
        "officer",
        add("situation", "gap", "缺口：确山县竹沟镇 3 个行政村失去联系，人数待核实", category="gap"),
    )
    yield Act(-71, "zhumadian", add("situation", "found", "竹沟镇 3 个行政村已恢复通信，群众安全", as_of=-74))
    yield Act(-70, "officer", move("gap", "settle"))


def _from_outside() -> Iterator[Act]:
    rumour = "网传“小龙山水库溃坝”"
    yield Act(-90, "xinyang", add("situation", "rumour", rumour, channel="media", as_of=-92))
    yield Act(-84, "officer", edit("rumour", credibility="false"))
    yield Act(-83, "officer", share("rumour", Reach.ALL))
    yield Act(
        -58, "wenlv", add("situation", "scenic", "全省 37 家 A 级景区关闭，疏散游客 4300 人", as_of=-60)
    )
    yield Act(-57, "wenlv", add("situation", "scenic2", "全省 37 家景区关闭", as_of=-60))
    yield Act(-55, "wenlv", void("scenic2", "重复填报"))
    yield Act(-44, "ziran", add("situation", "slide", "桐柏、商城 9 处地灾隐患点已撤离 610 人", as_of=-47))
    yield Act(-15, "qixiang", add("situation", "radar", "雷达回波东移，信阳西部降水明显减弱", as_of=-17))


def _the_reports() -> Iterator[Act]:
    first: dict[str, Any] = {
        "type": "initial",
        "occurred": -215,
        "learned": -208,
        "nature": "持续强降雨引发浉河干流漫堤 3 处",
        "casualties": "失联 2 人，轻伤 1 人",
        "scope": "浉河区、罗山县 6 个乡镇",
        "measures": "转移 2600 人，武警、消防 420 人到场",
        "contact": "浉河区区长 周建国 100 0000 2101",
        "channel": "intranet",
    }
    yield Act(-176, "xinyang", add("report", "xy-1", "关于浉河干流漫堤的首报", state="draft", **first))
    yield Act(-168, "xinyang", edit("xy-1", leaders="市委书记、市长已到现场指挥", trend="水位仍在上涨"))
    yield Act(-166, "xinyang", move("xy-1", "submit"))
    yield Act(
        -161, "officer", edit("xy-1", proposal="拟报省委领导阅，请应急厅派员指导", proposal_state="submitted")
    )
    yield Act(-155, "officer", move("xy-1", "adopt"))
    yield Act(-140, "officer", edit("xy-1", proposal_state="approved"))
    yield from _the_follow_ups()
    yield from _the_others()


def _the_others() -> Iterator[Act]:
    late: dict[str, Any] = {
        "type": "initial",
        "occurred": -208,
        "nature": "确山县竹沟镇山洪",
        "casualties": "失联 1 人，被困 11 人",
        "scope": "竹沟镇 5 个行政村",
        "channel": "intranet",
    }
    yield Act(-132, "zhumadian", add("report", "zmd-1", "关于竹沟镇山洪的首报", state="submitted", **late))
    yield Act(-129, "officer", move("zmd-1", "return", "请补充领导到位情况和现场负责人"))
    yield Act(
        -124,
        "zhumadian",
        edit(
            "zmd-1",
            leaders="市长到竹沟镇指挥",
            contact="确山县县长 王成 100 0000 2201",
            measures="抢通道路、通信",
        ),
    )
    yield Act(-123, "zhumadian", move("zmd-1", "submit"))
    yield Act(-119, "officer", move("zmd-1", "adopt"))
    yield from _the_last()


def _the_last() -> Iterator[Act]:
    yield Act(
        -101,
        "nanyang",
        add(
            "report",
            "ny-1",
            "桐柏县月河镇山体滑坡首报",
            type="initial",
            state="submitted",
            occurred=-131,
            nature="强降雨引发山体滑坡 2 处",
            casualties="无人员伤亡",
            scope="省道 335 线单幅中断",
            measures="抢险队 40 人、机械 6 台在作业",
        ),
    )
    yield Act(-97, "officer", move("ny-1", "adopt"))
    yield Act(
        -52,
        "officer",
        add("report", "clue", "短视频平台出现“水库溃坝”不实信息，播放约 2 万次", type="clue", heat="2 万次"),
    )
    yield Act(
        -12, "zhumadian", add("report", "zmd-2", "竹沟镇山洪续报（起草中）", type="followup", chain="zmd-1")
    )
    yield Act(
        -9,
        "pingdingshan",
        add(
            "report",
            "pds-1",
            "白龟山水库超汛限水位首报",
            type="initial",
            state="submitted",
            occurred=-40,
            nature="水库超汛限 0.4 米，按调度泄洪",
            casualties="无",
        ),
    )


def _the_follow_ups() -> Iterator[Act]:
    for number, minute, text in (
        (1, -117, "转移 6200 人；浉河超保证水位 0.6 米；失联人员搜救中"),
        (2, -64, "转移 10400 人；1 名失联人员找到，生命体征平稳；漫堤段封堵 2 处"),
    ):
        chain = "xy-1" if number == 1 else "xy-next-1"
        yield Act(
            minute,
            "xinyang",
            add(
                "report",
                f"xy-next-{number}",
                f"浉河漫堤续报：{text}",
                type="followup",
                state="submitted",
                chain=chain,
                casualties=text,
                channel="intranet",
            ),
        )
        yield Act(minute + 5, "officer", move(f"xy-next-{number}", "adopt"))


def _what_is_there() -> Iterator[Act]:
    rows = (
        ("xinyang", "team", "信阳消防救援支队抗洪编队", 160, "人", 114.07, 32.13, "onsite"),
        ("xinyang", "vehicle", "冲锋舟", 24, "艘", 114.05, 32.11, "onsite"),
        ("xinyang", "shelter", "浉河区体育馆安置点", 1200, "人", 114.08, 32.14, "onsite"),
        ("xinyang", "supply", "编织袋", 80000, "条", 114.10, 32.16, "enroute"),
        ("zhumadian", "team", "确山县应急救援队", 60, "人", 113.79, 32.86, "onsite"),
        ("zhumadian", "vehicle", "应急通信车", 2, "台", 113.83, 32.84, "enroute"),
        ("nanyang", "team", "桐柏县抢险突击队", 40, "人", 113.43, 32.38, "onsite"),
        ("yingji", "team", "省矿山救援排水队", 45, "人", 113.70, 34.72, "enroute"),
        ("yingji", "vehicle", "龙吸水排水车", 6, "台", 113.70, 34.72, "enroute"),
        ("yingji", "supply", "省级防汛物资（帐篷、折叠床）", 3000, "套", 113.66, 34.80, "available"),
        ("weijian", "team", "省级卫生应急队", 30, "人", 113.66, 34.76, "available"),
        ("jiaotong", "vehicle", "应急运力大客车", 120, "台", 113.72, 34.70, "available"),
        ("zhengzhou", "team", "郑州消防增援分队", 90, "人", 113.62, 34.75, "enroute"),
        ("pingdingshan", "supply", "防汛块石", 1800, "方", 113.19, 33.74, "available"),
    )
    for number, (seat, kind, text, quantity, unit, lon, lat, state) in enumerate(rows, 1):
        minute = -145 + number * 5
        yield Act(
            minute,
            seat,
            add(
                "resource",
                f"res-{number}",
                text,
                state="enroute" if state == "onsite" else state,
                type=kind,
                quantity=quantity,
                unit=unit,
                lon=lon,
                lat=lat,
            ),
        )
        if state == "onsite":
            yield Act(minute + 26, seat, move(f"res-{number}", "arrive"))
    for city, _, moved, lon, lat, _ in CITIES[:6]:
        text = f"{moved} 人集中安置点"
        yield Act(
            -50, city, add("resource", f"home-{city}", text, state="onsite", type="shelter", lon=lon, lat=lat)
        )
    yield Act(-18, "yingji", move("res-8", "arrive"))


def _opinions_and_events() -> Iterator[Act]:
    yield Act(
        -115,
        "qixiang",
        add("opinion", "op-1", "维持红色预警至 24 时", basis="雷达与数值预报", advice="不降级"),
    )
    yield Act(
        -113,
        "shuili",
        add("opinion", "op-2", "小龙山水库控泄 200 立方米每秒", basis="下游已转移", advice="加密巡堤"),
    )
    yield Act(
        -111,
        "yingji",
        add("opinion", "op-3", "建议提升至二级应急响应", basis="3 市受灾", advice="前置排水力量"),
    )
    yield Act(
        -109, "xinyang", add("opinion", "op-4", "请求支援编织袋 5 万条、冲锋舟 10 艘", basis="库存告急")
    )
    yield Act(-105, "zhumadian", add("opinion", "op-5", "优先抢通竹沟镇通信", basis="3 个村失联"))
    yield Act(
        -99,
        "officer",
        add("opinion", "op-6", "启动二级应急响应；应急厅前置排水力量；信阳请求照准", role="conclusion"),
    )
    yield Act(-98, "officer", move("op-6", "approve"))
    yield Act(-94, "officer", add("keyevent", "key-1", "启动防汛二级应急响应", as_of=-96))
    yield Act(-93, "officer", wall("key-1"))
    yield Act(-60, "xinyang", add("keyevent", "key-2", "浉河漫堤段 3 处全部封堵"))
    yield Act(-56, "officer", move("key-2", "publish"))
    yield Act(-30, "luohe", add("keyevent", "key-3", "城区积水全部排除"))
    yield Act(-26, "officer", move("key-3", "reject", "不属于全体须知事项"))
    yield Act(-4, "zhumadian", add("keyevent", "key-4", "竹沟镇道路全部抢通"))


ACTS: tuple[Act, ...] = (
    *_of_the_incident(),
    *_the_situation(),
    *_the_reports(),
    *_what_is_there(),
    *_opinions_and_events(),
    *ORDERS,
)
