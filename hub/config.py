"""Every setting of the hub: defaults, then a TOML file, then HUISHANG_* variables, then the command line."""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from hub.retentionsettings import RetentionSettings

PREFIX = "HUISHANG_"

STRONG_KIB = 65_536  # RFC 9106, 4: the second recommended option

# RFC 7065, 3.1; no user names and no spaces in it.
_TURN_URL = re.compile(r"turns?:(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?")

_TILES = re.compile(
    r"(https?://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?)/[\w./{}?=&%-]*\{z\}[\w./{}?=&%-]*"
)

Text = Annotated[str, msgspec.Meta(max_length=500)]


class BadSettings(ValueError):
    """A setting that cannot be used; the message names it and says why."""


class Address(NamedTuple):
    """HOST:PORT. An IPv6 host is written in brackets."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def is_wildcard(self) -> bool:
        return self.host in ("0.0.0.0", "::")


def parse_address(text: str) -> Address:
    """Raises ValueError for anything that is not HOST:PORT."""
    host, colon, port = text.rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"{text!r} is not HOST:PORT")
    return Address(host, int(port))


def _help(text: str) -> msgspec.Meta:
    return msgspec.Meta(description=text)


_STORE_URL = re.compile(r"files|file:///.+|s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/[\w./=-]*)?")


class StoreSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where sealed recordings are moved to, and where attachments are kept (two tables, set apart)."""

    url: Annotated[
        str,
        _help("where it is kept: files, file:///FOLDER or s3://BUCKET/PREFIX / 存放位置"),
    ] = "files"
    endpoint: Annotated[str, _help("address of the object store, https://HOST:PORT / 对象存储地址")] = ""
    region: Annotated[str, _help("region of the bucket")] = "us-east-1"
    key_id: Annotated[str, _help("access key of the object store")] = ""
    secret: Annotated[str, _help("its secret; better by the environment, or in credentials_file")] = ""
    credentials_file: Annotated[
        str, _help("file of two lines, access key and secret, in place of both / 凭据文件")
    ] = ""
    path_style: Annotated[bool, _help("HOST/BUCKET/KEY, as MinIO wants it, and not BUCKET.HOST/KEY")] = True
    ca_file: Annotated[str, _help("certificate (PEM) of the authority that the store is trusted by")] = ""
    timeout_s: Annotated[
        float, msgspec.Meta(gt=0, le=3600, description="a request to the store ends after so many seconds")
    ] = 15.0

    def __post_init__(self) -> None:
        if not _STORE_URL.fullmatch(self.url):
            raise ValueError(f"store.url: {self.url!r} is not s3://BUCKET/PREFIX")
        if self.endpoint and not re.fullmatch(r"https?://[^/\s]+(?:/\S*)?", self.endpoint):
            raise ValueError("store.endpoint is not https://HOST:PORT")
        if bool(self.key_id) != bool(self.secret):
            raise ValueError("store.key_id and store.secret go together")

    def credentials(self) -> tuple[str, str]:
        """Access key and secret, both empty for a store that asks for none. Raises BadSettings."""
        if not self.credentials_file:
            return self.key_id, self.secret
        try:
            key_id, secret, *_ = Path(self.credentials_file).read_text("ascii").split()
        except (OSError, ValueError) as error:
            raise BadSettings(f"store.credentials_file cannot be used: {error}") from error
        return key_id, secret


class RecordingSettings(RetentionSettings, frozen=True, kw_only=True, forbid_unknown_fields=True):
    seats_may_review: Annotated[
        bool, _help("seats may review the sessions they attended / 席位可回看参加过的会商")
    ] = False
    min_free_bytes: Annotated[
        int, msgspec.Meta(ge=0, description="recording stops when less is free, so that the log can go on")
    ] = 1 << 30
    warn_hours: Annotated[
        float,
        msgspec.Meta(
            ge=0,
            le=1000,
            description="officers are warned when the room lasts for less / 剩余可录时长预警（小时）",
        ),
    ] = 4.0
    may_start_paused: Annotated[
        bool, _help("a session may be started without recording it, for a reason / 允许发起时不录制")
    ] = False
    digest: Annotated[
        str, msgspec.Meta(pattern="^(sha256|sm3)$", description="digest of recorded files / 录制文件摘要算法")
    ] = "sha256"
    key_file: Annotated[
        str,
        _help("file with the keys that recordings are encrypted with, the writing one first / 加密密钥文件"),
    ] = ""
    key: Annotated[str, _help("such a key itself; by the environment only / 加密密钥（仅用环境变量）")] = ""
    thumbnails: Annotated[
        bool, _help("small pictures for the timeline are made in the background / 后台生成时间轴缩略图")
    ] = True
    exports_days: Annotated[
        int,
        msgspec.Meta(ge=1, le=3650, description="what was exported is kept for so many days / 导出保留天数"),
    ] = 7
    store: StoreSettings = StoreSettings()

    def __post_init__(self) -> None:
        self.days_of()
        if self.digest not in hashlib.algorithms_available:
            raise ValueError(f"recording.digest: this machine's OpenSSL has no {self.digest}")
        if self.key and self.key_file:
            raise ValueError("recording.key or recording.key_file, not both")

    @property
    def encrypts(self) -> bool:
        return bool(self.key or self.key_file)


class LoginSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    token_hours: Annotated[
        float, msgspec.Meta(gt=0, le=168, description="a login is valid for this many hours")
    ] = 12.0
    ticket_hours: Annotated[
        float,
        msgspec.Meta(gt=0, le=168, description="a link to a recorded file is valid for this many hours"),
    ] = 12.0
    hash_kib: Annotated[
        int,
        msgspec.Meta(
            ge=64, le=1 << 20, description="KiB of memory to hash a password; less than 65536 only for a demo"
        ),
    ] = STRONG_KIB


class PresenceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    offline_after_s: Annotated[
        float, msgspec.Meta(ge=0, le=600, description="a seat is shown as absent after this many seconds")
    ] = 30.0
    drop_grace_s: Annotated[
        float, msgspec.Meta(ge=0, le=600, description="a cut-off venue keeps its place for this many seconds")
    ] = 30.0


class CallSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    ring_timeout_s: Annotated[
        float, msgspec.Meta(ge=5, le=600, description="a call rings for so many seconds")
    ] = 45.0
    auto_recall: Annotated[
        bool, _help("who has not answered is called once more by itself / 自动重呼一次")
    ] = True


class CheckSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    video_ring_s: Annotated[
        int,
        msgspec.Meta(ge=1, le=600, description="in a spot check a later answer is slow / 视频抽查时限"),
    ] = 30
    phone_answer_s: Annotated[
        int, msgspec.Meta(ge=1, le=600, description="the same for the duty telephone / 电话抽查应答时限")
    ] = 15
    snapshots: Annotated[bool, _help("must be false: the hub has no snapshots of faces / 不提供人脸截图")] = (
        False
    )

    def __post_init__(self) -> None:
        if self.snapshots:
            raise ValueError("checks.snapshots: this hub takes no snapshots")


class DeadlineSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    profile: Annotated[
        str,
        msgspec.Meta(
            pattern="^(default|henan)$", description="limits of reports: default or henan / 报送时限"
        ),
    ] = "default"
    unread_s: Annotated[
        int,
        msgspec.Meta(
            ge=1, le=86_400, description="unread for so long, a unit is called by phone / 未读转电话叫应"
        ),
    ] = 180
    unconfirmed_s: Annotated[
        int, msgspec.Meta(ge=1, le=86_400, description="unsigned for so long, a unit is urged / 未签收催办")
    ] = 300
    urge_every_s: Annotated[
        int, msgspec.Meta(ge=1, le=86_400, description="and again every so long, for six hours / 再次催办")
    ] = 300


class AttachmentSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    max_bytes: Annotated[
        int, msgspec.Meta(ge=1024, description="an attachment has at most so many bytes / 单个附件上限")
    ] = 50 * 1024 * 1024
    quota_bytes: Annotated[
        int, msgspec.Meta(ge=0, description="all attachments together have at most so many / 附件总量上限")
    ] = 20 * 1024 * 1024 * 1024
    store: StoreSettings = StoreSettings()


class PaperSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    digest: Annotated[
        str,
        msgspec.Meta(
            pattern="^(sha256|sm3)$", description="digest of issued papers: sha256 or sm3 / 公文摘要算法"
        ),
    ] = "sha256"

    def __post_init__(self) -> None:
        if self.digest not in hashlib.algorithms_available:
            raise ValueError(f"papers.digest: this machine's OpenSSL has no {self.digest}")


class LogSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    level: Annotated[
        str, msgspec.Meta(pattern="^(debug|info|warning|error)$", description="debug, info, warning or error")
    ] = "info"
    format: Annotated[
        str, msgspec.Meta(pattern="^(text|json)$", description="text or json (one object a line)")
    ] = "text"


class LimitSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sessions: Annotated[int, msgspec.Meta(ge=1, description="sessions that run at the same time")] = 50
    pages: Annotated[int, msgspec.Meta(ge=1, description="browser pages connected at the same time")] = 2000
    media_connections: Annotated[
        int, msgspec.Meta(ge=1, description="media connections open at the same time")
    ] = 1000
    media_connections_each: Annotated[
        int, msgspec.Meta(ge=2, description="of them those of one account, or of one venue in a session")
    ] = 128
    protect: Annotated[
        bool, _help("when pressed, make pictures worse and let nobody else in, rather than fail / 过载保护")
    ] = True


class TurnSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A relay (TURN) beside the hub, for clients that reach it in no other way."""

    urls: Annotated[
        tuple[str, ...],
        _help("where the relay is, as turn:HOST:PORT?transport=udp, with commas between; default: no relay"),
    ] = ()
    secret: Annotated[str, _help("the secret it shares with the hub (coturn: static-auth-secret)")] = ""
    hours: Annotated[
        float,
        msgspec.Meta(gt=0, le=168, description="credentials for the relay are valid for this many hours"),
    ] = 12.0

    def __post_init__(self) -> None:
        if bool(self.urls) != bool(self.secret):
            raise ValueError("turn.urls and turn.secret go together")
        for url in self.urls:
            if not _TURN_URL.fullmatch(url):
                raise ValueError(f"turn.urls: {url!r} is not turn:HOST:PORT?transport=udp")


class MapSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What lies under the marks of a board's map. Without any of it the marks stand on a plain grid."""

    tiles: Annotated[
        str,
        _help("tiles of a map server of the intranet, http://HOST/{z}/{x}/{y}.png / 内网地图瓦片地址"),
    ] = ""
    base: Annotated[
        str,
        _help("map file in the data directory: a GeoJSON file, or an image with map.bounds / 离线底图文件"),
    ] = ""
    bounds: Annotated[
        tuple[float, ...], _help("of the image: west, south, east, north, with commas between / 底图四至")
    ] = ()

    def __post_init__(self) -> None:
        if self.tiles and not _TILES.fullmatch(self.tiles):
            raise ValueError("map.tiles is not http://HOST/.../{z}/{x}/{y}.png")
        if self.base and ("/" in self.base or "\\" in self.base or self.base.startswith(".")):
            raise ValueError("map.base is the name of a file in the data directory")
        if self.bounds and not self._are_bounds():
            raise ValueError("map.bounds is west,south,east,north in degrees")

    def _are_bounds(self) -> bool:
        if len(self.bounds) != 4:
            return False
        west, south, east, north = self.bounds
        return -180 <= west < east <= 180 and -90 <= south < north <= 90

    @property
    def tiles_origin(self) -> str:
        """Scheme and host of the map server: the one place besides the hub that pages may load from."""
        found = _TILES.fullmatch(self.tiles)
        return found[1] if found else ""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A nested struct is a table in TOML; ``recording.min_free_bytes`` is
    ``HUISHANG_RECORDING_MIN_FREE_BYTES`` and ``--recording-min-free-bytes``."""

    listen: Annotated[str, _help("HOST:PORT of the pages and the API; not loopback: served over TLS")] = (
        "127.0.0.1:8080"
    )
    media: Annotated[str, _help("HOST:PORT of the media (UDP and TCP); port 0 takes a free one")] = (
        "127.0.0.1:8081"
    )
    announce: Annotated[
        tuple[str, ...],
        _help("addresses written into media answers, with commas between; default: the media host"),
    ] = ()
    data: Annotated[str, _help("directory of the log, the recordings and the keys")] = "var"
    demo: Annotated[bool, _help("make the demo organisation and show its accounts on the login page")] = False
    demo_password: Annotated[str, _help("password of the demo accounts")] = "huishang-demo"
    demo_incident: Annotated[
        bool, _help("with --demo: play the demo incident into a log that has no incident yet")
    ] = False
    office: Annotated[Text, _help("name of the office, shown on every page")] = "省委总值班室"
    classification: Annotated[Text, _help("marking shown on every page")] = "非涉密·内部使用"
    tls_cert: Annotated[str, _help("certificate chain (PEM); default: a self-signed one is made")] = ""
    tls_key: Annotated[str, _help("private key of the certificate (PEM)")] = ""
    tls_names: Annotated[
        tuple[str, ...],
        _help("further names and addresses in the self-signed certificate, with commas between"),
    ] = ()
    web: Annotated[str, _help("directory of the built pages; default: web/dist beside the program")] = ""
    recording: RecordingSettings = RecordingSettings()
    login: LoginSettings = LoginSettings()
    presence: PresenceSettings = PresenceSettings()
    calls: CallSettings = CallSettings()
    checks: CheckSettings = CheckSettings()
    deadlines: DeadlineSettings = DeadlineSettings()
    attachments: AttachmentSettings = AttachmentSettings()
    papers: PaperSettings = PaperSettings()
    log: LogSettings = LogSettings()
    limits: LimitSettings = LimitSettings()
    turn: TurnSettings = TurnSettings()
    map: MapSettings = MapSettings()

    def __post_init__(self) -> None:
        parse_address(self.listen)
        parse_address(self.media)
        if bool(self.tls_cert) != bool(self.tls_key):
            raise ValueError("tls_cert and tls_key go together")
        if self.login.hash_kib < STRONG_KIB and not self.demo:
            raise ValueError("login.hash_kib: such passwords are guessed quickly, and this is no demo")
        if not self.demo_password:
            raise ValueError("demo_password must not be empty")

    @property
    def listen_address(self) -> Address:
        return parse_address(self.listen)

    @property
    def media_address(self) -> Address:
        return parse_address(self.media)

    @property
    def data_dir(self) -> Path:
        return Path(self.data)

    @property
    def serves_tls(self) -> bool:
        """Passwords and media keys cross a network only encrypted; loopback is no network."""
        return bool(self.tls_cert) or not self.listen_address.is_loopback


class Setting(NamedTuple):
    """One setting as the outside sees it."""

    path: tuple[str, ...]
    kind: type
    default: object
    help: str

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def variable(self) -> str:
        return PREFIX + "_".join(self.path).upper()

    @property
    def option(self) -> str:
        return "--" + "-".join(self.path).replace("_", "-")


def all_settings(struct: type[msgspec.Struct] = Settings, above: tuple[str, ...] = ()) -> Iterator[Setting]:
    """Every setting there is; the command line and the environment are read by this list."""
    hints = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        hint = hints[field.name]
        path = (*above, field.name)
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            yield from all_settings(hint, path)
            continue
        kind, *metas = get_args(hint)
        kind = get_origin(kind) or (get_args(kind) or (kind,))[0]
        text = next(meta.description for meta in metas if meta.description)
        yield Setting(path, kind, field.default, text)


def load(
    *,
    file: Path | None = None,
    environment: Mapping[str, str] = os.environ,
    options: Mapping[str, object] | None = None,
) -> Settings:
    """``options`` maps ``Setting.name`` to what the command line said. Raises BadSettings."""
    values = _from_file(file) if file else {}
    for setting in all_settings():
        given = (options or {}).get(setting.name)
        if given is None:
            given = environment.get(setting.variable)
        if given is not None:
            _put(values, setting, given)
    try:
        return msgspec.convert(values, Settings, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise BadSettings(str(error)) from error


def _from_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{file}: {error}") from error


def _put(values: dict[str, Any], setting: Setting, given: object) -> None:
    table = values
    for name in setting.path[:-1]:
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            raise BadSettings(f"{name} is a table of settings")
    if setting.kind is tuple and isinstance(given, str):
        given = [part.strip() for part in given.split(",") if part.strip()]
    table[setting.path[-1]] = given
