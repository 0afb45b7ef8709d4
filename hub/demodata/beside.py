"""Beside the heavy rain: an exercise, which is kept apart, and a day of the daily duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.demodata.verbs import Act, Stage, add, delivered, edit, move, pin, step
from hub.domain.deadline import EventLevel
from hub.domain.track import Progress
from hub.domain.workspace import Header, IncidentCategory
from signaling.incident_vocabulary import IncidentOpen


def EXERCISE(stage: Stage) -> IncidentOpen:  # noqa: N802 - a table's head
    return IncidentOpen(
        op="demo-exercise",
        header=Header(
            title="危化品泄漏处置演练",
            category=IncidentCategory.ACCIDENT,
            place="郑州市上街区",
            lon=113.30,
            lat=34.81,
            occurred_ms=stage.at(-120),
            learned_ms=stage.at(-118),
            summary="季度联合演练，所有信息均为演练内容。",
        ),
        level=EventLevel.IV,
        exercise=True,
        units=["yingji", "gongan", "weijian", "zhengzhou", "kaifeng"],
    )


EXERCISE_ACTS = (
    Act(
        -115,
        "zhengzhou",
        add("report", "ex-1", "（演练）上街区储罐泄漏首报", type="initial", state="submitted"),
    ),
    Act(-112, "officer", move("ex-1", "adopt")),
    Act(
        -110,
        "zhengzhou",
        add("situation", "ex-2", "（演练）下风向 1 公里群众疏散完毕", lon=113.30, lat=34.81),
    ),
    Act(
        -106,
        "officer",
        add("instruction", "ex-3", "（演练）立即设置警戒区", units=("gongan", "zhengzhou"), due=-90),
    ),
    Act(-105, "gongan", step("ex-3", "gongan", Progress.SIGNED)),
    Act(-100, "gongan", step("ex-3", "gongan", Progress.REPLIED, "（演练）警戒区已设置")),
    Act(
        -96, "weijian", add("resource", "ex-4", "（演练）中毒救治专家组", type="team", quantity=6, unit="人")
    ),
)

# seat, leader on duty, chief, officers
_ON_DUTY = (
    ("yingji", "邓立新", "何立", "张敏、孙凯"),
    ("shuili", "汤正国", "谢军", "马建军、丁一"),
    ("qixiang", "雷鸣", "许诺", "徐文博"),
    ("xinyang", "殷志成", "李强", "陈华、赵亮"),
    ("zhumadian", "万里程", "田家乐", "周宇"),
    ("nanyang", "毛新华", "诸葛鹏", "黄磊"),
    ("zhoukou", "常青", "高翠兰", "吴昊"),
    ("luohe", "段晓光", "谢文静", "贾林"),
    ("kaifeng", "秦岭", "宋雨晴", "冯涛"),
    ("zhengzhou", "彭国庆", "郭永辉", "杜娟"),
)


def _the_day() -> Iterator[Act]:
    for number, (seat, leader, chief, officers) in enumerate(_ON_DUTY):
        readiness = "response" if number < 6 else "alert"
        yield Act(
            -198 + number,
            seat,
            add(
                "duty",
                f"duty-{seat}",
                "防汛值守",
                leader=leader,
                chief=chief,
                officers=officers,
                readiness=readiness,
            ),
        )
    yield Act(-120, "luohe", move("duty-luohe", "off", "带班领导赴澧河险工段"))
    checks = (
        ("hebi", "answered", 9, "normal"),
        ("puyang", "no_answer", 0, "problem"),
        ("jiyuan", "answered", 41, "problem"),
    )
    for number, (seat, state, seconds, verdict) in enumerate(checks):
        answered: dict[str, Any] = {"answered_s": seconds} if seconds else {}
        yield Act(
            -170 + number * 4,
            "deputy",
            add(
                "check",
                f"check-{seat}",
                "汛期值班电话抽查",
                units=(seat,),
                state=state,
                method="phone",
                verdict=verdict,
                **answered,
            ),
        )
    yield Act(-150, "puyang", edit("check-puyang", explanation="电话线路故障，已启用备用号码"))
    yield Act(
        -160,
        "officer",
        add("hazard", "day-haz", "省道 213 线交通信号停电", units=("anyang",), due=300, risk="ordinary"),
    )
    yield Act(
        -80,
        "officer",
        add(
            "instruction",
            "day-order",
            "各地 17 时前报送汛期值班表",
            units=("anyang", "hebi", "puyang"),
            due=90,
        ),
    )
    yield Act(-79.8, "hub", delivered("day-order", "anyang", "hebi", "puyang"))
    yield Act(-78, "anyang", step("day-order", "anyang", Progress.SIGNED))
    yield Act(-60, "officer", add("keyevent", "day-key", "全省防汛二级应急响应期间实行双人双岗"))
    yield Act(-59, "officer", pin("day-key"))


DAILY_ACTS = tuple(_the_day())
