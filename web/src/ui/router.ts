/** Which page the address names, and how to go to another one. */
import { signal } from "@preact/signals";

export type Route =
  | { readonly page: "login" }
  | { readonly page: "desk" }
  | { readonly page: "session"; readonly sessionId: string }
  | { readonly page: "recordings" }
  | { readonly page: "review"; readonly recordingId: string }
  | { readonly page: "spotchecks" }
  | { readonly page: "bookings" }
  | { readonly page: "spotcheck"; readonly checkId: string }
  | { readonly page: "papers" }
  | { readonly page: "paper"; readonly paperId: string }
  | { readonly page: "incident"; readonly incidentId: string }
  | { readonly page: "newincident"; readonly byPhone: boolean }
  | { readonly page: "phone" }
  | { readonly page: "sheet"; readonly of: string }
  | { readonly page: "check" }
  | { readonly page: "duty" }
  | { readonly page: "admin" }
  | { readonly page: "guest" }
  | { readonly page: "wall" }
  | { readonly page: "lost" };

export function parse(path: string): Route {
  const [pathname = ""] = path.split("?"); // what follows is the page's own
  const [first = "", second, third] = pathname.replace(/^\/+|\/+$/g, "").split("/");
  if (third !== undefined) return { page: "lost" };
  const id = second === undefined ? undefined : decodeURIComponent(second);
  if (id !== undefined) {
    if (first === "session") return { page: "session", sessionId: id };
    if (first === "recordings") return { page: "review", recordingId: id };
    if (first === "papers") return { page: "paper", paperId: id };
    if (first === "spotchecks") return { page: "spotcheck", checkId: id };
    if (first === "incident" && (id === "new" || id === "phone")) return { page: "newincident", byPhone: id === "phone" };
    if (first === "incident") return { page: "incident", incidentId: id };
    if (first === "sheet" && id.includes("/")) return { page: "sheet", of: id };
    return { page: "lost" };
  }
  if (first === "" || first === "desk") return { page: "desk" };
  if (first === "guest" || first === "wall") return { page: first };
  if (first === "login" || first === "recordings" || first === "check" || first === "admin") return { page: first };
  if (first === "spotchecks" || first === "bookings" || first === "phone" || first === "papers") return { page: first };
  if (first === "duty") return { page: first };
  return { page: "lost" };
}

export function pathOf(route: Route): string {
  switch (route.page) {
    case "session":
      return `/session/${encodeURIComponent(route.sessionId)}`;
    case "review":
      return `/recordings/${encodeURIComponent(route.recordingId)}`;
    case "spotcheck":
      return `/spotchecks/${encodeURIComponent(route.checkId)}`;
    case "paper":
      return `/papers/${encodeURIComponent(route.paperId)}`;
    case "incident":
      return `/incident/${encodeURIComponent(route.incidentId)}`;
    case "sheet":
      return `/sheet/${encodeURIComponent(route.of)}`;
    case "newincident":
      return route.byPhone ? "/incident/phone" : "/incident/new";
    case "lost":
      return "/desk";
    default:
      return `/${route.page}`;
  }
}

export const route = signal<Route>(parse(location.pathname));

/** `replace` leaves no step to come back to, as after a login. */
export function navigate(path: string, options: { replace?: boolean } = {}): void {
  if (location.pathname + location.search !== path) {
    if (options.replace === true) history.replaceState(null, "", path);
    else history.pushState(null, "", path);
  }
  route.value = parse(path);
}

addEventListener("popstate", () => {
  route.value = parse(location.pathname);
});
