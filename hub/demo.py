"""The demo organisation: a duty office, nine departments and the cities of Henan, with people and accounts.

The offices exist, the people and telephone numbers do not: no local number in China begins with 0, no mobile
number with 100.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from hub.domain.conduct import Contact
from hub.domain.event import HUB, Command, Role
from hub.domain.floor import SpeakMode
from hub.domain.groups import Group, SetGroup, SetTemplate, Template
from hub.domain.organisation import (
    STREAM,
    Account,
    AddAccount,
    AddSeat,
    EditSeat,
    Level,
    Organisation,
    Seat,
)
from hub.domain.session import SessionKind
from hub.live.streams import Streams
from hub.storage.credentials import Credentials

_OFFICE = ("office", "省委总值班室", "总值班室", "0371-0100 0001")
_BACKUP = ("office2", "省委总值班室备份席", "备份席", "0371-0100 0002")

# seat, name, short name, telephone, person; in the usual order of precedence
_DEPARTMENTS = (
    ("gongan", "省公安厅指挥中心", "公安", "0371-0100 1101", "陈志强"),
    ("jiaotong", "省交通运输厅应急指挥中心", "交通", "0371-0100 1102", "刘海涛"),
    ("yingji", "省应急管理厅指挥中心", "应急", "0371-0100 1103", "张敏"),
    ("weijian", "省卫生健康委应急指挥中心", "卫健", "0371-0100 1104", "杨丽华"),
    ("wenlv", "省文化和旅游厅值班室", "文旅", "0371-0100 1105", "周晓燕"),
    ("shichang", "省市场监督管理局应急值班室", "市场监管", "0371-0100 1106", "吴国栋"),
    ("qixiang", "省气象局预警中心", "气象", "0371-0100 1107", "徐文博"),
    ("shuili", "省水利厅水旱灾害防御值班室", "水利", "0371-0100 1108", "马建军"),
    ("ziran", "省自然资源厅地质灾害值班室", "自然资源", "0371-0100 1109", "胡春梅"),
)
_CITIES = (
    ("zhengzhou", "郑州市委值班室", "郑州", "0371-0100 2001", "郭永辉"),
    ("kaifeng", "开封市委值班室", "开封", "0371-0100 2002", "宋雨晴"),
    ("luoyang", "洛阳市委值班室", "洛阳", "0379-0100 2003", "牛振华"),
    ("pingdingshan", "平顶山市委值班室", "平顶山", "0375-0100 2004", "崔明亮"),
    ("anyang", "安阳市委值班室", "安阳", "0372-0100 2005", "申国强"),
    ("hebi", "鹤壁市委值班室", "鹤壁", "0392-0100 2006", "孙伟"),
    ("xinxiang", "新乡市委值班室", "新乡", "0373-0100 2007", "冯淑珍"),
    ("jiaozuo", "焦作市委值班室", "焦作", "0391-0100 2008", "靳东升"),
    ("puyang", "濮阳市委值班室", "濮阳", "0393-0100 2009", "管晓东"),
    ("xuchang", "许昌市委值班室", "许昌", "0374-0100 2010", "许红霞"),
    ("luohe", "漯河市委值班室", "漯河", "0395-0100 2011", "谢文静"),
    ("sanmenxia", "三门峡市委值班室", "三门峡", "0398-0100 2012", "水新民"),
    ("nanyang", "南阳市委值班室", "南阳", "0377-0100 2013", "诸葛鹏"),
    ("shangqiu", "商丘市委值班室", "商丘", "0370-0100 2014", "朱思远"),
    ("xinyang", "信阳市委值班室", "信阳", "0376-0100 2015", "李强"),
    ("zhoukou", "周口市委值班室", "周口", "0394-0100 2016", "高翠兰"),
    ("zhumadian", "驻马店市委值班室", "驻马店", "0396-0100 2017", "田家乐"),
    ("jiyuan", "济源示范区值班室", "济源", "0391-0100 2018", "苗向阳"),
)
_ROWS = ((Level.DEPARTMENT, _DEPARTMENTS), (Level.CITY, _CITIES))


# group, name, seats
_CITY_SEATS = [row[0] for row in _CITIES]
_GROUPS = (
    (
        "fangxun",
        "省防指成员单位",
        ["yingji", "shuili", "qixiang", "ziran", "gongan", "jiaotong", "weijian", "wenlv"],
    ),
    ("anwei", "安委会成员单位", ["yingji", "gongan", "jiaotong", "shichang", "weijian", "wenlv"]),
    ("bumen", "省直部门", [row[0] for row in _DEPARTMENTS]),
    ("chengshi", "全省各市", _CITY_SEATS),
)
_TEMPLATES = (
    Template(template_id="fangxun", name="防汛会商", title="强降雨防汛会商", groups=["fangxun", "chengshi"]),
    Template(template_id="anquan", name="安全生产", title="安全生产视频会商", groups=["anwei"]),
    Template(
        template_id="dianming",
        name="全省点名",
        title="全省值班视频点名",
        kind=SessionKind.DISPATCH_CALL,
        groups=["chengshi", "bumen"],
        mode=SpeakMode.REQUEST,
        mute_on_entry=True,
    ),
    Template(
        template_id="lianxi",
        name="联席会议",
        kind=SessionKind.JOINT_MEETING,
        groups=["bumen"],
        mode=SpeakMode.REQUEST,
    ),
    Template(
        template_id="yanlian",
        name="应急处置演练",
        title="突发事件应急处置演练",
        kind=SessionKind.DRILL,
        groups=["fangxun"],
        seats=["zhengzhou", "xinyang"],
        exercise=True,
    ),
)

# 带班领导, in the order of the seats of departments and cities
# fmt: off
_LEADERS = (
    "贺明远", "丁建业", "邓立新", "温秀兰", "卢志刚", "江海波", "雷鸣", "汤正国", "金玉山",
    "石磊", "潘卫东", "白云飞", "彭国庆", "秦岭", "方志远", "康建平", "侯德明", "段晓光",
    "龙海", "毛新华", "武胜利", "钱永年", "殷志成", "常青", "万里程", "程向前", "顾长江",
)
# fmt: on
_NEIGHBOURS = {
    "yingji": "shuili",
    "shuili": "yingji",
    "qixiang": "yingji",
    "ziran": "yingji",
    "xinyang": "nanyang",
    "jiyuan": "jiaozuo",
    "hebi": "anyang",
}
"""Seats that can speak for another office when nobody answers there."""


def _contacts(number: int, seat_id: str, short_names: dict[str, str]) -> list[Contact]:
    leader = Contact(name=_LEADERS[number], post="带班领导", phone=f"100 0000 {3001 + number}")
    other = _NEIGHBOURS.get(seat_id)
    if other is None:
        return [leader]
    return [leader, Contact(name=f"{short_names[other]}席位", post="相邻席位代接", seat_id=other)]


def seats() -> list[Seat]:
    """The office, its backup, then departments and cities in their order."""
    rows = [(level, sort, row) for level, of in _ROWS for sort, row in enumerate(of, 1)]
    short_names = {row[0]: row[2] for _, _, row in rows}
    others = [
        Seat(
            seat_id=row[0],
            name=row[1],
            short_name=row[2],
            level=level,
            phone=row[3],
            sort=sort,
            contacts=_contacts(number, row[0], short_names),
        )
        for number, (level, sort, row) in enumerate(rows)
    ]
    return [*_duty_seats(), *others]


def _duty_seats() -> list[Seat]:
    leader = Contact(name="沈国栋", post="带班领导", phone="100 0000 3000")
    office, backup = (
        Seat(
            seat_id=seat_id,
            name=name,
            short_name=short_name,
            level=Level.PROVINCE,
            phone=phone,
            sort=sort,
            contacts=[leader],
            backup_of="office" if sort else None,
        )
        for sort, (seat_id, name, short_name, phone) in enumerate((_OFFICE, _BACKUP))
    )
    return [office, backup]


def groups() -> list[Group]:
    return [
        Group(group_id=group_id, name=name, seats=seats, sort=sort)
        for sort, (group_id, name, seats) in enumerate(_GROUPS)
    ]


def templates() -> list[Template]:
    return [replace(template, sort=sort) for sort, template in enumerate(_TEMPLATES)]


def accounts() -> list[Account]:
    """One for each kind of people, then one for each seat, named like it."""
    people = [
        Account(account="officer", person="王建国", role=Role.OFFICER, seat_id="office"),
        Account(account="deputy", person="李建华", role=Role.OFFICER, seat_id="office2"),
        Account(account="reviewer", person="赵静", role=Role.REVIEWER),
        Account(account="admin", person="林晓峰", role=Role.ADMIN),
    ]
    at_seats = [
        Account(account=seat_id, person=person, role=Role.SEAT, seat_id=seat_id)
        for _, rows in _ROWS
        for seat_id, _, _, _, person in rows
    ]
    return [*people, *at_seats]


def _missing(state: Organisation) -> Iterator[Command]:
    """What an organisation lacks of this one.

    An older hub made it without the backup's seat, contacts, groups and templates; they come together, and
    what the administrator has made of them since stays as it is.
    """
    is_older = "office2" not in state.seats
    yield from (
        AddSeat(seat=replace(seat, contacts=[], backup_of=None))
        for seat in seats()
        if seat.seat_id not in state.seats
    )
    yield from (
        AddAccount(account=account) for account in accounts() if account.account not in state.accounts
    )
    if is_older:
        yield from (_edit(seat, state.seats.get(seat.seat_id, seat).phone) for seat in seats())
        yield from (SetGroup(group=group) for group in groups())
        yield from (SetTemplate(template=template) for template in templates())


def _edit(seat: Seat, phone: str) -> EditSeat:
    return EditSeat(seat_id=seat.seat_id, phone=phone, contacts=seat.contacts, backup_of=seat.backup_of)


async def fill(streams: Streams) -> None:
    """Add what is missing. What the administrator has changed or disabled stays as it is."""
    state, _ = await streams.state(STREAM)
    assert isinstance(state, Organisation)
    for command in _missing(state):
        await streams.execute(STREAM, command, HUB)


async def prepare(streams: Streams, credentials: Credentials, password: str) -> None:
    """The demo organisation, as ``fill`` makes it, with passwords."""
    await fill(streams)
    await credentials.set_passwords([account.account for account in accounts()], password)
