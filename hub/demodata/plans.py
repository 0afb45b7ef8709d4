"""Plans of the demo: 强降雨防汛, 燃气爆燃, 全省点名."""

from __future__ import annotations

from hub.domain.deadline import EventLevel
from hub.domain.floor import SpeakMode
from hub.domain.kindparts import BoardKind
from hub.domain.plan import PlanContent, PlanTask
from hub.domain.workspace import IncidentCategory

_USUAL = [
    BoardKind.SITUATION,
    BoardKind.REPORT,
    BoardKind.INSTRUCTION,
    BoardKind.TASK,
    BoardKind.RESOURCE,
    BoardKind.OPINION,
    BoardKind.KEYEVENT,
]

PLANS: dict[str, PlanContent] = {
    "demo-rain": PlanContent(
        name="强降雨防汛预案",
        level=EventLevel.III,
        note="河南省防汛应急预案演示版",
        boards=[*_USUAL, BoardKind.WARNING, BoardKind.HAZARD],
        groups=["fangxun", "chengshi"],
        session_title="强降雨防汛会商",
        mode=SpeakMode.REQUEST,
        tasks=[
            PlanTask(text="通知防指成员单位，核对在岗情况", role="值班员", minutes=10),
            PlanTask(text="滚动发布雨情和预报", seats=["qixiang"], minutes=30),
            PlanTask(text="通报河道、水库水情和调度意见", seats=["shuili"], minutes=30),
            PlanTask(text="前置抢险救援力量", seats=["yingji"], minutes=120),
            PlanTask(text="危险区群众转移避险", groups=["chengshi"], minutes=120),
            PlanTask(text="关闭涉水景区", seats=["wenlv"], minutes=60),
            PlanTask(text="道路管控和应急运力", seats=["jiaotong", "gongan"], minutes=60),
        ],
    ),
    "demo-gas": PlanContent(
        name="燃气爆燃处置预案",
        category=IncidentCategory.ACCIDENT,
        level=EventLevel.II,
        note="城镇燃气事故",
        boards=_USUAL,
        seats=["yingji", "gongan", "weijian", "shichang"],
        session_title="燃气爆燃事故会商",
        tasks=[
            PlanTask(text="电话核实人员伤亡、波及范围", role="值班员", minutes=15),
            PlanTask(text="切断气源、封控现场", seats=["gongan"], minutes=20),
            PlanTask(text="组织搜救和医疗救治", seats=["yingji", "weijian"], minutes=30),
            PlanTask(text="排查同类隐患", seats=["shichang"], minutes=720),
        ],
    ),
    "demo-rollcall": PlanContent(
        name="全省值班点名预案",
        category=IncidentCategory.SECURITY,
        level=EventLevel.IV,
        boards=[BoardKind.SITUATION, BoardKind.TASK, BoardKind.KEYEVENT],
        groups=["bumen", "chengshi"],
        session_title="全省值班视频点名",
        mode=SpeakMode.REQUEST,
        tasks=[PlanTask(text="点名前核对各单位终端在线", role="值班员", minutes=15)],
    ),
}
