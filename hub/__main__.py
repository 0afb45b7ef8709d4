"""The command line: ``huishang serve``, accounts and seats, the audit, the recovery of recordings."""

from __future__ import annotations

import argparse
import asyncio
import faulthandler
import gc
import getpass
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import uvloop

from hub import __version__, demo, log
from hub.app import Hub, running
from hub.clock import SystemClock
from hub.config import BadSettings, Setting, Settings, all_settings, load
from hub.demodata.play import play
from hub.domain import paper
from hub.domain.event import Actor, Command, Role
from hub.domain.organisation import (
    STREAM,
    Account,
    AddAccount,
    AddSeat,
    DisableAccount,
    Level,
    Organisation,
    Seat,
)
from hub.domain.paper_seal import check, number_of
from hub.domain.streams import fold
from hub.errors import CannotStart, Refusal
from hub.http.tls import fingerprint
from hub.live.streams import Streams
from hub.storage.credentials import Credentials
from hub.storage.datadir import DataDir
from hub.storage.passwords import MIN_LENGTH, Passwords
from hub.storage.sqllog import SqlEventLog, open_log
from recordings.keyring import Keys, NoKey, new_key
from recordings.places import Places
from recordings.service import recover_offline
from recordings.stores import store_of
from recordings.verify import Finding, Verdict, Verifier

STOP_S = 15.0
"""Longer than all parts together need, shorter than an operator's patience. The disk bears it (kill -9)."""


def main(argv: Sequence[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    os.umask(0o077)  # the log, the password hashes and the recordings are nobody else's to read
    try:
        settings = load(file=args.config, options=vars(args))
        log.configure(settings.log.level, settings.log.format)
        code: int = args.run(args, settings)
        return code
    except (BadSettings, CannotStart) as error:
        return _fail(str(error))
    except Refusal as refusal:
        return _fail(f"{refusal.meaning.zh} / {refusal.meaning.en} {refusal.detail or ''}")


def _fail(message: str) -> int:
    print(f"huishang: {message}", file=sys.stderr)
    return 2


# --- what can be typed --------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("huishang", description="会商中枢 / hub for joint video consultation")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="启动 / start the hub", description=_PRECEDENCE)
    _configurable(serve, list(all_settings()), _serve)
    _account_commands(commands.add_parser("account", help="账号 / people's accounts"))
    _seat_commands(commands.add_parser("seat", help="席位 / the offices' seats"))
    demo_of = commands.add_parser("demo", help="载入演示单位、账号和事件 / load the demo and its incident")
    _offline(demo_of, _demo, "demo_password")
    audit = commands.add_parser("audit", help="日志核验 / the event log").add_subparsers(required=True)
    verify = audit.add_parser("verify", help="核验哈希链，发现篡改即退出码 1 / check the hash chain")
    verify.add_argument("--stream", help="only this stream, for example board:b-1")
    _offline(verify, _audit_verify)
    papers = commands.add_parser("papers", help="公文 / papers").add_subparsers(required=True)
    proof = papers.add_parser("verify", help="重算已签发公文的摘要，不符即退出码 1 / digests again")
    proof.add_argument("--paper", help="only this paper")
    _offline(proof, _papers_verify)
    recordings = commands.add_parser("recordings", help="录制 / recordings").add_subparsers(required=True)
    recover = recordings.add_parser("recover", help="修复中断的录制（须先停止服务）/ mend, offline")
    _offline(recover, _recordings_recover, *_OF_RECORDINGS)
    proof_of = recordings.add_parser(
        "verify",
        help="逐字节核验录制文件，有异常即退出码 1 / read every byte again",
    )
    proof_of.add_argument("recording", nargs="*", metavar="ID", help="only these / 只核验这些录制")
    proof_of.add_argument("--all", action="store_true", help="全部（默认）/ all of them (the default)")
    _offline(proof_of, _recordings_verify, *_OF_RECORDINGS)
    new_key = recordings.add_parser("new-key", help="生成一个加密密钥 / print a key for recording.key_file")
    _configurable(new_key, [], _recordings_new_key)
    return parser


_OF_RECORDINGS = [setting.name for setting in all_settings() if setting.name.startswith("recording.")]

_PRECEDENCE = (
    "Every setting may be given here, as an environment variable, or in the TOML file of --config "
    "(this order decides; see the variable names below)."
)


def _account_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True)
    add = commands.add_parser("add", help="新增账号；口令从终端、标准输入或 HUISHANG_PASSWORD 读取 / add")
    add.add_argument("account")
    add.add_argument("--person", required=True, help="姓名 / the person's name")
    add.add_argument("--role", required=True, choices=[role.value for role in Role if role is not Role.HUB])
    add.add_argument("--seat", help="席位编号（officer、seat 必填）/ seat id, needed for officer and seat")
    _offline(add, _account_add)
    password = commands.add_parser("password", help="重设口令并解除锁定 / set a new password, unlock")
    password.add_argument("account")
    _offline(password, _account_password)
    disable = commands.add_parser("disable", help="停用账号 / disable")
    disable.add_argument("account")
    disable.add_argument("--reason", default="")
    _offline(disable, _account_disable)
    _offline(commands.add_parser("list", help="列出账号 / list"), _account_list)


def _seat_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(required=True)
    add = commands.add_parser("add", help="新增席位 / add")
    add.add_argument("seat", metavar="ID")
    add.add_argument("--name", required=True, help="全称 / full name")
    add.add_argument("--short-name", required=True, help="简称 / short name")
    add.add_argument("--level", required=True, choices=[level.value for level in Level])
    add.add_argument("--phone", default="")
    add.add_argument("--sort", type=int, default=0, help="同级排序 / order among its level")
    _offline(add, _seat_add)
    _offline(commands.add_parser("list", help="列出席位 / list"), _seat_list)


def _offline(parser: argparse.ArgumentParser, run: object, *more: str) -> None:
    """A command that works on the data directory, beside a running hub or without one."""
    _configurable(parser, [setting for setting in all_settings() if setting.name in ("data", *more)], run)


def _configurable(parser: argparse.ArgumentParser, settings: Sequence[Setting], run: object) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file with settings")
    for setting in settings:
        default = ",".join(setting.default) if isinstance(setting.default, tuple) else setting.default
        text = f"{setting.help} [{setting.variable}; {default!s}]".replace("%", "%%")
        if setting.kind is bool:
            action = argparse.BooleanOptionalAction
            parser.add_argument(setting.option, dest=setting.name, action=action, default=None, help=text)
        else:
            parser.add_argument(setting.option, dest=setting.name, metavar="VALUE", help=text)
    parser.set_defaults(run=run)


# --- serve --------------------------------------------------------------------------------------


def _serve(_args: argparse.Namespace, settings: Settings) -> int:
    uvloop.run(_serve_until_told(settings))
    return 0


async def _serve_until_told(settings: Settings) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    async with running(settings) as hub:
        # What stands now stays, and packets make no cycles: looking through all of it again and again would
        # hold up media for some 40 ms each time.
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)
        print(_greeting(hub), flush=True)
        await told.wait()
        print("正在停止 / stopping …", flush=True)
        faulthandler.dump_traceback_later(STOP_S, exit=True)  # says where it hangs, and ends it
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)  # a second Ctrl-C ends it at once


def _greeting(hub: Hub) -> str:
    settings = hub.settings
    lines = ["", f"  会商 Huishang {__version__}", f"  页面 / open      {hub.url}"]
    lines.append(f"  媒体 / media     UDP {hub.media}")
    lines.append(f"  数据 / data      {settings.data_dir.resolve()}")
    if hub.certificate is not None:
        lines.append(f"  证书 / TLS       SHA-256 {fingerprint(hub.certificate)}")
    if settings.demo:
        names = [account.account for account in hub.about.demo_accounts]
        lines.append(f"  演示账号 / demo   {'  '.join(names[:3])}")
        lines.extend(f"                   {'  '.join(names[i : i + 9])}" for i in range(3, len(names), 9))
        lines.append(f"  口令 / password  {settings.demo_password}")
    return "\n".join([*lines, ""])


# --- accounts and seats -------------------------------------------------------------------------


class Desk:
    """What the other commands work with: the log of the data directory, as if the hub had it open."""

    def __init__(self, event_log: SqlEventLog, streams: Streams, credentials: Credentials) -> None:
        self.log = event_log
        self.credentials = credentials
        self.streams = streams

    async def do(self, command: Command) -> None:
        by = Actor(account="console", person=f"命令行（{_login_name()}）", role=Role.HUB)
        await self.streams.execute(STREAM, command, by)

    async def organisation(self) -> Organisation:
        state, _ = await self.streams.state(STREAM)
        assert isinstance(state, Organisation)
        return state


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user id without a name
        return str(os.getuid())


@asynccontextmanager
async def _desk(settings: Settings) -> AsyncIterator[Desk]:
    clock = SystemClock()
    event_log = open_log(DataDir(settings.data_dir).path)
    streams = Streams(event_log, clock)
    credentials = Credentials(event_log.engine, clock, Passwords(settings.login.hash_kib))
    try:
        yield Desk(event_log, streams, credentials)
    finally:
        await streams.close()
        await credentials.close()
        await event_log.close()


def _new_password() -> str:
    """From HUISHANG_PASSWORD, or typed twice, or the first line of the standard input."""
    password = os.environ.get("HUISHANG_PASSWORD")
    if password is None and sys.stdin.isatty():
        password = getpass.getpass("口令 / password: ")
        if getpass.getpass("再输一次 / again: ") != password:
            raise CannotStart("两次输入不一致。", "The two passwords differ.")
    if password is None:
        password = sys.stdin.readline().rstrip("\r\n")
    if len(password) < MIN_LENGTH:
        raise CannotStart(
            f"口令至少 {MIN_LENGTH} 个字符。", f"A password needs at least {MIN_LENGTH} characters."
        )
    return password


def _account_add(args: argparse.Namespace, settings: Settings) -> int:
    account = Account(account=args.account, person=args.person, role=Role(args.role), seat_id=args.seat)
    password = _new_password()

    async def work() -> None:
        async with _desk(settings) as desk:
            await desk.do(AddAccount(account=account))  # first: it refuses a name that is taken
            await desk.credentials.set_password(account.account, password)

    asyncio.run(work())
    print(f"已新增 / added: {account.account}")
    return 0


def _account_password(args: argparse.Namespace, settings: Settings) -> int:
    password = _new_password()

    async def work() -> None:
        async with _desk(settings) as desk:
            if args.account not in (await desk.organisation()).accounts:
                raise Refusal("not_found", account=args.account)
            await desk.credentials.set_password(args.account, password)

    asyncio.run(work())
    print(f"口令已更新 / password set: {args.account}")
    return 0


def _account_disable(args: argparse.Namespace, settings: Settings) -> int:
    async def work() -> None:
        async with _desk(settings) as desk:
            await desk.do(DisableAccount(account=args.account, reason=args.reason))

    asyncio.run(work())
    print(f"已停用 / disabled: {args.account}")
    return 0


def _account_list(_args: argparse.Namespace, settings: Settings) -> int:
    for account in asyncio.run(_organisation(settings)).accounts.values():
        state = "停用/disabled" if account.disabled else ""
        print(account.account, account.role, account.seat_id or "-", account.person, state, sep="\t")
    return 0


def _seat_add(args: argparse.Namespace, settings: Settings) -> int:
    seat = Seat(
        seat_id=args.seat,
        name=args.name,
        short_name=args.short_name,
        level=Level(args.level),
        phone=args.phone,
        sort=args.sort,
    )

    async def work() -> None:
        async with _desk(settings) as desk:
            await desk.do(AddSeat(seat=seat))

    asyncio.run(work())
    print(f"已新增 / added: {seat.seat_id}")
    return 0


def _seat_list(_args: argparse.Namespace, settings: Settings) -> int:
    for seat in asyncio.run(_organisation(settings)).seats.values():
        print(seat.seat_id, seat.level, seat.name, seat.short_name, seat.phone, sep="\t")
    return 0


async def _organisation(settings: Settings) -> Organisation:
    async with _desk(settings) as desk:
        return await desk.organisation()


# --- the demo ---------------------------------------------------------------------------------------


def _demo(_args: argparse.Namespace, settings: Settings) -> int:
    async def work() -> int:
        async with _desk(settings) as desk:
            await demo.prepare(desk.streams, desk.credentials, settings.demo_password)
            return await play(desk.log, SystemClock())

    acts = asyncio.run(work())
    if not acts:
        print("已有事件，未作改动 / there is an incident already; nothing was changed")
        return 0
    print(f"已载入演示事件 / the demo incident is there: {acts}")
    print("服务如在运行，请重启后查看 / a running hub shows it after a restart")
    return 0


# --- the log ------------------------------------------------------------------------------------


def _audit_verify(args: argparse.Namespace, settings: Settings) -> int:
    async def work() -> int:
        async with _desk(settings) as desk:
            report = await desk.log.verify(args.stream)
        for broken in report.breaks:
            print(f"已损坏 / BROKEN  stream={broken.stream} seq={broken.seq}: {broken.why}")
        print(f"流 / streams {report.streams}, 事件 / events {report.events}")
        print("完好 / intact" if report.ok else "日志已被改动或损坏 / the log has been changed or damaged")
        return 0 if report.ok else 1

    return asyncio.run(work())


def _papers_verify(args: argparse.Namespace, settings: Settings) -> int:
    """N7: what the log says of each issued paper still gives the digest it was issued with."""

    async def work() -> int:
        wrong = checked = 0
        async with _desk(settings) as desk:
            for stream in await desk.log.streams(paper.stream_of(args.paper or "")):
                if args.paper and stream != paper.stream_of(args.paper):
                    continue
                state = fold(stream, await desk.log.read(stream))
                if isinstance(state, paper.Paper) and state.frozen:
                    checked += 1
                    outcome = check(state)
                    wrong += not outcome.ok
                    verdict = "一致 / intact" if outcome.ok else f"不一致 / CHANGED, now {outcome.now or '?'}"
                    print(f"{number_of(state)} {state.title}: {outcome.algorithm} {outcome.kept} {verdict}")
        print(f"已核验 / checked {checked}, 不一致 / changed {wrong}")
        return 1 if wrong or (args.paper and not checked) else 0

    return asyncio.run(work())


def _recordings_verify(args: argparse.Namespace, settings: Settings) -> int:
    """R19: every file of every recording is as the log and its manifest have it."""

    async def work() -> int:
        async with _desk(settings) as desk:
            keys, store = Keys(settings.recording), store_of(settings.recording.store)
            verifier = Verifier(desk.log, Places(settings.data_dir), keys.ring, store)
            ids = await verifier.ids()
            wanted = ids if args.all or not args.recording else args.recording
            for missing in set(wanted) - set(ids):
                raise Refusal("recording.unknown", recording=missing)
            wrong = checked = read_bytes = 0
            for recording_id in wanted:
                for finding in await verifier.check(recording_id):
                    checked, read_bytes = checked + 1, read_bytes + finding.size_bytes
                    wrong += _said(finding)
            for finding in await verifier.strangers() if wanted is ids else ():
                wrong += _said(finding)
        print(f"录制 / recordings {len(wanted)}, 文件 / files {checked}, {read_bytes / 1e6:.1f} MB")
        print("全部完好 / all intact" if not wrong else f"有异常 / wrong: {wrong}")
        return 1 if wrong else 0

    return asyncio.run(work())


_VERDICTS = {
    Verdict.INTACT: "完好",
    Verdict.MISSING: "缺失",
    Verdict.CHANGED: "已被改动",
    Verdict.DAMAGED: "已损坏",
    Verdict.NO_KEY: "缺少密钥",
    Verdict.STORE_FAILED: "存储无法访问",
    Verdict.UNKNOWN: "来历不明",
    Verdict.UNREADABLE: "无法读取",
}


def _said(finding: Finding) -> bool:
    """One line of the table; whether it is wrong."""
    verdict = f"{_VERDICTS[finding.verdict]} / {finding.verdict}"
    print(verdict, finding.file, f"{finding.size_bytes} B", finding.why, sep="\t", flush=True)
    return finding.verdict is not Verdict.INTACT


def _recordings_new_key(_args: argparse.Namespace, _settings: Settings) -> int:
    print(new_key())
    return 0


def _recordings_recover(_args: argparse.Namespace, settings: Settings) -> int:
    data = DataDir(settings.data_dir).lock()

    async def work() -> int:
        event_log = open_log(data.path)
        try:
            outcomes = await recover_offline(event_log, SystemClock(), settings)
        finally:
            await event_log.close()
        for outcome in outcomes:
            counts = f"已恢复 / recovered {outcome.recovered}, 失败 / failed {outcome.failed}"
            left = (
                f", 存储出错，未完成 / not finished, the storage fails {outcome.left}" if outcome.left else ""
            )
            print(f"{outcome.recording_id}: {counts}{left}")
        print("没有需要修复的录制 / nothing to mend" if not outcomes else "完成 / done")
        return 1 if any(outcome.failed or outcome.left for outcome in outcomes) else 0

    try:
        return asyncio.run(work())
    except NoKey as error:
        raise Refusal("recording.no_key", why=error.strerror) from error
    finally:
        data.close()


if __name__ == "__main__":
    sys.exit(main())
