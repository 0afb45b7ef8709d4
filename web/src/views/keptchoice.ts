/** 选看 outlives a reload: whose picture was large is large again (rule J12). */
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";

import { keepChosen, keptPlace } from "../state/place";
import { me } from "../state/store";
import { chosen } from "./stage";

export function useKeptChoice(sessionId: string): void {
  useEffect(() => {
    const account = me.peek()?.account ?? "";
    const kept = keptPlace(account);
    chosen.value = kept?.session_id === sessionId ? kept.chosen : null;
    return effect(() => keepChosen(account, sessionId, chosen.value));
  }, [sessionId]);
}
