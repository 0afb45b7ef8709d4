/** 事件级别: a lettered outline of its own and the word, the same on the desk, the incident's page and the wall. */
import type { JSX } from "preact";

import "../styles/levelbadge.css";
import type { EventLevel } from "../types/wire";
import { t } from "./i18n";

/** Octagon, diamond, triangle, circle: told apart without any colour, which belongs to warnings alone. */
const OUTLINES: Record<EventLevel, JSX.Element> = {
  I: <path d="M9.4 2h13.2L30 9.4v13.2L22.6 30H9.4L2 22.6V9.4z" />,
  II: <path d="M16 1.2 30.8 16 16 30.8 1.2 16z" />,
  III: <path d="M16 2.4 30.6 29H1.4z" />,
  IV: <circle cx="16" cy="16" r="13.6" />,
};

const LETTERS: Record<EventLevel, string> = { I: "Ⅰ", II: "Ⅱ", III: "Ⅲ", IV: "Ⅳ" };

interface LevelBadgeProps {
  readonly level: EventLevel;
  /** Beside a title, in a row of a list, on the wall. */
  readonly size?: "small" | "normal" | "large";
  /** In a narrow place the word is for assistive software and the hint only. */
  readonly bare?: boolean;
}

export function LevelBadge({ level, size = "normal", bare = false }: LevelBadgeProps): JSX.Element {
  const word = t(`eventlevel.${level}`);
  return (
    <span class={`levelbadge level-${level} ${size}`} title={bare ? word : undefined}>
      <svg viewBox="0 0 32 32" aria-hidden="true">
        {OUTLINES[level]}
        <text x="16" y={level === "III" ? 26 : 21.5} text-anchor="middle">
          {LETTERS[level]}
        </text>
      </svg>
      <span class={bare ? "visually-hidden" : "word"}>{word}</span>
    </span>
  );
}
