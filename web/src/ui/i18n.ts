/** Every text a person reads: `t("area.key", params)` in the language chosen on this machine. */
import { computed, effect, signal } from "@preact/signals";

import { en } from "../locales/en";
import { zh, type Key, type Text } from "../locales/zh-CN";
import type { Problem } from "../types/wire";

export type { Key } from "../locales/zh-CN";
export type Language = "zh-CN" | "en";
export type Params = Readonly<Record<string, string | number>>;

const KEPT = "huishang.language";
const TEXTS: Record<Language, Record<Key, Text>> = { "zh-CN": zh, en };

export const language = signal<Language>(kept());

const plurals = computed(() => new Intl.PluralRules(language.value));
const numbers = computed(() => new Intl.NumberFormat(language.value));

/** The text of `key`; `{name}` in it is replaced by the parameter of that name, `n` chooses the plural. */
export function t(key: Key, params?: Params): string {
  const text = TEXTS[language.value][key];
  const form = typeof text === "string" ? text : plural(text, params?.["n"]);
  if (params === undefined) return form;
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined ? whole : typeof value === "number" ? numbers.value.format(value) : value;
  });
}

function plural(forms: Exclude<Text, string>, n: string | number | undefined): string {
  return plurals.value.select(Number(n ?? 0)) === "one" ? forms.one : forms.other;
}

/** What a refusal says: the page's own text when it has one for the code, else the hub's. */
export function say(problem: Problem): string {
  const key = `error.${problem.code}`;
  if (hasKey(key)) return t(key, textual(problem.detail));
  const said = language.value === "zh-CN" ? problem.zh : problem.en;
  return said === "" ? t("error.internal") : said;
}

function hasKey(key: string): key is Key {
  return Object.hasOwn(zh, key);
}

function textual(detail: Record<string, unknown>): Params {
  const entries = Object.entries(detail).filter(([, value]) => ["string", "number"].includes(typeof value));
  return Object.fromEntries(entries) as Params;
}

function kept(): Language {
  try {
    return localStorage.getItem(KEPT) === "en" ? "en" : "zh-CN";
  } catch {
    return "zh-CN";
  }
}

/** Keeps the choice and tells assistive software; called once by main. */
export function startLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    try {
      localStorage.setItem(KEPT, language.value);
    } catch {
      // without storage the choice lasts as long as the page
    }
  });
}

// --- times and lengths ------------------------------------------------------------------------------

const two = (value: number): string => String(Math.trunc(value)).padStart(2, "0");

/** 10:32:07 in this machine's time zone, which the office's machines share. */
export function clockTime(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** 2026-07-20 */
export function dateOf(ms: number): string {
  const at = new Date(ms);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** 10:32 on the day of `now_ms`, 07-20 10:32 on another one. */
export function shortClock(ms: number, now_ms: number): string {
  const time = clockTime(ms).slice(0, 5);
  return dateOf(ms) === dateOf(now_ms) ? time : `${dateOf(ms).slice(5)} ${time}`;
}

/** What a `datetime-local` field holds: 2026-07-20T10:32. */
export function fieldTime(ms: number): string {
  return `${dateOf(ms)}T${clockTime(ms).slice(0, 5)}`;
}

/** The time that such a field says; null while it is empty. */
export function timeInField(text: string): number | null {
  const ms = new Date(text).getTime();
  return text === "" || Number.isNaN(ms) ? null : ms;
}

/** 00:14, or 01:42:10 from an hour on. */
export function elapsed(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return hours > 0 ? `${two(hours)}:${rest}` : rest;
}

/** 刚刚, 12 分, 3 小时, 2 天: how long something has lasted, said short. */
export function lasting(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t("time.just_now");
  if (minutes < 60) return t("time.minutes", { n: minutes });
  if (minutes < 60 * 24) return t("time.hours", { n: Math.floor(minutes / 60) });
  return t("time.days", { n: Math.floor(minutes / (60 * 24)) });
}
