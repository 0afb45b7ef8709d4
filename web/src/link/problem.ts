/** A refusal as the page holds it: thrown by every request, whether the hub said no or the line did. */
import type { Problem } from "../types/wire";

/** Codes the page itself gives; their texts are in locales/errors. */
export type PageCode = "line.down" | "line.timeout" | "line.garbled" | "share.failed";

export class Refused extends Error implements Problem {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly detail: Record<string, unknown>;

  constructor(problem: Problem) {
    super(problem.code);
    this.name = "Refused";
    this.code = problem.code;
    this.zh = problem.zh;
    this.en = problem.en;
    this.detail = problem.detail;
  }
}

export function pageProblem(code: PageCode): Refused {
  return new Refused({ code, zh: "", en: "", detail: {} });
}

/** Whatever was thrown, as a problem that can be said. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Refused) return thrown;
  console.error(thrown);
  return { code: "internal", zh: "", en: "", detail: {} };
}

export function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const { code, zh, en } = value as Record<string, unknown>;
  return typeof code === "string" && typeof zh === "string" && typeof en === "string";
}

/** Nobody refused: the line did not carry it. The same wish may be sent again with the same op. */
export function isLineTrouble(problem: Problem): boolean {
  return problem.code.startsWith("line.");
}

/** The hub does not take this page for anybody any more. */
export function isLoginTrouble(problem: Problem): boolean {
  return problem.code.startsWith("auth.") || problem.code === "guest.over" || problem.code === "wall.over";
}
