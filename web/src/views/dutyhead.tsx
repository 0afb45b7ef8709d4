/** Who is on shift, at the head of the desk; and the notices of a shift that begins or a slot that is empty. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { hubNow, second, shifts } from "../state/store";
import "../styles/dutyhead.css";
import type { SeatShift } from "../types/wire";
import { StateDot } from "../ui/elements";
import { lasting, t } from "../ui/i18n";
import { Link } from "../ui/link";
import { toast } from "../ui/toast";
import { namesOf, ownPost, shortWhen, spanOf } from "./dutyparts";

/** A notice that is older than that is not said again by a page that has just come. */
const FRESH_MS = 5 * 60_000;

/** For the title of a seat's row: who is there, and what is wrong. */
export function shiftLines(shift: SeatShift | undefined): string[] {
  if (shift === undefined) return [];
  const left = shift.off_post_ms;
  return [
    ...(shift.at_post === null ? [] : [t("duty.on_shift", { names: namesOf(shift.at_post.crew) })]),
    ...(left === null ? [] : [t("duty.off_post", { time: lasting(hubNow() - left) })]),
    ...(shift.gaps.length === 0 ? [] : [t("duty.gap", { time: shift.gaps.map(spanOf).join("，") })]),
  ];
}

/** 带班 … 值班长 … 值班员 …, whether the shift is late, and the empty slots of the own office. */
export function DutyHead(): JSX.Element {
  void second.value;
  const post = ownPost();
  const own = post === null ? undefined : shifts.value?.[post];
  const now_ms = hubNow();
  const { at_post: watch, gaps } = own ?? { at_post: null, gaps: [] };
  const isLate = watch?.until_ms != null && now_ms > watch.until_ms;
  return (
    <div class="duty-strip">
      {watch === null ? (
        <StateDot shape="ring" tone="warn" word={t("duty.nobody")} />
      ) : (
        <>
          {watch.crew.leader !== "" && (
            <span>
              <span class="muted">{t("duty.leader")}</span> {watch.crew.leader}
            </span>
          )}
          {watch.crew.chief !== "" && (
            <span>
              <span class="muted">{t("duty.chief")}</span> {watch.crew.chief}
            </span>
          )}
          <span>
            <span class="muted">{t("duty.at_post")}</span> {[...new Set([watch.person, ...watch.crew.primary])].join("、")}
          </span>
          {isLate && (
            <StateDot shape="triangle" tone="warn" word={t("duty.late", { time: shortWhen(watch.until_ms ?? 0) })} />
          )}
        </>
      )}
      {gaps.length > 0 && (
        <StateDot shape="triangle" tone="warn" word={t("duty.gap", { time: gaps.map(spanOf).join("，") })} />
      )}
      <Link to="/duty">{t("duty.go")}</Link>
    </div>
  );
}

const told = new Set<string>();

/** A shift that is about to begin is said once on a page of its office. */
export function ShiftNotices(): null {
  const post = ownPost();
  const next = post === null ? null : (shifts.value?.[post]?.next ?? null);
  useEffect(() => {
    if (next?.noticed_ms == null || told.has(next.shift_id)) return;
    told.add(next.shift_id);
    if (next.noticed_ms < hubNow() - FRESH_MS) return;
    toast(t("duty.notice", { time: shortWhen(next.starts_ms), names: namesOf(next.crew) }), "info", next.shift_id);
  }, [next]);
  return null;
}
