"""The demo organisation: a duty office, nine departments and the cities of Henan, with people and accounts.

The offices exist, the people and telephone numbers do not: no local number in China begins with 0.
"""

from __future__ import annotations

from hub.domain.event import HUB, Role
from hub.domain.organisation import STREAM, Account, AddAccount, AddSeat, Level, Organisation, Seat
from hub.live.streams import Streams
from hub.storage.credentials import Credentials

_OFFICE = ("office", "省委总值班室", "总值班室", "0371-0100 0001")

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


def seats() -> list[Seat]:
    seat_id, name, short_name, phone = _OFFICE
    office = Seat(seat_id=seat_id, name=name, short_name=short_name, level=Level.PROVINCE, phone=phone)
    others = [
        Seat(seat_id=seat_id, name=name, short_name=short_name, level=level, phone=phone, sort=sort)
        for level, rows in _ROWS
        for sort, (seat_id, name, short_name, phone, _) in enumerate(rows, 1)
    ]
    return [office, *others]


def accounts() -> list[Account]:
    """One for each kind of people, then one for each seat, named like it."""
    people = [
        Account(account="officer", person="王建国", role=Role.OFFICER, seat_id="office"),
        Account(account="reviewer", person="赵静", role=Role.REVIEWER),
        Account(account="admin", person="林晓峰", role=Role.ADMIN),
    ]
    at_seats = [
        Account(account=seat_id, person=person, role=Role.SEAT, seat_id=seat_id)
        for _, rows in _ROWS
        for seat_id, _, _, _, person in rows
    ]
    return [*people, *at_seats]


async def prepare(streams: Streams, credentials: Credentials, password: str) -> None:
    """Add what is missing. What the administrator has changed or disabled stays as it is."""
    state, _ = await streams.state(STREAM)
    assert isinstance(state, Organisation)
    for seat in seats():
        if seat.seat_id not in state.seats:
            await streams.execute(STREAM, AddSeat(seat=seat), HUB)
    for account in accounts():
        if account.account not in state.accounts:
            await streams.execute(STREAM, AddAccount(account=account), HUB)
    await credentials.set_passwords([account.account for account in accounts()], password)
