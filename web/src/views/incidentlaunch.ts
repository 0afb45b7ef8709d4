/** 发起会商 on an incident: the desk's launch with its title, its units and the incident itself filled in. */
import { me } from "../state/store";
import type { Workspace } from "../types/wire";
import { t } from "../ui/i18n";
import { navigate } from "../ui/router";
import { chosen, clearChoice, exercise, kind, onIncident, title } from "./deskchoice";
import { goToLaunch } from "./desklaunch";

/** Whom its call list names; without one, all that take part. A plan may have named the session. */
export function launchOn(ws: Workspace): void {
  const own = me.peek()?.actor.seat;
  const seats = ws.call.length > 0 ? ws.call : Object.keys(ws.units);
  clearChoice();
  onIncident.value = { incident_id: ws.workspace_id, title: ws.header.title };
  chosen.value = new Set(seats.filter((seat) => seat !== own));
  const planned = ws.plan?.session_title ?? "";
  title.value = (planned === "" ? t("incident.launch_title", { title: ws.header.title }) : planned).slice(0, 80);
  kind.value = ws.exercise ? "drill" : "consultation";
  exercise.value = ws.exercise;
  navigate("/desk");
  goToLaunch();
}
