/** Texts of devices, of the media line and of what goes wrong with them. */
import type { Dictionary } from "../text";

export const media = {
  "media.camera": "摄像头",
  "media.microphone": "麦克风",
  "media.devices": "摄像头和麦克风",
  "media.system_default": "系统默认",
  "media.unnamed_camera": "摄像头 {n}",
  "media.unnamed_microphone": "麦克风 {n}",
  "media.preview_off": "未打开摄像头",
  "media.opening": "正在打开设备…",
  "media.level": "麦克风音量",
  "media.try_again": "重试设备",

  "media.camera_refused": "浏览器未允许使用摄像头，您将仅以声音参加。请在地址栏的权限图标中允许摄像头，然后重试。",
  "media.camera_absent": "没有找到摄像头，您将仅以声音参加。",
  "media.camera_busy": "摄像头被其他程序占用，您将仅以声音参加。请关闭该程序后重试。",
  "media.camera_insecure": "此地址不安全，浏览器不提供摄像头。请改用 https 地址登录。",
  "media.camera_failed": "摄像头未能打开，您将仅以声音参加。",
  "media.microphone_refused": "浏览器未允许使用麦克风，其他会场听不到您。请在地址栏的权限图标中允许麦克风，然后重试。",
  "media.microphone_absent": "没有找到麦克风，其他会场听不到您。",
  "media.microphone_busy": "麦克风被其他程序占用，其他会场听不到您。请关闭该程序后重试。",
  "media.microphone_insecure": "此地址不安全，浏览器不提供麦克风。请改用 https 地址登录。",
  "media.microphone_failed": "麦克风未能打开，其他会场听不到您。",
  "media.both_refused": "浏览器未允许使用摄像头和麦克风，您以观看方式参加：能看能听，不能发言。请在地址栏的权限图标中允许，然后重试。",
  "media.both_absent": "没有找到摄像头和麦克风，您以观看方式参加：能看能听，不能发言。",
  "media.both_busy": "摄像头和麦克风被其他程序占用，您以观看方式参加。请关闭该程序后重试。",
  "media.both_insecure": "此地址不安全，浏览器不提供摄像头和麦克风，您以观看方式参加。请改用 https 地址登录。",
  "media.both_failed": "摄像头和麦克风未能打开，您以观看方式参加。",

  "media.blocked": "音视频未接通（{since}）：网络没有放行媒体端口。态势板和呼叫可正常使用。请网络管理员放行本机到 {address} 的通信；系统会继续重试。",
  "media.blocked_nowhere": "音视频未接通（{since}）：系统没有应答媒体请求。态势板可正常使用；系统会继续重试。",
  "media.refused": "音视频未接通：{problem}系统会继续重试。",
  "media.receive_lost": "画面和声音中断（{since}），正在恢复。",
  "media.send_lost": "其他会场暂时收不到您的声音和画面（{since}），正在恢复。",

  "media.line_0": "中断",
  "media.line_1": "很差",
  "media.line_2": "较差",
  "media.line_3": "一般",
  "media.line_4": "良好",
  "media.line_detail": "往返 {rtt} 毫秒 · 丢包 {loss}% · 收 {down} · 发 {up}",
} as const satisfies Dictionary;
