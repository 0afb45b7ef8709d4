/** Both languages fold the same events to the same state: tests/golden is replayed here as in Python. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

import { describe, expect, it } from "vitest";

import { fold, type State } from "../../src/state/streams";
import type { Recorded } from "../../src/types/wire";

interface Golden {
  readonly stream: string;
  readonly events: Recorded[];
  readonly state: State;
}

const folder = resolve(import.meta.dirname, "../../../tests/golden");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

describe("golden streams", () => {
  it("are there", () => expect(files.length).toBeGreaterThanOrEqual(4));

  it.each(files)("%s", (file) => {
    const { stream, events, state } = JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Golden;
    expect(fold(stream, events)).toEqual(state);
  });

  it.each(files)("%s in two parts, as after a lost line", (file) => {
    const { stream, events, state } = JSON.parse(readFileSync(resolve(folder, file), "utf8")) as Golden;
    for (let cut = 0; cut <= events.length; cut += 1) {
      const half = fold(stream, events.slice(0, cut));
      expect(fold(stream, events.slice(cut), half)).toEqual(state);
    }
  });
});
